// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Replacing a profile's data key by the real programs: stopped, killed, with a backup and a change of passphrase in between.
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QLockFile>
#include <QtTest>

#ifdef Q_OS_UNIX
#include "tests/e2e/typed_secret.h"
#endif

using namespace fieldfare::testing;

class TestCliKeys : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theDataKeyIsReplaced()
    {
        const CliRunner cli = CliRunner(m_folder.path(), QStringLiteral("rotated"));
        ok(cli, "init --user anna");
        ok(cli, "generate --customers 500 --deals 500 --tickets 100 --seed 5");
        ok(cli, "create customer name=Precious");
        const qint64 rows = cli.run(words("check")).number("rows");
        const QString former = cli.run(words("key status")).text("key");
        QCOMPARE(former.size(), 16);
        QVERIFY(QFile::copy(cli.profile() + QStringLiteral("/fieldfare.key"), cli.path(QStringLiteral("stolen.key"))));

        const Said rotated = cli.run(words("key rotate"));
        QVERIFY2(rotated.exitCode == 0, rotated.err.constData());
        QVERIFY(rotated.number("rewritten") > 200);
        QVERIFY(!rotated.json().value(QStringLiteral("resumed")).toBool());
        QVERIFY(rotated.text("key") != former);
        const Said status = cli.run(words("key status"));
        QCOMPARE(status.text("key"), rotated.text("key"));
        QVERIFY(!status.json().value(QStringLiteral("rotating")).toBool());
        QCOMPARE(cli.run(words("check")).number("rows"), rows);
        QCOMPARE(cli.run(words("get customer Precious")).text("name"), QStringLiteral("Precious"));
        const QStringList files = QDir(cli.profile()).entryList({QStringLiteral("*rotation*")}, QDir::Files);
        QCOMPARE(files, QStringList());

        // Who had copied the key file before, and knows the passphrase, reads nothing that is written from now on.
        const QString key = cli.profile() + QStringLiteral("/fieldfare.key");
        QVERIFY(QFile::rename(key, cli.path(QStringLiteral("own.key"))) && QFile::copy(cli.path(QStringLiteral("stolen.key")), key));
        const Said stolen = cli.run(words("count customer"));
        QCOMPARE(stolen.exitCode, 1);
        QCOMPARE(stolen.error().value(QStringLiteral("code")).toString(), QStringLiteral("FileDamaged"));
        QVERIFY(QFile::remove(key) && QFile::rename(cli.path(QStringLiteral("own.key")), key));
        ok(cli, "count customer");
        QCOMPARE(cli.run(words("key turn")).exitCode, 2);
    }

    void aKilledReplacementGoesOn()
    {
        const CliRunner cli = CliRunner(m_folder.path(), QStringLiteral("killed"));
        ok(cli, "init --user anna");
        ok(cli, "generate --customers 3000 --deals 3000 --tickets 1000 --seed 6");
        // A copy under the key that is to go, as bringing records back leaves one when it is killed.
        const QString left = cli.profile() + QStringLiteral("/bring-back-q1w2E3");
        QVERIFY(QDir().mkpath(left + QStringLiteral("/then")) && QFile::copy(cli.profile() + QStringLiteral("/fieldfare.key"), left + QStringLiteral("/then/fieldfare.key")));
        const qint64 rows = cli.run(words("check")).number("rows");
        // The journal of the pages in flight is there from the first step to the end.
        const QString journal = cli.profile() + QStringLiteral("/fieldfare.db-rotation");
        bool wasMidway = false;
        for (int attempt = 0; attempt < 20 && !wasMidway; ++attempt) {
            const auto rotating = cli.start(words("key rotate"));
            QVERIFY(rotating->waitForStarted());
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(journal) || rotating->state() == QProcess::NotRunning, 30'000);
            rotating->kill();
            QVERIFY(rotating->waitForFinished());
            wasMidway = cli.run(words("key status")).json().value(QStringLiteral("rotating")).toBool();
        }
        QVERIFY(wasMidway);
        QVERIFY(!QFile::exists(left));
        QCOMPARE(cli.run(words("check")).number("rows"), rows);
        ok(cli, "create customer name=Between");
        const Said backup = cli.run({QStringLiteral("backup"), QStringLiteral("create"), m_folder.path() + QStringLiteral("/midway")});
        QVERIFY2(backup.exitCode == 0, backup.err.constData());
        const Said tried = cli.run({QStringLiteral("backup"), QStringLiteral("verify"), backup.text("backup")});
        QVERIFY2(tried.exitCode == 0, tried.err.constData());
        const Said rotated = cli.run(words("key rotate"));
        QVERIFY2(rotated.exitCode == 0, rotated.err.constData());
        QVERIFY(rotated.json().value(QStringLiteral("resumed")).toBool());
        QCOMPARE(cli.run(words("check")).number("rows"), rows + 1);
        QVERIFY(!QFile::exists(journal));
        const Said triedLater = cli.run({QStringLiteral("backup"), QStringLiteral("verify"), backup.text("backup")});
        QVERIFY2(triedLater.exitCode == 0, triedLater.err.constData());
    }

    /// The data key could be replaced there just now, or many programs guess at once.
    void aPassphraseIsNotChangedBesideAnOpenProfile()
    {
        CliRunner cli = CliRunner(m_folder.path(), QStringLiteral("open"));
        ok(cli, "init --user anna");
        cli.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QStringLiteral("sparrow-velvet-57-harbour"));
        QLockFile open(cli.profile() + QStringLiteral("/lock")); // as whoever opens the profile holds it
        open.setStaleLockTime(0);
        QVERIFY(open.tryLock(0));
        const Said refused = cli.run(words("passphrase change"));
        QCOMPARE(refused.exitCode, 1);
        QCOMPARE(refused.error().value(QStringLiteral("code")).toString(), QStringLiteral("ProfileInUse"));
        CliRunner guesser = cli;
        guesser.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("a guess"));
        QCOMPARE(guesser.run(words("passphrase change")).error().value(QStringLiteral("code")).toString(),
                 QStringLiteral("ProfileInUse"));
        open.unlock();
        ok(cli, "count customer"); // with the passphrase of before
        ok(cli, "passphrase change");
        cli.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("sparrow-velvet-57-harbour"));
        ok(cli, "count customer");
    }

    /// Somebody goes away from the question, and the profile is used; what happened to it by the answer stays.
    void nobodyIsKeptOutWhileAPassphraseIsTyped()
    {
#ifndef Q_OS_UNIX
        QSKIP("needs a pipe with a name");
#else
        CliRunner cli = CliRunner(m_folder.path(), QStringLiteral("typing"));
        ok(cli, "init --user anna");
        const QString former = cli.run(words("key status")).text("key");
        TypedSecret typed(cli.path(QStringLiteral("typed")));
        QVERIFY(typed.isThere());
        for (const char *option : {"--secret-file", "--new-secret-file"}) {
            const bool isNew = QByteArray(option).contains("new");
            cli.setEnvironment(QStringLiteral("FIELDFARE_NEW_PASSPHRASE"), QStringLiteral("sparrow-velvet-57-harbour"));
            const auto asking = cli.start({QStringLiteral("passphrase"), QStringLiteral("change"), QString::fromLatin1(option), typed.path()});
            QTRY_VERIFY_WITH_TIMEOUT(typed.isAskedFor(), 30'000);
            ok(cli, isNew ? "key rotate" : "count customer");
            QVERIFY(typed.type(isNew ? "sparrow-velvet-57-harbour\n" : "not this one\n"));
            QVERIFY(asking->waitForFinished());
            QCOMPARE(asking->exitCode(), isNew ? 0 : 1);
        }
        cli.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("sparrow-velvet-57-harbour"));
        ok(cli, "count customer");
        QVERIFY(cli.run(words("key status")).text("key") != former);
#endif
    }

    void wrongPassphrasesHaveToWait()
    {
        const CliRunner cli = CliRunner(m_folder.path(), QStringLiteral("guessed"));
        ok(cli, "init --user anna");
        CliRunner guesser = cli;
        guesser.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("a guess"));
        const auto code = [](const Said &said) { return said.error().value(QStringLiteral("code")).toString(); };
        const QStringList salvage{QStringLiteral("salvage"), QStringLiteral("--to"),
                                  cli.path(QStringLiteral("salvaged"))};
        const QList<QStringList> ways{words("count customer"), words("passphrase change"), salvage};
        for (int i = 0; i < 5; ++i) { // each in a process of its own
            const Said guessed = guesser.run(ways.at(i % ways.size()));
            QCOMPARE(code(guessed), QStringLiteral("WrongPassphrase"));
            const QByteArray left = i < 4 ? "tries left before a wait of 1 min: " + QByteArray::number(4 - i) : QByteArray("the next try is possible in");
            QVERIFY2(ways.at(i % ways.size()) == salvage || guessed.err.contains(left), guessed.err.constData());
        }
        const Said waiting = guesser.run(words("count customer"));
        QCOMPARE(waiting.exitCode, 1);
        QCOMPARE(code(waiting), QStringLiteral("TooManyAttempts"));
        const int seconds = waiting.error().value(QStringLiteral("subject")).toString().toInt();
        QVERIFY2(seconds > 30 && seconds <= 60, waiting.err.constData());
        QVERIFY2(waiting.err.contains(" s"), waiting.err.constData());
        QCOMPARE(code(cli.run(words("count customer"))), QStringLiteral("TooManyAttempts")); // the right one, too, or it would be told by that
        QCOMPARE(code(cli.run(words("passphrase change"))), QStringLiteral("TooManyAttempts"));
        QCOMPARE(code(cli.run(salvage)), QStringLiteral("TooManyAttempts"));
        const QString tries = cli.profile() + QStringLiteral("/fieldfare.key.tries");
        QVERIFY(QFile::remove(tries));
        QCOMPARE(code(guesser.run(words("count customer"))), QStringLiteral("WrongPassphrase"));
        QVERIFY(QFile::exists(tries));
        ok(cli, "count customer");
        QVERIFY(!QFile::exists(tries));
    }

private:
    static void ok(const CliRunner &cli, const char *line)
    {
        const Said said = cli.run(words(line));
        QVERIFY2(said.exitCode == 0, (QByteArray(line) + ": " + said.err).constData());
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestCliKeys)
#include "tst_cli_keys.moc"
