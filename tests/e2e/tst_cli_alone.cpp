// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/cli_runner.h"

#include <QFile>
#include <QJsonArray>
#include <QtTest>

using fieldfare::testing::CliRunner;
using fieldfare::testing::Said;

/// One profile without a server, used through the real program as scripts use it.
class TestCliAlone : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_cli = std::make_unique<CliRunner>(m_folder.path(), QStringLiteral("p"));
        const Said made = m_cli->run({QStringLiteral("init"), QStringLiteral("--user"), QStringLiteral("anna")});
        QCOMPARE(made.exitCode, 0);
        QCOMPARE(made.lines.size(), 1);
        QCOMPARE(made.text("user"), QStringLiteral("anna"));
    }

    void aSecondInitIsRefused()
    {
        const Said said = m_cli->run({QStringLiteral("init")});
        QCOMPARE(said.exitCode, 1);
        QVERIFY(said.out.isEmpty());
        QVERIFY2(said.err.contains("exists already"), said.err.constData());
    }

    void aWeakPassphraseIsRefusedAndNothingIsMade()
    {
        CliRunner other(m_folder.path(), QStringLiteral("weak"));
        other.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("password1"));
        QCOMPARE(other.run({QStringLiteral("init")}).exitCode, 1);
        QVERIFY(!QFile::exists(other.profile() + QStringLiteral("/fieldfare.key")));
        const Said told = other.runPlain({QStringLiteral("init")});
        QVERIFY2(told.err.contains("too easy to guess") && told.err.contains("a longer one"), told.err.constData());
        QVERIFY2(!told.err.contains("zxcvbn") && !told.err.contains("score"), told.err.constData());
    }

    void fieldsTellWhatCanBeWritten()
    {
        QStringList entities;
        for (const QJsonObject &line : m_cli->run({QStringLiteral("fields")}).lines)
            entities.append(line.value(QStringLiteral("entity")).toString());
        QVERIFY(entities.contains(QStringLiteral("customer")) && entities.contains(QStringLiteral("ticket")));
        QHash<QString, QJsonObject> fields;
        for (const QJsonObject &line : m_cli->run(words("fields customer")).lines)
            fields.insert(line.value(QStringLiteral("name")).toString(), line);
        QCOMPARE(fields.value(QStringLiteral("name")).value(QStringLiteral("required")).toBool(), true);
        QCOMPARE(fields.value(QStringLiteral("birth_date")).value(QStringLiteral("type")).toString(), QStringLiteral("date"));
        QCOMPARE(fields.value(QStringLiteral("birth_date")).value(QStringLiteral("label")).toString(), QStringLiteral("Birth date"));
        QCOMPARE(fields.value(QStringLiteral("parent")).value(QStringLiteral("targets")).toArray().first().toString(), QStringLiteral("customer"));
        QCOMPARE(fields.value(QStringLiteral("last_contact")).value(QStringLiteral("settable")).toBool(), false);
        const QJsonObject status = fields.value(QStringLiteral("status"));
        QCOMPARE(status.value(QStringLiteral("unknown")).toString(), QStringLiteral("empty"));
        QCOMPARE(status.value(QStringLiteral("choices")).toArray().size(), 3);
        QCOMPARE(status.value(QStringLiteral("choices")).toArray().first().toObject().value(QStringLiteral("key")).toString(), QStringLiteral("active"));
        QCOMPARE(fields.value(QStringLiteral("industry")).value(QStringLiteral("unknown")).toString(), QStringLiteral("create"));
        QVERIFY(m_cli->runPlain(words("fields customer")).out.contains("status\tchoice\tStatus"));
        QCOMPARE(m_cli->run(words("fields nothing")).exitCode, 2);
    }

    void aRecordIsMadeChangedAndRead()
    {
        const Said made = m_cli->run(words("create customer name=Acme level=a revenue=1054.00 owner=anna region=North tags=big,red"));
        QCOMPARE(made.exitCode, 0);
        QVERIFY(!made.text("id").isEmpty());
        QCOMPARE(made.text("number"), QStringLiteral("C-000001"));

        QCOMPARE(m_cli->run(words("set customer C-000001 phone=+4930123456 level=B")).exitCode, 0);
        const Said got = m_cli->run(words("get customer C-000001"));
        QCOMPARE(got.exitCode, 0);
        QCOMPARE(got.lines.size(), 1);
        QCOMPARE(got.text("name"), QStringLiteral("Acme"));
        QCOMPARE(got.text("level"), QStringLiteral("b"));
        QCOMPARE(got.text("revenue"), QStringLiteral("1054.00 USD"));
        QCOMPARE(got.text("region"), QStringLiteral("north"));
        QCOMPARE(got.text("owner"), QStringLiteral("anna"));
        QCOMPARE(got.json().value(QStringLiteral("tags")).toArray().size(), 2);
        QVERIFY(got.json().contains(QStringLiteral("owner_id")));
        QCOMPARE(got.json().value(QStringLiteral("email")), QJsonValue(QJsonValue::Null));
        // by name as well
        QCOMPARE(m_cli->run(words("get customer Acme")).text("id"), made.text("id"));
    }

    void whatSomebodyMakesIsTheirs()
    {
        QCOMPARE(m_cli->run(words("create deal name=Mine")).exitCode, 0);
        QCOMPARE(m_cli->run(words("get deal Mine")).text("owner"), QStringLiteral("anna"));
        QCOMPARE(m_cli->run(words("create deal name=Nobody owner=")).exitCode, 0);
        QCOMPARE(m_cli->run(words("get deal Nobody")).json().value(QStringLiteral("owner")), QJsonValue(QJsonValue::Null));
        QCOMPARE(m_cli->run(words("create ticket subject=Help")).exitCode, 0);
        QCOMPARE(m_cli->run(words("get ticket Help")).text("assignee"), QStringLiteral("anna"));
        QCOMPARE(m_cli->run(words("create contact name=Cora")).exitCode, 0); // nobody's
        for (int i = 0; i < 4; ++i)
            QCOMPARE(m_cli->run(words("undo")).exitCode, 0);
    }

    /// A deal that stands nowhere would be missing in every figure.
    void aNewDealStandsInTheFirstOpenStage()
    {
        QCOMPARE(m_cli->run(words("create deal name=Begun amount=10")).exitCode, 0);
        const Said begun = m_cli->run(words("get deal Begun"));
        QCOMPARE(begun.text("stage"), QStringLiteral("Prospecting"));
        QCOMPARE(begun.text("state"), QStringLiteral("open"));
        QVERIFY(!begun.text("pipeline").isEmpty());
        QCOMPARE(m_cli->run(words("set deal Begun number=D-000099")).exitCode, 1); // two deals of one number
        QCOMPARE(m_cli->run(words("create deal name=Decided stage=Won")).exitCode, 0);
        QCOMPARE(m_cli->run(words("get deal Decided")).text("state"), QStringLiteral("won"));
    }

    void listsCountsAndFilters()
    {
        QCOMPARE(m_cli->run(words("create customer name=Bravo level=c")).exitCode, 0);
        QCOMPARE(m_cli->run(words("create deal name=Roof customer=Acme amount=500 stage=Proposal")).exitCode, 0);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 2);
        const Said filtered = m_cli->run({QStringLiteral("count"), QStringLiteral("customer"), QStringLiteral("--where"), QStringLiteral("level = c and name startswith Br")});
        QCOMPARE(filtered.number("count"), 1);
        const Said listed = m_cli->run(words("list customer --sort name:desc --limit 1"));
        QCOMPARE(listed.lines.size(), 1);
        QCOMPARE(listed.text("name"), QStringLiteral("Bravo"));
        const Said deal = m_cli->run(words("get deal Roof"));
        QCOMPARE(deal.text("customer"), QStringLiteral("Acme"));
        QCOMPARE(deal.text("stage"), QStringLiteral("Proposal"));
        QCOMPARE(deal.text("amount"), QStringLiteral("500.00 USD"));
    }

    void searchFindsByThePartOfAName()
    {
        const Said said = m_cli->run(words("search acm"));
        QCOMPARE(said.exitCode, 0);
        QVERIFY(!said.lines.isEmpty());
        QCOMPARE(said.text("entity"), QStringLiteral("customer"));
        QCOMPARE(said.text("title"), QStringLiteral("Acme"));
        QCOMPARE(m_cli->run({QStringLiteral("search"), QStringLiteral(" ")}).exitCode, 2); // for nothing
    }

    void trashRestoreHistoryAndUndo()
    {
        QCOMPARE(m_cli->run(words("trash customer Bravo")).exitCode, 0);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 1);
        const QString bravo = m_cli->run(words("list customer --trashed")).text("id");
        const Said edited = m_cli->run({QStringLiteral("set"), QStringLiteral("customer"), bravo, QStringLiteral("level=b")});
        QVERIFY2(edited.exitCode == 0 && edited.err.contains("in the trash"), edited.err.constData());
        QCOMPARE(m_cli->run(words("undo")).number("undone"), 1);
        QCOMPARE(m_cli->run(words("restore customer Bravo")).exitCode, 0);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 2);
        QCOMPARE(m_cli->run(words("set customer Bravo level=a")).exitCode, 0);
        const Said undone = m_cli->run(words("undo"));
        QCOMPARE(undone.exitCode, 0);
        QCOMPARE(undone.number("undone"), 1);
        QCOMPARE(m_cli->run(words("get customer Bravo")).text("level"), QStringLiteral("c"));
        const Said history = m_cli->run(words("history customer Bravo"));
        QVERIFY(history.lines.size() >= 4);
        bool isLevelThere = false;
        for (const QJsonObject &line : history.lines)
            isLevelThere = isLevelThere || (line.value(QStringLiteral("field")).toString() == QLatin1String("level") && line.value(QStringLiteral("before")).toString() == QLatin1String("c"));
        QVERIFY(isLevelThere);
    }

    void wrongUsageIsTwoAndRefusalIsOne_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("no command") << QString() << 2;
        QTest::newRow("unknown command") << QStringLiteral("fly") << 2;
        QTest::newRow("unknown option") << QStringLiteral("list customer --wher x") << 2;
        QTest::newRow("missing word") << QStringLiteral("get customer") << 2;
        QTest::newRow("unknown entity") << QStringLiteral("list customers") << 2;
        QTest::newRow("unknown field") << QStringLiteral("set customer Acme nme=x") << 2;
        QTest::newRow("no assignment") << QStringLiteral("set customer Acme name") << 2;
        QTest::newRow("bad expression") << QStringLiteral("list customer --where level=") << 2;
        QTest::newRow("format that is not there") << QStringLiteral("export customer x.pdf --format pdf") << 2;
        QTest::newRow("unknown record") << QStringLiteral("get customer Nobody") << 1;
        QTest::newRow("unknown choice") << QStringLiteral("set customer Acme level=zzz") << 1;
        QTest::newRow("bad date") << QStringLiteral("set customer Acme birth_date=yesterday") << 1;
        QTest::newRow("required value taken away") << QStringLiteral("set customer Acme name=") << 1;
        QTest::newRow("required value missing") << QStringLiteral("create customer phone=12345") << 1;
        QTest::newRow("sync of a stand-alone profile") << QStringLiteral("sync") << 1;
    }

    void wrongUsageIsTwoAndRefusalIsOne()
    {
        QFETCH(const QString, line);
        QFETCH(const int, exitCode);
        const Said said = m_cli->run(words(line.toLatin1().constData()));
        QCOMPARE(said.exitCode, exitCode);
        QVERIFY(said.out.isEmpty());
        QCOMPARE(said.err.count('\n'), 1); // one object and nothing else
        for (const char *name : {"code", "message", "kept", "advice", "subject"})
            QVERIFY2(said.error().contains(QLatin1String(name)), said.err.constData());
        QVERIFY2(!said.error().value(QStringLiteral("message")).toString().isEmpty(), said.err.constData());
        QVERIFY2(!said.err.contains("Your edits are kept"), said.err.constData());
        QCOMPARE(m_cli->run(words("get customer Acme")).text("name"), QStringLiteral("Acme"));
    }

    void aWrongPassphraseLeavesTheFileAsItIs()
    {
        const QByteArray before = content(m_cli->profile() + QStringLiteral("/fieldfare.db"));
        QVERIFY(before.size() > 4096);
        CliRunner stranger(m_folder.path(), QStringLiteral("p"));
        stranger.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("orchid-lantern-43-gravel"));
        const Said said = stranger.run(words("count customer"));
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("passphrase is wrong"), said.err.constData());
        QVERIFY(said.err.contains("not touched"));
        QCOMPARE(content(m_cli->profile() + QStringLiteral("/fieldfare.db")), before);
        QVERIFY(!before.contains("Acme"));
    }

    void thePassphraseIsChanged()
    {
        CliRunner changing(m_folder.path(), QStringLiteral("p"));
        changing.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QStringLiteral("violet-harbour-77-thimble"));
        QCOMPARE(changing.run(words("passphrase change --cost 16")).exitCode, 2);
        QCOMPARE(changing.run(words("passphrase change --cost 18")).number("cost"), 18);
        QCOMPARE(m_cli->run(words("count customer")).exitCode, 1);
        m_cli->setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("violet-harbour-77-thimble"));
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 2);
        changing.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("violet-harbour-77-thimble"));
        QCOMPARE(changing.run(words("passphrase change")).number("cost"), 18); // it never falls
    }

    void generateIsTheSameForTheSameSeedAndCheckIsContent()
    {
        const Said first = m_cli->run(words("generate --customers 30 --deals 20 --tickets 10 --seed 5"));
        QCOMPARE(first.exitCode, 0);
        QCOMPARE(first.number("customers"), 30);
        QCOMPARE(m_cli->run(words("count customer")).number("count"), 32);
        CliRunner other(m_folder.path(), QStringLiteral("q"));
        QCOMPARE(other.run({QStringLiteral("init"), QStringLiteral("--user"), QStringLiteral("anna")}).exitCode, 0);
        const Said second = other.run(words("generate --customers 30 --deals 20 --tickets 10 --seed 5"));
        QCOMPARE(second.json(), first.json());
        QCOMPARE(other.run(words("export customer a.csv --fields name,phone,level --sort name")).exitCode, 0);
        const Said check = m_cli->run(words("check"));
        QCOMPARE(check.exitCode, 0);
        QCOMPARE(check.json().value(QStringLiteral("ok")).toBool(), true);
        QCOMPARE(check.text("server"), QStringLiteral("none"));
    }

    void sqlReadsAndNothingElse()
    {
        const qint64 customers = m_cli->run(words("count customer")).number("count");
        const auto sql = [this](const char *statement) { return m_cli->run({QStringLiteral("sql"), QStringLiteral("--read-only"), QString::fromUtf8(statement)}); };
        const Said counted = sql("SELECT count(*) AS n, max(name) AS name FROM customer; SELECT 2 AS n");
        QCOMPARE(counted.exitCode, 0);
        QCOMPARE(counted.lines.size(), 2);
        QVERIFY(counted.number("n") >= customers); // those in the trash are rows, too
        QCOMPARE(m_cli->run({QStringLiteral("sql"), QStringLiteral("SELECT 1")}).exitCode, 2);
        for (const char *statement : {"DELETE FROM customer", "ATTACH 'x' AS y", "PRAGMA user_version=1", "SELEC"}) {
            const Said refused = sql(statement);
            QCOMPARE(refused.exitCode, 2);
            QVERIFY(refused.out.isEmpty() && !refused.error().value(QStringLiteral("message")).toString().isEmpty());
        }
        QCOMPARE(m_cli->run(words("count customer")).number("count"), customers);
        const Said few = m_cli->run({QStringLiteral("sql"), QStringLiteral("--read-only"), QStringLiteral("--rows"), QStringLiteral("3"), QStringLiteral("SELECT name FROM customer")});
        QCOMPARE(few.lines.size(), 3);
        QVERIFY(few.err.contains("only the first 3 rows"));
        const auto piped = m_cli->start(words("sql --read-only --json"));
        QVERIFY(piped->waitForStarted());
        piped->write("-- a comment first\nSELECT 7 AS seven,\n x'ff' AS bytes;\n");
        piped->closeWriteChannel();
        const Said said = CliRunner::finished(*piped);
        QVERIFY2(said.exitCode == 0, said.err.constData());
        QCOMPARE(said.number("seven"), 7);
        QCOMPARE(said.json().value(QStringLiteral("bytes")).toObject().value(QStringLiteral("hex")).toString(), QStringLiteral("ff"));
        const Said plain = m_cli->runPlain({QStringLiteral("sql"), QStringLiteral("--read-only"), QStringLiteral("SELECT 1 AS a, 'x' AS b, NULL AS c")});
        QCOMPARE(plain.out, QByteArray("a\tb\tc\n1\tx\t\n"));
    }

    void checkFindsADamagedPage()
    {
        CliRunner other(m_folder.path(), QStringLiteral("q"));
        QFile file(other.profile() + QStringLiteral("/fieldfare.db"));
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.size() > 40 * 4096);
        QVERIFY(file.seek(file.size() - 2000));
        QVERIFY(file.write("x") == 1);
        file.close();
        const Said said = other.run(words("check"));
        QCOMPARE(said.exitCode, 1);
        QVERIFY(said.lines.isEmpty() || !said.json().value(QStringLiteral("ok")).toBool());
    }

private:
    static QStringList words(const char *line) { return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts); }
    static QByteArray content(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<CliRunner> m_cli;
};

QTEST_GUILESS_MAIN(TestCliAlone)
#include "tst_cli_alone.moc"
