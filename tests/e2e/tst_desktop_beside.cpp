// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/real_company.h"

#include <QDir>
#include <QtTest>

using namespace fieldfare::testing;

/// The desktop and the command line on one profile: whoever has it open serves the other.
class TestDesktopBeside : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_company.begin(), QString());
        QCOMPARE(m_company.enrol(QStringLiteral("a"), QStringLiteral("anna")), QString());
        QCOMPARE(m_company.enrol(QStringLiteral("b"), QStringLiteral("bo")), QString());
    }

    void init() { startDesktop(m_desktop); }

    void cleanup()
    {
        m_desktop.waitForFinished(0);
        QVERIFY2(m_desktop.state() == QProcess::Running, qPrintable(QStringLiteral("the desktop was gone before its end: %1, %2 %3").arg(m_desktop.exitStatus()).arg(m_desktop.exitCode()).arg(QString::fromUtf8(m_desktop.readAllStandardError()))));
        m_desktop.terminate();
        QVERIFY(m_desktop.waitForFinished(30'000));
        QVERIFY2(m_desktop.exitStatus() == QProcess::NormalExit && m_desktop.exitCode() == 0,
                 qPrintable(QStringLiteral("the desktop did not end by itself: %1, %2 %3").arg(m_desktop.exitStatus()).arg(m_desktop.exitCode()).arg(QString::fromUtf8(m_desktop.readAllStandardError()))));
        QVERIFY2(!QFile::exists(b().profile() + QStringLiteral("/run.sock")), "the socket was left");
    }

    void helpNeedsNoDisplay_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("help") << QStringLiteral("--help") << QByteArray("--profile");
        QTest::newRow("version") << QStringLiteral("--version") << QByteArray("fieldfare ");
    }

    void helpNeedsNoDisplay()
    {
        QFETCH(const QString, option);
        QFETCH(const QByteArray, said);
        QProcess process;
        QProcessEnvironment bare = QProcessEnvironment::systemEnvironment();
        for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"})
            bare.remove(QString::fromLatin1(name));
        process.setProcessEnvironment(bare);
        process.start(CliRunner::program(QStringLiteral("fieldfare")), {option});
        QVERIFY(process.waitForFinished(30'000));
        QVERIFY2(process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0, process.readAllStandardError().constData());
        QVERIFY(process.readAllStandardOutput().contains(said));
    }

    void commandsAreServedByTheDesktop()
    {
        // Without the passphrase: the desktop has the profile open.
        CliRunner served = b();
        served.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("nothing-that-opens-it"));
        const Said made = served.run(words("create customer name=Beside level=b"));
        QCOMPARE(wrongOf(made, QStringLiteral("create")), QString());
        QVERIFY(!made.text("id").isEmpty());
        QCOMPARE(served.run(words("get customer Beside")).text("level"), QStringLiteral("b"));
        QCOMPARE(served.run(words("search besid")).text("title"), QStringLiteral("Beside"));
        QCOMPARE(served.run(words("count customer --where name=Beside")).number("count"), 1);
        QCOMPARE(served.run(words("get customer Nobody")).exitCode, 1);
        QCOMPARE(served.run(words("list customers")).exitCode, 2);
        const Said synced = served.run(words("sync"));
        QCOMPARE(wrongOf(synced, QStringLiteral("sync")), QString());
        QVERIFY(synced.json().contains(QStringLiteral("cursor")));
        const CliRunner a = m_company.device(QStringLiteral("a"));
        QCOMPARE(wrongOf(a.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(a.run(words("count customer --where name=Beside")).number("count"), 1);
        const Said check = served.run(words("check"));
        QCOMPARE(wrongOf(check, QStringLiteral("check")), QString());
        QVERIFY2(check.text("server") == QLatin1String("equal") || check.text("server") == QLatin1String("newer"), check.out.constData());
        const QString place = m_company.folder() + QStringLiteral("/backups");
        const Said copied = served.run({QStringLiteral("backup"), QStringLiteral("create"), place});
        QCOMPARE(wrongOf(copied, QStringLiteral("backup")), QString());
        QCOMPARE(copied.text("kind"), QStringLiteral("full"));
        QCOMPARE(wrongOf(b().run({QStringLiteral("backup"), QStringLiteral("verify"), copied.text("backup")}), QStringLiteral("verify")), QString());
        QCOMPARE(wrongOf(served.run(words("set customer Beside level=c")), QStringLiteral("set")), QString());
        const Said back = served.run({QStringLiteral("backup"), QStringLiteral("records"), copied.text("backup"), QStringLiteral("customer"), QStringLiteral("Beside")});
        QCOMPARE(wrongOf(back, QStringLiteral("records")), QString());
        QCOMPARE(served.run(words("get customer Beside")).text("level"), QStringLiteral("b"));
        const Said init = served.run(words("init"));
        QCOMPARE(init.exitCode, 1);
        QVERIFY2(init.err.contains("exists already"), init.err.constData());
    }

    void aLongImportLetsOthersThrough()
    {
        QByteArray rows("name,email\n");
        for (int i = 0; i < 30'000; ++i)
            rows += "Long " + QByteArray::number(i) + ",u" + QByteArray::number(i) + "@example.com\n";
        const auto importing = b().start({QStringLiteral("import"), QStringLiteral("customer"), b().file(QStringLiteral("long.csv"), rows), QStringLiteral("--json")});
        int served = 0;
        while (importing->state() != QProcess::NotRunning && !importing->waitForFinished(10)) {
            QCOMPARE(wrongOf(b().run({QStringLiteral("create"), QStringLiteral("deal"), QStringLiteral("name=During %1").arg(served)}), QStringLiteral("create")), QString());
            ++served;
        }
        const Said done = CliRunner::finished(*importing);
        QCOMPARE(wrongOf(done, QStringLiteral("import")), QString());
        QCOMPARE(done.number("created"), 30'000);
        QVERIFY2(served >= 2, qPrintable(QString::number(served)));
        QCOMPARE(b().run(words("count deal")).number("count"), served);
        // Much output, from the database's thread.
        const Said listed = b().run(words("list customer"));
        QCOMPARE(listed.exitCode, 0);
        QVERIFY(listed.lines.size() >= 30'000);
    }

    void closingTheDesktopEndsALongCommand()
    {
        QByteArray rows("name\n");
        for (int i = 0; i < 60'000; ++i)
            rows += "Ended " + QByteArray::number(i) + '\n';
        const QStringList command{QStringLiteral("import"), QStringLiteral("customer"), b().file(QStringLiteral("ended.csv"), rows), QStringLiteral("--json")};
        const auto importing = b().start(command);
        QTRY_VERIFY_WITH_TIMEOUT(importing->state() == QProcess::NotRunning || b().run(words("count customer --where name=Ended")).exitCode == 0, 30'000);
        importing->waitForFinished(800);
        cleanup();
        const Said cut = CliRunner::finished(*importing);
        QVERIFY2(cut.exitCode == 0 || cut.exitCode == 1, cut.err.constData());
        // The same command goes on with it.
        QCOMPARE(wrongOf(b().run(command.mid(0, 3)), QStringLiteral("import")), QString());
        QCOMPARE(b().run({QStringLiteral("count"), QStringLiteral("customer"), QStringLiteral("--where"), QStringLiteral("name startswith Ended")}).number("count"), 60'000);
        startDesktop(m_desktop);
    }

    void aSecondStartShowsTheFirst()
    {
        QProcess second;
        launch(second, {});
        QVERIFY2(second.waitForFinished(30'000), "the second desktop stayed");
        QCOMPARE(second.exitCode(), 0);
        QCOMPARE(m_desktop.state(), QProcess::Running);
        QCOMPARE(wrongOf(b().run(words("count customer")), QStringLiteral("count")), QString());
    }

    void theCommandLineTakesOverFromAKilledDesktop()
    {
        QCOMPARE(wrongOf(b().run(words("create deal name=Before")), QStringLiteral("create")), QString());
        m_desktop.kill();
        QVERIFY(m_desktop.waitForFinished());
        QCOMPARE(b().run(words("count deal --where name=Before")).number("count"), 1);
        // And the desktop from a command line that holds the profile: it comes up when that is done.
        QByteArray rows("name\n");
        for (int i = 0; i < 100; ++i)
            rows += "Short " + QByteArray::number(i) + '\n';
        QCOMPARE(wrongOf(b().run({QStringLiteral("import"), QStringLiteral("contact"), b().file(QStringLiteral("short.csv"), rows)}), QStringLiteral("import")), QString());
        startDesktop(m_desktop);
        QCOMPARE(b().run(words("count contact")).number("count"), 100);
    }

    /// A profile deeper than a socket's path may be long.
    void aDeepProfileIsShared()
    {
        QTemporaryDir folder;
        const QString deep = QString(60, QLatin1Char('d')) + QLatin1Char('/') + QString(60, QLatin1Char('e'));
        QVERIFY(QDir(folder.path()).mkpath(deep));
        const CliRunner cli(folder.path(), deep + QStringLiteral("/p"));
        QCOMPARE(wrongOf(cli.run(words("init --user anna")), QStringLiteral("init")), QString());
        QProcess desktop;
        launch(desktop, cli.profile());
        QTRY_VERIFY_WITH_TIMEOUT(QDir(cli.profile()).exists(QStringLiteral("run.sock")) || desktop.state() == QProcess::NotRunning, 60'000);
        CliRunner served = cli;
        served.setEnvironment(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("nothing-that-opens-it"));
        QCOMPARE(wrongOf(served.run(words("create customer name=Deep")), QStringLiteral("create")), QString());
        desktop.terminate();
        QVERIFY(desktop.waitForFinished(30'000));
        QCOMPARE(cli.run(words("count customer")).number("count"), 1);
    }

private:
    [[nodiscard]] CliRunner b() const { return m_company.device(QStringLiteral("b")); }

    void launch(QProcess &desktop, const QString &profile) const
    {
        QProcessEnvironment environment = m_company.environment();
        environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QString::fromLatin1(CliRunner::kPassphrase));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        environment.insert(QStringLiteral("HOME"), m_company.folder());
        desktop.setProcessEnvironment(environment);
        desktop.start(CliRunner::program(QStringLiteral("fieldfare")), {QStringLiteral("--profile"), profile.isEmpty() ? b().profile() : profile});
    }

    void startDesktop(QProcess &desktop) const
    {
        QFile::remove(b().profile() + QStringLiteral("/run.sock"));
        launch(desktop, {});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(b().profile() + QStringLiteral("/run.sock")) || desktop.state() == QProcess::NotRunning, 60'000);
        QVERIFY2(desktop.state() == QProcess::Running, desktop.readAllStandardError().constData());
    }

    RealCompany m_company;
    QProcess m_desktop;
};

QTEST_GUILESS_MAIN(TestDesktopBeside)
#include "tst_desktop_beside.moc"
