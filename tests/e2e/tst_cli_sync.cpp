// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/cli_runner.h"

#include <QTcpServer>
#include <QtTest>

using fieldfare::testing::CliRunner;
using fieldfare::testing::Said;

/// A real server and real devices.
class TestCliSync : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        m_data = m_folder.path() + QStringLiteral("/server");
        m_environment = QProcessEnvironment::systemEnvironment();
        m_environment.insert(QStringLiteral("FIELDFARE_PASSPHRASE"), QStringLiteral("server-passphrase-19-birch"));
        m_environment.insert(QStringLiteral("FIELDFARE_PASSWORD"), QStringLiteral("admin-password-53-maple"));
        const Said made = server({QStringLiteral("init"), QStringLiteral("--data"), m_data, QStringLiteral("--admin"), QStringLiteral("admin"), QStringLiteral("--host"), QStringLiteral("127.0.0.1")});
        QVERIFY2(made.exitCode == 0, made.err.constData());
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress::LocalHost));
        m_port = probe.serverPort();
        probe.close();
        startServer();
        m_environment.insert(QStringLiteral("FIELDFARE_PASSWORD"), password());
        for (const char *user : {"anna", "bo"}) {
            const Said added = server({QStringLiteral("user"), QStringLiteral("add"), QStringLiteral("--data"), m_data, QString::fromLatin1(user), QStringLiteral("--team"), QStringLiteral("Central")});
            QVERIFY2(added.exitCode == 0, added.err.constData());
        }
    }

    void cleanupTestCase() { stopServer(); }

    void withoutPinAScriptIsRefused()
    {
        const Said said = device("x").run({QStringLiteral("init"), QStringLiteral("--server"), url(), QStringLiteral("--user"), QStringLiteral("anna")});
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("--ca"), said.err.constData());
        QVERIFY(!QFile::exists(m_folder.path() + QStringLiteral("/x/fieldfare.key")));
    }

    void aWrongFingerprintIsRefusedBeforeAPasswordIsSent()
    {
        const Said said = device("x").run({QStringLiteral("init"), QStringLiteral("--server"), url(), QStringLiteral("--user"), QStringLiteral("anna"),
                                           QStringLiteral("--fingerprint"), QString(64, QLatin1Char('a'))});
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("certificate"), said.err.constData());
        QVERIFY(!QFile::exists(m_folder.path() + QStringLiteral("/x/fieldfare.key")));
    }

    void aWrongPasswordIsRefused()
    {
        CliRunner wrong = device("x");
        wrong.setEnvironment(QStringLiteral("FIELDFARE_PASSWORD"), QStringLiteral("wrong-password"));
        const Said said = wrong.run(enrol("anna"));
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains("does not accept name and password.") && said.err.contains("Nothing was changed"), said.err.constData());
        QVERIFY(!said.err.contains("edits"));
    }

    void twoDevicesAndAClash()
    {
        const CliRunner a = device("a");
        const CliRunner b = device("b");
        ok(a.run(enrol("anna")));
        const Said made = a.run(words("create deal name=Roof amount=1250.00"));
        ok(made);
        QVERIFY(made.text("number").startsWith(QStringLiteral("D-")));
        const Said pushed = a.run(words("sync"));
        ok(pushed);
        QVERIFY(pushed.number("pushed") >= 1);
        QCOMPARE(pushed.number("conflicts"), 0);
        ok(b.run(enrol("bo")));
        QCOMPARE(b.run(words("get deal Roof")).text("amount"), QStringLiteral("1250.00 USD"));
        const Said before = b.run(words("history deal Roof"));
        ok(before);
        QVERIFY(before.lines.isEmpty());
        QVERIFY2(before.err.contains("before its first download is not on it"), before.err.constData());

        stopServer();
        ok(a.run({QStringLiteral("set"), QStringLiteral("deal"), QStringLiteral("Roof"), QStringLiteral("amount=1500"), QStringLiteral("next_step=Send offer")}));
        ok(b.run(words("set deal Roof amount=1750 competitors=Initech")));
        const Said offline = a.run(words("sync"));
        QCOMPARE(offline.exitCode, 1);
        QVERIFY(offline.out.isEmpty());
        QVERIFY2(offline.err.contains("Your edits are kept"), offline.err.constData());
        QCOMPARE(a.run(words("get deal Roof")).text("amount"), QStringLiteral("1500.00 USD"));

        startServer();
        ok(a.run(words("sync")));
        const Said clashed = b.run(words("sync"));
        ok(clashed);
        QCOMPARE(clashed.number("conflicts"), 1);
        ok(a.run(words("sync")));
        for (const CliRunner &one : {a, b}) {
            const Said deal = one.run(words("get deal Roof"));
            QCOMPARE(deal.text("next_step"), QStringLiteral("Send offer"));
            QCOMPARE(deal.text("competitors"), QStringLiteral("Initech"));
            const Said conflicts = one.run(words("conflicts list"));
            QCOMPARE(conflicts.lines.size(), 1);
            QCOMPARE(conflicts.text("base"), QStringLiteral("1250.00 USD"));
        }
        const QString conflict = b.run(words("conflicts list")).text("id");
        QCOMPARE(b.run(words("conflicts list")).text("mine"), QStringLiteral("1750.00 USD"));
        QCOMPARE(a.run(words("conflicts list")).text("mine"), QStringLiteral("1500.00 USD"));
        const Said resolved = b.run({QStringLiteral("conflicts"), QStringLiteral("resolve"), conflict, QStringLiteral("--keep"), QStringLiteral("mine")});
        ok(resolved);
        QCOMPARE(resolved.text("resolution"), QStringLiteral("mine"));
        QCOMPARE(resolved.text("shown"), QStringLiteral("1750.00 USD"));
        QCOMPARE(resolved.text("resolved_by"), QStringLiteral("bo"));
        const Said twice = b.run({QStringLiteral("conflicts"), QStringLiteral("resolve"), conflict, QStringLiteral("--keep"), QStringLiteral("theirs")});
        QCOMPARE(twice.exitCode, 1);
        QCOMPARE(twice.error().value(QStringLiteral("code")).toString(), QStringLiteral("AlreadyResolved"));
        QVERIFY2(twice.err.contains("resolved already, by bo (20") && twice.err.contains("amount is 1750.00 USD now"), twice.err.constData());
        ok(b.run(words("sync")));
        ok(a.run(words("sync")));
        for (const CliRunner &one : {a, b}) {
            QCOMPARE(one.run(words("get deal Roof")).text("amount"), QStringLiteral("1750.00 USD"));
            QVERIFY(one.run(words("conflicts list")).lines.isEmpty());
            ok(one.run(words("sync")));
            const Said check = one.run(words("check"));
            ok(check);
            QCOMPARE(check.text("server"), QStringLiteral("equal"));
        }
    }

    /// The first decision stands; the second person is asked again, about the record's field and about nothing else.
    void twoPeopleWhoDecideAtOnceAreAskedAgain()
    {
        const CliRunner a = device("a");
        const CliRunner b = device("b");
        for (const bool aIsFirst : {true, false}) {
            const CliRunner &first = aIsFirst ? a : b;
            const CliRunner &second = aIsFirst ? b : a;
            ok(a.run({QStringLiteral("set"), QStringLiteral("deal"), QStringLiteral("Roof"), aIsFirst ? QStringLiteral("amount=11") : QStringLiteral("amount=21")}));
            ok(b.run({QStringLiteral("set"), QStringLiteral("deal"), QStringLiteral("Roof"), aIsFirst ? QStringLiteral("amount=12") : QStringLiteral("amount=22")}));
            ok(a.run(words("sync")));
            QCOMPARE(b.run(words("sync")).number("conflicts"), 1);
            QCOMPARE(a.run(words("sync")).number("conflicts"), 1); // who came first learns of it as well
            const QString conflict = a.run(words("conflicts list")).text("id");
            for (const CliRunner *one : {&a, &b})
                ok(one->run({QStringLiteral("conflicts"), QStringLiteral("resolve"), conflict, QStringLiteral("--keep"), QStringLiteral("mine")}));
            ok(first.run(words("sync")));
            QCOMPARE(second.run(words("sync")).number("conflicts"), 1);
            ok(first.run(words("sync")));
            const QString stands = first.run(words("get deal Roof")).text("amount");
            for (const CliRunner *one : {&a, &b}) {
                QCOMPARE(one->run(words("get deal Roof")).text("amount"), stands);
                const Said open = one->run(words("conflicts list"));
                QCOMPARE(open.lines.size(), 1);
                QCOMPARE(open.text("field"), QStringLiteral("amount"));
                QCOMPARE(QSet<QString>({open.text("mine"), open.text("theirs")}), aIsFirst ? QSet<QString>({QStringLiteral("11.00 USD"), QStringLiteral("12.00 USD")})
                                                                                          : QSet<QString>({QStringLiteral("21.00 USD"), QStringLiteral("22.00 USD")}));
            }
            QCOMPARE(stands, first.run(words("conflicts list")).text("mine"));
            // Whoever decides now decides alone.
            ok(second.run({QStringLiteral("conflicts"), QStringLiteral("resolve"), second.run(words("conflicts list")).text("id"), QStringLiteral("--keep"), QStringLiteral("mine")}));
            ok(second.run(words("sync")));
            ok(first.run(words("sync")));
            QVERIFY(first.run(words("conflicts list")).lines.isEmpty());
            QVERIFY(first.run(words("get deal Roof")).text("amount") != stands);
        }
    }

    void aWatchingProgramSendsWhatAnotherCommandEdits()
    {
        const CliRunner a = device("a");
        const CliRunner b = device("b");
        const auto watching = a.start({QStringLiteral("sync"), QStringLiteral("--watch"), QStringLiteral("--json")});
        QVERIFY(watching->waitForReadyRead(60'000)); // the first session is done
        ok(a.run(words("create customer name=Watched"))); // served by the watching one
        QVERIFY2(watching->waitForReadyRead(60'000), watching->readAllStandardError().constData());
        ok(b.run(words("sync")));
        QCOMPARE(b.run(words("count customer --where name=Watched")).number("count"), 1);
        // and the other way: the server wakes it
        ok(b.run(words("set customer Watched level=a")));
        ok(b.run(words("sync")));
        QTRY_COMPARE_WITH_TIMEOUT(a.run(words("get customer Watched")).text("level"), QStringLiteral("a"), 60'000);
        watching->terminate();
        QVERIFY(watching->waitForFinished(30'000));
        QCOMPARE(watching->exitCode(), 0);
    }

private:
    static QStringList words(const char *line) { return QString::fromLatin1(line).split(QLatin1Char(' '), Qt::SkipEmptyParts); }
    static QString password() { return QStringLiteral("sales-password-88-heron"); }
    static void ok(const Said &said) { QVERIFY2(said.exitCode == 0, said.err.constData()); }
    QString url() const { return QStringLiteral("https://127.0.0.1:%1").arg(m_port); }

    QStringList enrol(const char *user) const
    {
        return {QStringLiteral("init"), QStringLiteral("--server"), url(), QStringLiteral("--user"), QString::fromLatin1(user), QStringLiteral("--ca"), m_data + QStringLiteral("/ca.crt")};
    }

    CliRunner device(const char *name) const
    {
        CliRunner runner(m_folder.path(), QString::fromLatin1(name));
        runner.setEnvironment(QStringLiteral("FIELDFARE_PASSWORD"), password());
        return runner;
    }

    Said server(const QStringList &words) const
    {
        QProcess process;
        process.setProcessEnvironment(m_environment);
        process.start(CliRunner::program(QStringLiteral("fieldfare-server")), words);
        process.closeWriteChannel();
        return CliRunner::finished(process);
    }

    void startServer()
    {
        m_server.setProcessEnvironment(m_environment);
        m_server.start(CliRunner::program(QStringLiteral("fieldfare-server")), {QStringLiteral("serve"), QStringLiteral("--data"), m_data, QStringLiteral("--listen"), QStringLiteral("127.0.0.1:%1").arg(m_port)});
        QByteArray said;
        while (!said.contains("listening https://")) {
            QVERIFY2(m_server.waitForReadyRead(60'000), m_server.readAllStandardError().constData());
            said += m_server.readAllStandardOutput();
        }
    }

    void stopServer()
    {
        m_server.terminate();
        m_server.waitForFinished(30'000);
    }

    QTemporaryDir m_folder;
    QString m_data;
    quint16 m_port = 0;
    QProcessEnvironment m_environment;
    QProcess m_server;
};

QTEST_GUILESS_MAIN(TestCliSync)
#include "tst_cli_sync.moc"
