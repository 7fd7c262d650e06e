// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/cut_proxy.h"
#include "tests/e2e/real_company.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

using namespace fieldfare::testing;

namespace {

/// Answers every connection with the same bytes, on a thread of its own.
class StrangeServer {
public:
    explicit StrangeServer(QByteArray answer)
    {
        auto *server = new QTcpServer;
        server->moveToThread(&m_thread);
        QObject::connect(&m_thread, &QThread::finished, server, &QObject::deleteLater);
        m_thread.start();
        QMetaObject::invokeMethod(server, [this, server, answer] {
            QObject::connect(server, &QTcpServer::newConnection, server, [server, answer] {
                while (QTcpSocket *socket = server->nextPendingConnection()) {
                    QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                        socket->readAll();
                        socket->write(answer);
                        socket->disconnectFromHost();
                    });
                }
            });
            m_port = server->listen(QHostAddress::LocalHost) ? server->serverPort() : quint16(0);
        }, Qt::BlockingQueuedConnection);
    }
    ~StrangeServer()
    {
        m_thread.quit();
        m_thread.wait();
    }
    [[nodiscard]] quint16 port() const { return m_port; }

private:
    QThread m_thread;
    quint16 m_port = 0;
};

} // namespace

/// What the network, the other side and the clock can do to a device: it says what happened, keeps the edits and goes on.
class TestFaultsNetwork : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(m_company.begin(), QString());
        QCOMPARE(m_company.enrol(QStringLiteral("a"), QStringLiteral("anna")), QString());
    }

    void wrongAddressesAreNamed_data()
    {
        QTest::addColumn<QString>("address");
        QTest::addColumn<QByteArray>("happened");
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        QTest::newRow("nobody listens") << QStringLiteral("https://127.0.0.1:%1").arg(closed.serverPort()) << QByteArray("The server cannot be reached.");
        closed.close();
        QTest::newRow("no such host") << QStringLiteral("https://nowhere.invalid:8443") << QByteArray("The server cannot be reached.");
        QTest::newRow("not encrypted") << QStringLiteral("http://127.0.0.1:%1").arg(m_company.port()) << QByteArray("The request cannot be carried out as it is.");
        QTest::newRow("no address") << QStringLiteral("company server") << QByteArray("The request cannot be carried out as it is.");
        m_stranger = std::make_unique<StrangeServer>("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        QTest::newRow("a web server without encryption") << QStringLiteral("https://127.0.0.1:%1").arg(m_stranger->port()) << QByteArray("Another program answers at this address.");
    }
    void wrongAddressesAreNamed()
    {
        QFETCH(const QString, address);
        QFETCH(const QByteArray, happened);
        const CliRunner device = m_company.device(QStringLiteral("x"));
        const Said said = device.run({QStringLiteral("init"), QStringLiteral("--server"), address, QStringLiteral("--user"), QStringLiteral("anna"), QStringLiteral("--ca"), m_company.data() + QStringLiteral("/ca.crt")});
        QCOMPARE(said.exitCode, 1);
        QVERIFY2(said.err.contains(happened), said.err.constData());
        QVERIFY2(!said.err.contains("edits"), said.err.constData()); // there are none yet
        QVERIFY(!said.err.contains(RealCompany::kUserPassword));
        QVERIFY2(!QFile::exists(device.profile()), "an init that failed left a folder");
    }

    /// Another company's server at the address that the device knows.
    void anotherCertificateGetsNothing()
    {
        const CliRunner device = m_company.device(QStringLiteral("a"));
        QCOMPARE(wrongOf(device.run(words("create customer name=Kept")), QStringLiteral("create")), QString());
        QCOMPARE(m_company.stop(), QString());
        {
            RealCompany other;
            QCOMPARE(other.begin({QStringLiteral("anna")}, m_company.port()), QString());
            const Said said = device.run(words("sync"));
            QCOMPARE(said.exitCode, 1);
            QVERIFY2(said.err.contains("another certificate than before, so nothing was sent"), said.err.constData());
            QVERIFY2(said.err.contains("Your edits are kept on this computer"), said.err.constData());
            QVERIFY2(said.err.contains("Ask the administrator"), said.err.constData());
            QVERIFY2(!other.serverLog().contains("/sync/v1/"), other.serverLog().constData());
        }
        QCOMPARE(m_company.start(), QString());
        const Said synced = device.run(words("sync"));
        QCOMPARE(wrongOf(synced, QStringLiteral("sync")), QString());
        QVERIFY(synced.number("pushed") >= 1);
    }

    void aConnectionCutAnywhereLosesNothing_data()
    {
        QTest::addColumn<int>("direction");
        QTest::newRow("on the way to the server") << int(CutProxy::Direction::ToServer);
        QTest::newRow("on the way back") << int(CutProxy::Direction::ToClient);
    }
    void aConnectionCutAnywhereLosesNothing()
    {
        QFETCH(const int, direction);
        CutProxy proxy(m_company.port());
        QVERIFY(proxy.port() != 0);
        const QString name = direction == 0 ? QStringLiteral("cut-up") : QStringLiteral("cut-down");
        const CliRunner device = m_company.device(name);
        QCOMPARE(wrongOf(device.run(m_company.enrolWords(QStringLiteral("bo"), proxy.port())), QStringLiteral("init")), QString());
        // One session to learn how long the way is.
        QCOMPARE(edit(device, name, 0), QString());
        proxy.disarm();
        QCOMPARE(wrongOf(device.run(words("sync")), QStringLiteral("sync")), QString());
        const qint64 whole = proxy.passed(CutProxy::Direction(direction));
        QVERIFY(whole > 1000);
        const int cuts = qEnvironmentVariable("FIELDFARE_ROUNDS", QStringLiteral("7")).toInt();
        int wereCut = 0;
        for (int i = 1; i <= cuts; ++i) {
            QCOMPARE(edit(device, name, i), QString());
            proxy.arm(CutProxy::Direction(direction), whole * (i - 1) / cuts);
            const Said said = device.run(words("sync"));
            wereCut += proxy.hasCut() ? 1 : 0;
            QVERIFY2(said.exitCode == 0 || said.exitCode == 1, said.err.constData());
            if (said.exitCode == 1) {
                QVERIFY2(said.err.contains("Your edits are kept on this computer"), said.err.constData());
                QVERIFY(said.out.isEmpty());
            }
        }
        QVERIFY2(wereCut > cuts / 2, qPrintable(QString::number(wereCut)));
        proxy.disarm();
        QCOMPARE(wrongOf(device.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(wrongOf(m_company.device(QStringLiteral("a")).run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(m_company.agree({QStringLiteral("a"), name}), QString());
        const Said counted = m_company.device(QStringLiteral("a")).run({QStringLiteral("count"), QStringLiteral("customer"), QStringLiteral("--where"), QStringLiteral("name startswith %1").arg(name)});
        QCOMPARE(counted.number("count"), cuts + 1);
        QVERIFY(device.run(words("tray")).lines.isEmpty());
    }

    void aFirstDownloadCutAnywhereGoesOn()
    {
        CutProxy proxy(m_company.port());
        const CliRunner a = m_company.device(QStringLiteral("a"));
        QCOMPARE(wrongOf(a.run(words("generate --customers 300 --deals 100 --tickets 50 --seed 4")), QStringLiteral("generate")), QString());
        QCOMPARE(wrongOf(a.run(words("sync")), QStringLiteral("sync")), QString());
        const QString name = QStringLiteral("late");
        const CliRunner device = m_company.device(name);
        bool isEnrolled = false;
        for (const int kilobytes : {0, 2, 4, 8, 16, 32, 48}) {
            proxy.arm(CutProxy::Direction::ToClient, kilobytes * 1024);
            const Said said = device.run(isEnrolled ? words("sync") : m_company.enrolWords(QStringLiteral("anna"), proxy.port()));
            QVERIFY2(said.exitCode == 0 || said.err.contains("cannot be reached") || said.err.contains("did not answer in time"), said.err.constData());
            isEnrolled = isEnrolled || QFile::exists(device.profile() + QStringLiteral("/fieldfare.db"));
        }
        proxy.disarm();
        QVERIFY(isEnrolled);
        QCOMPARE(wrongOf(device.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(wrongOf(a.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(m_company.agree({QStringLiteral("a"), name}), QString());
    }

    /// A day ahead or behind: nothing is refused, and the wrong clock does not decide who wins.
    void aWrongClockDoesNotDecide_data()
    {
        QTest::addColumn<int>("hours");
        QTest::newRow("a day ahead") << 24;
        QTest::newRow("almost a day behind") << -23;
    }
    void aWrongClockDoesNotDecide()
    {
        QFETCH(const int, hours);
        const QString shim = qEnvironmentVariable("FIELDFARE_BIN") + QStringLiteral("/libfieldfare_moved_clock.so");
        if (!QFile::exists(shim))
            QSKIP("moving the clock of a program needs LD_PRELOAD");
        const QString name = QStringLiteral("clock%1").arg(hours);
        CliRunner wrong = m_company.device(name);
        wrong.setEnvironment(QStringLiteral("LD_PRELOAD"), shim);
        wrong.setEnvironment(QStringLiteral("FIELDFARE_TEST_CLOCK_SECONDS"), QString::number(hours * 3600));
        const CliRunner right = m_company.device(QStringLiteral("a"));
        QCOMPARE(wrongOf(wrong.run(m_company.enrolWords(QStringLiteral("bo"))), QStringLiteral("init")), QString());
        QCOMPARE(wrongOf(wrong.run({QStringLiteral("create"), QStringLiteral("deal"), QStringLiteral("name=") + name, QStringLiteral("competitors=none")}), QStringLiteral("create")), QString());
        QCOMPARE(wrongOf(wrong.run(words("sync")), QStringLiteral("sync")), QString());
        QCOMPARE(wrongOf(right.run(words("sync")), QStringLiteral("sync")), QString());
        // The same field on both, twice: the later edit is to win, once of the right clock, once of the wrong one.
        for (const bool rightIsLater : {true, false}) {
            const CliRunner &earlier = rightIsLater ? wrong : right;
            const CliRunner &later = rightIsLater ? right : wrong;
            const QString value = rightIsLater ? QStringLiteral("right") : QStringLiteral("wrong");
            QCOMPARE(wrongOf(earlier.run({QStringLiteral("set"), QStringLiteral("deal"), name, QStringLiteral("competitors=early-") + value}), QStringLiteral("set")), QString());
            QCOMPARE(wrongOf(later.run({QStringLiteral("set"), QStringLiteral("deal"), name, QStringLiteral("competitors=late-") + value}), QStringLiteral("set")), QString());
            // The later one is sent first, so that the order of arrival does not decide either.
            for (const CliRunner *one : {&later, &earlier, &later})
                QCOMPARE(wrongOf(one->run(words("sync")), QStringLiteral("sync")), QString());
            for (const CliRunner *one : {&right, static_cast<const CliRunner *>(&wrong)})
                QCOMPARE(one->run({QStringLiteral("get"), QStringLiteral("deal"), name}).text("competitors"), QStringLiteral("late-") + value);
        }
        QCOMPARE(m_company.agree({QStringLiteral("a"), name}), QString());
    }

    void aClockFarOffIsNamed()
    {
        const QString shim = qEnvironmentVariable("FIELDFARE_BIN") + QStringLiteral("/libfieldfare_moved_clock.so");
        if (!QFile::exists(shim))
            QSKIP("moving the clock of a program needs LD_PRELOAD");
        CliRunner wrong = m_company.device(QStringLiteral("far"));
        wrong.setEnvironment(QStringLiteral("LD_PRELOAD"), shim);
        for (const int days : {-30, 400}) {
            wrong.setEnvironment(QStringLiteral("FIELDFARE_TEST_CLOCK_SECONDS"), QString::number(days * 86'400));
            const Said said = wrong.run(m_company.enrolWords(QStringLiteral("bo")));
            QCOMPARE(said.exitCode, 1);
            QVERIFY2(said.err.contains("this computer's clock is wrong"), said.err.constData());
        }
    }

private:
    static QString edit(const CliRunner &device, const QString &name, int number)
    {
        return wrongOf(device.run({QStringLiteral("create"), QStringLiteral("customer"), QStringLiteral("name=%1-%2").arg(name).arg(number)}), QStringLiteral("create"));
    }

    RealCompany m_company;
    std::unique_ptr<StrangeServer> m_stranger;
};

QTEST_GUILESS_MAIN(TestFaultsNetwork)
#include "tst_faults_network.moc"
