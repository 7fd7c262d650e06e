// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/cli_runner.h"

#include <QFile>
#include <QJsonArray>
#include <QtTest>

using fieldfare::testing::CliRunner;
using fieldfare::testing::Said;

/// CSV in and out through the real program.
class TestCliImport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_cli = std::make_unique<CliRunner>(m_folder->path(), QStringLiteral("p"));
        QCOMPARE(m_cli->run(words("init --user anna")).exitCode, 0);
    }

    void columnsAreFoundByNameLabelAndSynonym()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"), "Company,E-mail,\u7535\u8bdd,Annual revenue,Sector,Favourite colour\n"
                                                                  "Acme,info@acme.example,+49 30 1234567,\"1,054.50\",technolgy,red\n"
                                                                  ",,,,,\n"
                                                                  "Bravo,,,,Retail,blue\n");
        const Said said = import(QStringLiteral("customer"), file);
        counted(said, 2, 1, 2, 0, 0, 0);
        QVERIFY(said.err.contains("Favourite colour"));
        const Said acme = m_cli->run(words("get customer Acme"));
        QCOMPARE(acme.text("email"), QStringLiteral("info@acme.example"));
        QCOMPARE(acme.text("phone"), QStringLiteral("+49 30 1234567"));
        QCOMPARE(acme.text("revenue"), QStringLiteral("1054.50 USD"));
        QCOMPARE(acme.text("industry"), QStringLiteral("technolgy")); // a classification: a new choice
        QCOMPARE(m_cli->run(words("get customer Bravo")).text("industry"), QStringLiteral("retail"));
    }

    void exportAndImportChangesNothing()
    {
        QCOMPARE(m_cli->run(words("generate --customers 40 --deals 30 --tickets 10 --seed 3")).exitCode, 0);
        QCOMPARE(m_cli->run({QStringLiteral("set"), QStringLiteral("customer"), QStringLiteral("C-000001"), QStringLiteral("tags=big, red"),
                             QStringLiteral("description=first \"line\"\nsecond, line"), QStringLiteral("address=Main St 1 | Town | | 12345 | DE")}).exitCode, 0);
        for (const char *entity : {"customer", "deal", "ticket", "contact", "interaction"}) {
            const QString name = QString::fromLatin1(entity);
            const Said written = m_cli->run({QStringLiteral("export"), name, name + QStringLiteral(".csv")});
            QCOMPARE(written.exitCode, 0);
            const Said said = import(name, m_cli->path(name + QStringLiteral(".csv")));
            QCOMPARE(said.exitCode, 0);
            QVERIFY(said.number("read") > 0);
            QCOMPARE(said.number("unchanged"), said.number("read"));
            QCOMPARE(said.number("warnings"), 0);
            QCOMPARE(written.number("written"), said.number("read"));
        }
        QCOMPARE(m_cli->run(words("export customer c.json")).exitCode, 0);
    }

    void aKeyUpdatesOnlyWhatDiffers()
    {
        counted(import(QStringLiteral("customer"), m_cli->file(QStringLiteral("a.csv"), "name,phone,level\nAcme,+4930111,a\nBravo,+4930222,b\n")), 2, 0, 2, 0, 0, 0);
        const QString again = m_cli->file(QStringLiteral("b.csv"), "name,phone,level\nAcme,+4930111,a\nbravo,+4930333,\nCharlie,+4930444,c\n");
        counted(import(QStringLiteral("customer"), again, words("--key name --dry-run")), 3, 0, 1, 1, 1, 0);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 2);
        counted(import(QStringLiteral("customer"), again, words("--key name")), 3, 0, 1, 1, 1, 0);
        const Said bravo = m_cli->run(words("get customer Charlie"));
        QCOMPARE(bravo.text("level"), QStringLiteral("c"));
        QCOMPARE(m_cli->run(words("count customer --where phone=+4930333")).number("count"), 1);
        QCOMPARE(m_cli->run(words("count customer --where level=b")).number("count"), 1); // an empty cell takes nothing away
        counted(import(QStringLiteral("customer"), again, words("--key name")), 3, 0, 0, 0, 3, 0);
    }

    void aSecondRowWithTheSameKeyUpdatesTheFirst()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"), "name,phone\nAcme,+4930111\nAcme,+4930222\n");
        counted(import(QStringLiteral("customer"), file, words("--key name")), 2, 0, 1, 1, 0, 0);
        QCOMPARE(m_cli->run(words("get customer Acme")).text("phone"), QStringLiteral("+4930222"));
    }

    void brokenRowsGoToTheRejectsFileWithLineAndReason()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"),
                                         "name,birth_date,email,level\r\n"
                                         "Good,3/25/2020,a@b.example,a\r\n"
                                         "Bad date,31/31/2020,,\r\n"
                                         ",1/2/2020,,\r\n"
                                         "Stray \"quote,1/3/2020,,\r\n"
                                         "\"Closed\"oops,1/3/2020,,\r\n"
                                         "Bad mail,,nobody,\r\n"
                                         "Short,1/4/2020\r\n"
                                         "Too " + QByteArray(300, 'x') + ",,,\r\n"
                                         "Last,12/31/1999,,b\r\n");
        const Said said = import(QStringLiteral("customer"), file, QStringList{QStringLiteral("--rejects"), m_cli->path(QStringLiteral("r.csv"))});
        QCOMPARE(said.exitCode, 0);
        QCOMPARE(said.number("read"), 9);
        QCOMPARE(said.number("rejected"), 5);
        QCOMPARE(said.number("created"), 4);
        const QByteArray rejects = content(QStringLiteral("r.csv"));
        QVERIFY2(rejects.startsWith("rejected_line,rejected_because,name,birth_date,email,level"), rejects.constData());
        for (const char *line : {"\n3,", "\n4,", "\n6,", "\n7,", "\n9,"})
            QVERIFY2(rejects.contains(line), line);
        QVERIFY(rejects.contains("is not a date"));
        QVERIFY(rejects.contains("a value is required"));
        // the order of the whole column: month first
        QCOMPARE(m_cli->run(words("get customer Good")).text("birth_date"), QStringLiteral("2020-03-25"));
        QCOMPARE(m_cli->run(words("get customer Short")).text("birth_date"), QStringLiteral("2020-01-04"));
        QVERIFY(said.number("warnings") >= 1);
    }

    void policiesDecideAboutWhatIsNotKnown()
    {
        const QByteArray deals = "name,customer,stage,owner\nRoof,Acme,Won,anna\nDoor,Bravo,Nowhere,Somebody\n";
        const Said said = import(QStringLiteral("deal"), m_cli->file(QStringLiteral("a.csv"), deals));
        counted(said, 2, 0, 2, 0, 0, 0, 2);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 2); // named customers are made
        QCOMPARE(m_cli->run(words("get deal Roof")).text("stage"), QStringLiteral("Won"));
        QCOMPARE(m_cli->run(words("get deal Roof")).text("owner"), QStringLiteral("anna"));
        QCOMPARE(m_cli->run(words("get deal Door")).json().value(QStringLiteral("stage")), QJsonValue(QJsonValue::Null));
        const QString more = m_cli->file(QStringLiteral("b.csv"), "name,customer,kind\nWall,Charlie,renewal\nGate,Acme,strange\n");
        counted(import(QStringLiteral("deal"), more, words("--unknown customer=reject --unknown kind=reject")), 2, 0, 0, 0, 0, 2);
        counted(import(QStringLiteral("deal"), more, words("--unknown customer=empty --unknown kind=empty")), 2, 0, 2, 0, 0, 0, 2);
    }

    void whatElseIsCreatedIsTold()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"), "name,industry,tags,parent\n"
                                                                  "Acme,Aerospace,\"big, red\",\n"
                                                                  "Bravo,Biotech,big,\n"
                                                                  "Charlie,Retail,red,Holding\n"
                                                                  "Delta,aerospace,,\n");
        const QJsonArray expected{creation("industry", {QStringLiteral("Aerospace"), QStringLiteral("Biotech")}), creation("tags", {QStringLiteral("big"), QStringLiteral("red")}),
                                  creation("parent", {QStringLiteral("Holding")})};
        for (const bool isDryRun : {true, false}) {
            const QStringList more = isDryRun ? words("--key name --dry-run") : words("--key name");
            const Said said = import(QStringLiteral("customer"), file, more);
            counted(said, 4, 0, 4, 0, 0, 0);
            QCOMPARE(said.number("also_created"), 5);
            QCOMPARE(byField(said), byField(expected));
        }
        const Said again = import(QStringLiteral("customer"), file, words("--key name"));
        QCOMPARE(again.number("also_created"), 0);
        QVERIFY(again.json().value(QStringLiteral("also_created_list")).toArray().isEmpty());
    }

    void whatElseIsCreatedIsToldInWords()
    {
        QByteArray rows("name,industry\n");
        for (int i = 1; i <= 8; ++i)
            rows += "Company " + QByteArray::number(i) + ",Branch " + QByteArray::number(i) + "\n";
        const QString file = m_cli->file(QStringLiteral("a.csv"), rows);
        const Said dry = m_cli->runPlain({QStringLiteral("import"), QStringLiteral("customer"), file, QStringLiteral("--dry-run")});
        QVERIFY2(dry.out.contains("would also create, for the whole company: industry: Branch 1, Branch 2, Branch 3, Branch 4, Branch 5 (+3)\n"), dry.out.constData());
        const Said done = m_cli->runPlain({QStringLiteral("import"), QStringLiteral("customer"), file});
        QVERIFY2(done.out.contains("\nalso created, for the whole company: industry: Branch 1,"), done.out.constData());
        const Said asked = m_cli->runPlain(words("import --help"));
        for (const char *policy : {"create", "empty", "reject"})
            QVERIFY2(asked.out.contains(policy), policy);
    }

    void keysOfManyRecordsAreRead()
    {
        counted(import(QStringLiteral("customer"), m_cli->file(QStringLiteral("a.csv"), manyRows(5000))), 5000, 0, 5000, 0, 0, 0);
        QByteArray rows = manyRows(9000);
        rows.replace(",north\n", ",south\n");
        counted(import(QStringLiteral("customer"), m_cli->file(QStringLiteral("b.csv"), rows), words("--key name")), 9000, 0, 4000, 5000, 0, 0);
        QCOMPARE(m_cli->run(words("count customer --where region=south")).number("count"), 9000);
    }

    void aParentMayComeLaterInTheFile()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"), "account,subsidiary_of\nLeaf,Root\nRoot,\nTwig,Stranger\n");
        const Said said = import(QStringLiteral("customer"), file, words("--key name --map account=name --map subsidiary_of=parent"));
        counted(said, 3, 0, 3, 0, 0, 0);
        QCOMPARE(m_cli->run(words("get customer Leaf")).text("parent"), QStringLiteral("Root"));
        QCOMPARE(m_cli->run(words("get customer Twig")).text("parent"), QStringLiteral("Stranger"));
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 4);
    }

    void aRejectedRowIsNotTouchedByItsParentEither()
    {
        QCOMPARE(m_cli->run(words("create customer name=Leaf")).exitCode, 0);
        const QString file = m_cli->file(QStringLiteral("late.csv"), "name,parent,owner\n"
                                                                     "Twig,Root,anna\n"
                                                                     "Leaf,Root,nobody\n"
                                                                     "Root,,\n");
        const Said said = import(QStringLiteral("customer"), file, words("--key name --unknown owner=reject"));
        counted(said, 3, 0, 2, 0, 0, 1);
        QCOMPARE(m_cli->run(words("get customer Twig")).text("parent"), QStringLiteral("Root"));
        QCOMPARE(m_cli->run(words("get customer Leaf")).text("parent"), QString());
    }

    void tagsAreComparedHoweverTheyAreParted()
    {
        const QString file = m_cli->file(QStringLiteral("tags.csv"), "name,tags\nAcme,\"red; big\"\nBravo,\"gross\xef\xbc\x8crot\"\n");
        counted(import(QStringLiteral("customer"), file, words("--key name")), 2, 0, 2, 0, 0, 0);
        counted(import(QStringLiteral("customer"), file, words("--key name")), 2, 0, 0, 0, 2, 0);
    }

    void encodingsAndDelimitersAreFound()
    {
        QByteArray utf16("\xff\xfe", 2);
        for (const QChar c : QStringLiteral("name;revenue\r\n\u6771\u4eac;1.234,50 EUR\r\n")) {
            utf16 += char(c.unicode() & 0xff);
            utf16 += char(c.unicode() >> 8);
        }
        counted(import(QStringLiteral("customer"), m_cli->file(QStringLiteral("a.csv"), utf16)), 1, 0, 1, 0, 0, 0);
        QCOMPARE(m_cli->run({QStringLiteral("get"), QStringLiteral("customer"), QStringLiteral("\u6771\u4eac")}).text("revenue"), QStringLiteral("1234.50 EUR"));
    }

    void whatCannotBeMappedIsWrongUsage()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"), "foo,bar\n1,2\n");
        QCOMPARE(import(QStringLiteral("customer"), file).exitCode, 2);
        QCOMPARE(import(QStringLiteral("customer"), file, words("--map foo=nme")).exitCode, 2);
        QCOMPARE(import(QStringLiteral("customer"), file, words("--map foo=name --key email")).exitCode, 2);
        QCOMPARE(import(QStringLiteral("customer"), m_cli->path(QStringLiteral("none.csv"))).exitCode, 1);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 0);
    }

    void aWholeImportIsUndone()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"), manyRows(1200));
        counted(import(QStringLiteral("customer"), file), 1200, 0, 1200, 0, 0, 0);
        QCOMPARE(m_cli->run(words("undo")).exitCode, 0);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 0);
    }

    void aKilledImportGoesOnWithoutDoublesOrGaps()
    {
        constexpr int kRows = 30'000;
        const QString file = m_cli->file(QStringLiteral("a.csv"), manyRows(kRows));
        const auto process = m_cli->start({QStringLiteral("import"), QStringLiteral("customer"), file, QStringLiteral("--json")});
        // Killed once its log has grown by some chunks, not after a time.
        const QString log = m_cli->profile() + QStringLiteral("/fieldfare.db-wal");
        const QString database = m_cli->profile() + QStringLiteral("/fieldfare.db");
        const qint64 before = QFile(database).size();
        QTRY_VERIFY_WITH_TIMEOUT(QFile(log).size() + QFile(database).size() > before + 1'000'000 || process->state() == QProcess::NotRunning, 60'000);
        process->kill();
        QVERIFY(process->waitForFinished());
        QVERIFY(process->readAllStandardOutput().isEmpty());
        const qint64 half = m_cli->run(words("count customer")).number("count");
        QVERIFY2(half > 0 && half < kRows, QByteArray::number(half).constData());
        const Said said = import(QStringLiteral("customer"), file);
        QCOMPARE(said.json().value(QStringLiteral("resumed")).toBool(), true);
        counted(said, kRows, 0, kRows, 0, 0, 0);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), kRows);
        QCOMPARE(m_cli->run(words("count customer --where email=user29999@example.com")).number("count"), 1);
        QCOMPARE(m_cli->run(words("check")).exitCode, 0);
    }

    void aKilledImportIsUndone()
    {
        const QString file = m_cli->file(QStringLiteral("a.csv"), manyRows(20'000));
        const auto process = m_cli->start({QStringLiteral("import"), QStringLiteral("customer"), file});
        const QString log = m_cli->profile() + QStringLiteral("/fieldfare.db-wal");
        const QString database = m_cli->profile() + QStringLiteral("/fieldfare.db");
        const qint64 before = QFile(database).size();
        QTRY_VERIFY_WITH_TIMEOUT(QFile(log).size() + QFile(database).size() > before + 1'000'000 || process->state() == QProcess::NotRunning, 60'000);
        process->kill();
        QVERIFY(process->waitForFinished());
        QVERIFY(m_cli->run(words("count customer")).number("count") > 0);
        QCOMPARE(m_cli->run(words("undo")).exitCode, 0);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 0);
    }

private:
    static QStringList words(const char *line) { return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts); }

    static QJsonObject creation(const char *field, const QStringList &names)
    {
        return {{QStringLiteral("field"), QString::fromLatin1(field)}, {QStringLiteral("count"), names.size()}, {QStringLiteral("names"), QJsonArray::fromStringList(names)}};
    }
    static QMap<QString, QJsonObject> byField(const QJsonArray &list)
    {
        QMap<QString, QJsonObject> fields;
        for (const QJsonValue &entry : list)
            fields.insert(entry.toObject().value(QStringLiteral("field")).toString(), entry.toObject());
        return fields;
    }
    static QMap<QString, QJsonObject> byField(const Said &said) { return byField(said.json().value(QStringLiteral("also_created_list")).toArray()); }

    Said import(const QString &entity, const QString &file, const QStringList &more = {}) const
    {
        return m_cli->run(QStringList{QStringLiteral("import"), entity, file} + more);
    }

    static void counted(const Said &said, int read, int blank, int created, int updated, int unchanged, int rejected, int warnings = 0)
    {
        QVERIFY2(said.exitCode == 0, said.err.constData());
        QCOMPARE(said.lines.size(), 1);
        QCOMPARE(said.number("read"), read);
        QCOMPARE(said.number("blank"), blank);
        QCOMPARE(said.number("created"), created);
        QCOMPARE(said.number("updated"), updated);
        QCOMPARE(said.number("unchanged"), unchanged);
        QCOMPARE(said.number("rejected"), rejected);
        QCOMPARE(said.number("warnings"), warnings);
    }

    static QByteArray manyRows(int count)
    {
        QByteArray rows("name,email,phone,region\n");
        for (int i = 0; i < count; ++i) {
            const QByteArray number = QByteArray::number(i);
            rows += "Company " + number + ",user" + number + "@example.com,+4930" + QByteArray::number(100000 + i) + ",north\n";
        }
        return rows;
    }

    QByteArray content(const QString &name) const
    {
        QFile file(m_cli->path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<CliRunner> m_cli;
};

QTEST_GUILESS_MAIN(TestCliImport)
#include "tst_cli_import.moc"
