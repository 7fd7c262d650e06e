// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/cli_runner.h"

#include <QtTest>

using fieldfare::testing::CliRunner;
using fieldfare::testing::Said;

/// Several programs on one profile: one has it open, the others are served by it.
class TestCliSharing : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void manyAtATimeAllSucceed()
    {
        QTemporaryDir folder;
        const CliRunner cli(folder.path(), QStringLiteral("p"));
        QCOMPARE(cli.run({QStringLiteral("init")}).exitCode, 0);
        std::vector<std::unique_ptr<QProcess>> processes;
        for (int i = 0; i < 6; ++i)
            processes.push_back(cli.start({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=Number %1").arg(i), QStringLiteral("--json")}));
        for (const auto &process : processes) {
            const Said said = CliRunner::finished(*process);
            QVERIFY2(said.exitCode == 0, said.err.constData());
            QVERIFY(!said.text("id").isEmpty());
        }
        QCOMPARE(cli.run({QStringLiteral("count"), QStringLiteral("customer")}).number("count"), 6);
    }

    void aSecondProgramIsServedByTheOneThatImports()
    {
        QTemporaryDir folder;
        CliRunner cli(folder.path(), QStringLiteral("p"));
        QCOMPARE(cli.run({QStringLiteral("init")}).exitCode, 0);
        QByteArray rows("name,email\n");
        for (int i = 0; i < 40'000; ++i)
            rows += "Company " + QByteArray::number(i) + ",u" + QByteArray::number(i) + "@example.com\n";
        const QString file = cli.file(QStringLiteral("a.csv"), rows);
        const auto first = cli.start({QStringLiteral("import"), QStringLiteral("customer"), file, QStringLiteral("--json")});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(cli.profile() + QStringLiteral("/run.sock")), 30'000);
        // The second one needs no passphrase: the first has the profile open.
        CliRunner second(folder.path(), QStringLiteral("p"));
        second.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("nothing-that-opens-it"));
        const Said made = second.run({QStringLiteral("create"), QStringLiteral("deal"), QStringLiteral("name=Meanwhile")});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        QCOMPARE(first->state(), QProcess::Running);
        const Said wrong = second.run({QStringLiteral("get"), QStringLiteral("deal"), QStringLiteral("Nothing")});
        QCOMPARE(wrong.exitCode, 1);
        QVERIFY(wrong.err.contains("was not found"));
        const Said done = CliRunner::finished(*first);
        QCOMPARE(done.exitCode, 0);
        QCOMPARE(done.number("created"), 40'000);
        QCOMPARE(cli.run({QStringLiteral("count"), QStringLiteral("deal")}).number("count"), 1);
    }

    void aProfileOfAKilledProgramIsTakenOver()
    {
        QTemporaryDir folder;
        const CliRunner cli(folder.path(), QStringLiteral("p"));
        QCOMPARE(cli.run({QStringLiteral("init")}).exitCode, 0);
        QByteArray rows("name\n");
        for (int i = 0; i < 40'000; ++i)
            rows += "Company " + QByteArray::number(i) + '\n';
        const auto first = cli.start({QStringLiteral("import"), QStringLiteral("customer"), cli.file(QStringLiteral("a.csv"), rows)});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(cli.profile() + QStringLiteral("/run.sock")), 30'000);
        first->kill();
        QVERIFY(first->waitForFinished());
        QCOMPARE(cli.run({QStringLiteral("count"), QStringLiteral("customer")}).exitCode, 0);
    }
};

QTEST_GUILESS_MAIN(TestCliSharing)
#include "tst_cli_sharing.moc"
