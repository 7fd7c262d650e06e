// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Backups by the real programs: a copy is tried out, comes back after everything is lost, and a device that was restored to an
// earlier day loses nothing and doubles nothing when it syncs.
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QJsonArray>
#include <QtTest>

using namespace fieldfare::testing;

class TestCliBackup : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { VERIFY_EMPTY(m_company.begin()); }

    void everythingIsLostAndComesBack()
    {
        const CliRunner cli = m_company.device(QStringLiteral("alone"));
        ok(cli, "init --user anna");
        ok(cli, "generate --customers 200 --deals 300 --tickets 50 --seed 5");
        ok(cli, "create customer name=Precious");
        const QString place = m_company.folder() + QStringLiteral("/backups");
        const Said made = cli.run({QStringLiteral("backup"), QStringLiteral("create"), place});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        const QString backup = made.text("backup");
        QVERIFY(made.number("bytes") > 100'000);
        const Said listed = cli.run({QStringLiteral("backup"), QStringLiteral("list"), place});
        QCOMPARE(listed.lines.size(), 1);
        QCOMPARE(listed.text("backup"), backup);
        const Said tried = cli.run({QStringLiteral("backup"), QStringLiteral("verify"), backup});
        QVERIFY2(tried.exitCode == 0, tried.err.constData());
        QVERIFY(tried.json().value(QStringLiteral("ok")).toBool());
        QCOMPARE(tried.number("rows"), tried.number("rows_written"));
        const qint64 rows = cli.run(words("check")).number("rows");
        QCOMPARE(tried.number("rows"), rows);

        // One record comes back, and goes again.
        ok(cli, "set customer Precious phone=5559999");
        const QStringList records{QStringLiteral("backup"), QStringLiteral("records"), backup, QStringLiteral("customer"), QStringLiteral("Precious")};
        const Said planned = cli.run(records + QStringList{QStringLiteral("--dry-run")});
        QCOMPARE(planned.number("edited"), 1);
        QCOMPARE(cli.run({QStringLiteral("backup"), QStringLiteral("list"), place + QStringLiteral("-that-is-not-there")}).exitCode, 1);
        QCOMPARE(cli.run(words("get customer Precious")).text("phone"), QStringLiteral("5559999"));
        QCOMPARE(cli.run(records).number("fields"), 1);
        QCOMPARE(cli.run(words("get customer Precious")).text("phone"), QString());
        QCOMPARE(cli.run(records).number("edited"), 0);
        ok(cli, "undo");
        QCOMPARE(cli.run(words("get customer Precious")).text("phone"), QStringLiteral("5559999"));
        QCOMPARE(cli.run({QStringLiteral("backup"), QStringLiteral("records"), backup}).exitCode, 2);

        // An hour's work is an increment.
        ok(cli, "set customer Precious next_step=Wait");
        ok(cli, "create customer name=Later");
        const Said increment = cli.run({QStringLiteral("backup"), QStringLiteral("create"), place, QStringLiteral("--incremental")});
        QVERIFY2(increment.exitCode == 0, increment.err.constData());
        QCOMPARE(increment.text("kind"), QStringLiteral("incremental"));
        QVERIFY2(increment.number("bytes") < made.number("bytes") / 4, increment.out.constData());
        const Said both = cli.run({QStringLiteral("backup"), QStringLiteral("verify"), place}); // the newest there
        QCOMPARE(both.number("links"), 2);
        QCOMPARE(both.number("rows"), rows + 1);
        QVERIFY(contentOf(place + QStringLiteral("/drills.log")).count('\n') == 2);
        CliRunner then(m_company.folder(), QStringLiteral("alone-then"));
        QCOMPARE(then.run({QStringLiteral("backup"), QStringLiteral("restore"), place, QStringLiteral("--at"), QStringLiteral("soon")}).exitCode, 2);
        QCOMPARE(then.run({QStringLiteral("backup"), QStringLiteral("restore"), place, QStringLiteral("--at"), QStringLiteral("2020-01-01")}).exitCode, 1);
        CliRunner before(m_company.folder(), QStringLiteral("alone-before"));
        ok(before, {QStringLiteral("backup"), QStringLiteral("restore"), place, QStringLiteral("--at"), made.text("at")}); // of the same day
        QCOMPARE(before.run(words("get customer Precious")).text("next_step"), QString());
        ok(then, {QStringLiteral("backup"), QStringLiteral("restore"), place, QStringLiteral("--at"), increment.text("at")});
        QCOMPARE(then.run(words("get customer Precious")).text("next_step"), QStringLiteral("Wait"));
        CliRunner wrong(m_company.folder(), QStringLiteral("alone-wrong"));
        wrong.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("not-the-one-it-has"));
        QCOMPARE(wrong.run({QStringLiteral("backup"), QStringLiteral("restore"), backup}).error().value(QStringLiteral("code")).toString(), QStringLiteral("WrongPassphrase"));
        QVERIFY(!QDir(wrong.profile()).exists());

        QVERIFY(QDir(cli.profile()).removeRecursively());
        QCOMPARE(cli.run(words("count customer")).exitCode, 1);
        ok(cli, QStringList{QStringLiteral("backup"), QStringLiteral("restore"), backup});
        QCOMPARE(cli.run(words("check")).number("rows"), rows);
        QCOMPARE(cli.run(words("get customer Precious")).text("name"), QStringLiteral("Precious"));
        ok(cli, "set customer Precious next_step=Call");
        QCOMPARE(cli.run({QStringLiteral("backup"), QStringLiteral("restore"), backup}).exitCode, 1); // not over a profile
        QCOMPARE(cli.run(words("get customer Precious")).text("next_step"), QStringLiteral("Call"));
        QCOMPARE(cli.run(words("backup burn it")).exitCode, 2);
    }

    /// Counts alone do not tell whether these are the ones that are missed.
    void whatWouldComeBackIsListed()
    {
        const CliRunner cli = m_company.device(QStringLiteral("listed"));
        ok(cli, "init --user anna");
        ok(cli, "generate --customers 60 --deals 0 --tickets 0 --seed 4");
        ok(cli, "create customer name=Acme phone=5551111 tags=big,red");
        const QString id = cli.run(words("create customer name=Bravo")).text("id");
        const Said made = cli.run({QStringLiteral("backup"), QStringLiteral("create"), m_company.folder() + QStringLiteral("/listed-backups")});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        ok(cli, "set customer Acme phone=5552222 tags=blue description=new");
        ok(cli, "trash customer Bravo");
        const QStringList records{QStringLiteral("backup"), QStringLiteral("records"), made.text("backup"), QStringLiteral("customer"), QStringLiteral("--dry-run")};
        const Said listed = cli.run(records);
        QVERIFY2(listed.exitCode == 0, listed.err.constData());
        QCOMPARE(listed.number("more"), 0);
        QMap<QString, QJsonObject> byTitle;
        for (const QJsonValue &record : listed.json().value(QStringLiteral("records")).toArray())
            byTitle.insert(record.toObject().value(QStringLiteral("title")).toString(), record.toObject());
        QCOMPARE(byTitle.keys(), (QStringList{QStringLiteral("Acme"), QStringLiteral("Bravo")}));
        const QJsonObject bravo = byTitle.value(QStringLiteral("Bravo"));
        QCOMPARE(bravo.value(QStringLiteral("id")).toString(), id);
        QVERIFY(bravo.value(QStringLiteral("from_trash")).toBool() && bravo.value(QStringLiteral("fields")).toArray().isEmpty());
        QStringList fields;
        for (const QJsonValue &field : byTitle.value(QStringLiteral("Acme")).value(QStringLiteral("fields")).toArray())
            fields.append(QStringList{field[QStringLiteral("field")].toString(), field[QStringLiteral("now")].toString(), field[QStringLiteral("then")].toString()}.join(u'|'));
        fields.sort();
        QCOMPARE(fields, (QStringList{QStringLiteral("description|new|"), QStringLiteral("phone|5552222|5551111"), QStringLiteral("tags|blue|big, red")}));
        const QByteArray plain = cli.runPlain(records).out;
        QVERIFY2(plain.contains("phone: 5552222 -> 5551111") && plain.contains("description: new -> (empty)") && plain.contains(id.toUtf8() + "  Bravo  (from the trash)"), plain.constData());

        const QString rows = cli.path(QStringLiteral("all.csv"));
        ok(cli, {QStringLiteral("export"), QStringLiteral("customer"), rows, QStringLiteral("--fields"), QStringLiteral("number")});
        QByteArrayList changed = contentOf(rows).trimmed().split('\n');
        for (qsizetype i = 0; i < changed.size(); ++i)
            changed[i] = changed.at(i).trimmed() + (i == 0 ? ",next_step" : ",Call");
        ok(cli, {QStringLiteral("import"), QStringLiteral("customer"), cli.file(QStringLiteral("changed.csv"), changed.join('\n')), QStringLiteral("--key"), QStringLiteral("number")});
        const Said many = cli.run(records);
        QCOMPARE(many.json().value(QStringLiteral("records")).toArray().size(), 50);
        QCOMPARE(many.number("more"), 12);
        QVERIFY(cli.runPlain(records).out.contains("\nand 12 more\n"));
        QVERIFY(!cli.run(records.first(4)).json().contains(QStringLiteral("records"))); // not a dry run
    }

    void aWipedProfileIsGone()
    {
        const CliRunner cli = m_company.device(QStringLiteral("wiped"));
        ok(cli, "init --user anna");
        ok(cli, "create customer name=Secret");
        QVERIFY(QFile::exists(cli.file(QStringLiteral("wiped/notes.db"), "the user's own")));
        QCOMPARE(cli.run(words("wipe")).exitCode, 2);
        ok(cli, "count customer");
        plantCopy(cli.profile());
        for (const char *name : {"recovery.pending", "recovery.finished", "fieldfare.key.new", "fieldfare.key.tries"})
            QVERIFY(QFile::exists(
                cli.file(QStringLiteral("wiped/") + QString::fromLatin1(name), "of a forgotten passphrase")));
        const QString inside = cli.profile() + QStringLiteral("/backups");
        ok(cli, {QStringLiteral("backup"), QStringLiteral("create"), inside});
        const Said wiped = cli.run(words("wipe --yes"));
        QCOMPARE(wiped.number("files"), 1);
        QCOMPARE(wiped.json().value(QStringLiteral("backups")).toArray(), QJsonArray{inside});
        QVERIFY(QDir(inside).removeRecursively());
        QStringList left = QDir(cli.profile()).entryList(QDir::Files | QDir::Dirs | QDir::NoDotAndDotDot);
        left.removeAll(QStringLiteral("lock"));
        QCOMPARE(left, QStringList{QStringLiteral("notes.db")});
        QCOMPARE(cli.run(words("wipe --yes")).exitCode, 1);
        ok(cli, "init --user anna"); // the folder can be used again
        QCOMPARE(cli.run(words("count customer")).number("count"), 0);
    }

    void aDeviceOfAnEarlierDayLosesNothing()
    {
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("a"), QStringLiteral("anna")));
        const CliRunner a = m_company.device(QStringLiteral("a"));
        ok(a, "create customer name=Acme phone=5551111");
        ok(a, "sync");
        ok(a, "set customer Acme email=waits@example.org"); // waits when the copy is made
        const Said made = a.run({QStringLiteral("backup"), QStringLiteral("create"), m_company.folder() + QStringLiteral("/days")});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        ok(a, "set customer Acme phone=5552222");
        ok(a, "create customer name=Later");
        ok(a, "sync");
        VERIFY_EMPTY(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")));

        QVERIFY(QDir(a.profile()).removeRecursively());
        ok(a, QStringList{QStringLiteral("backup"), QStringLiteral("restore"), made.text("backup")});
        QCOMPARE(a.run(words("get customer Acme")).text("phone"), QStringLiteral("5551111"));
        ok(a, "set customer Acme next_step=Call"); // entered before anybody thought of syncing
        ok(a, "sync");
        const CliRunner b = m_company.device(QStringLiteral("b"));
        ok(b, "sync");
        ok(a, "sync");
        VERIFY_EMPTY(m_company.agree({QStringLiteral("a"), QStringLiteral("b")}));
        for (const CliRunner *one : {&a, &b}) {
            const Said acme = one->run(words("get customer Acme"));
            QCOMPARE(acme.text("phone"), QStringLiteral("5552222"));
            QCOMPARE(acme.text("email"), QStringLiteral("waits@example.org"));
            QCOMPARE(acme.text("next_step"), QStringLiteral("Call"));
            QCOMPARE(one->run(words("count customer")).number("count"), 2);
            QVERIFY(one->run(words("conflicts list")).lines.isEmpty());
        }
    }

private:
    static void ok(const CliRunner &cli, const QStringList &line)
    {
        const Said said = cli.run(line);
        QVERIFY2(said.exitCode == 0, (line.join(QLatin1Char(' ')).toUtf8() + ": " + said.err).constData());
    }
    static void ok(const CliRunner &cli, const char *line) { ok(cli, words(line)); }
    /// As bringing records back leaves one when it is killed.
    static void plantCopy(const QString &profile)
    {
        const QString copy = profile + QStringLiteral("/bring-back-q1w2E3/then");
        QVERIFY(QDir().mkpath(copy));
        for (const QString &name : {QStringLiteral("fieldfare.db"), QStringLiteral("fieldfare.key")})
            QVERIFY(QFile::copy(profile + QLatin1Char('/') + name, copy + QLatin1Char('/') + name));
    }

    RealCompany m_company;
};

QTEST_GUILESS_MAIN(TestCliBackup)
#include "tst_cli_backup.moc"
