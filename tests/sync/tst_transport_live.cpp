// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/tst_transport_fixture.h"

#include "core/base/random.h"
#include "sync/net/live_socket.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace fieldfare;
using base::ErrorCode;
using net::LiveSocket;
using test::RawClient;
using test::TestServer;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 15'000;

net::LiveSocketTimes quickTimes()
{
    net::LiveSocketTimes times;
    times.firstDelay = 10ms;
    times.longestDelay = 40ms;
    return times;
}

QByteArray upgrade(const QByteArray &authorization, const QByteArray &version = "13",
                   const QByteArray &key = "AAAAAAAAAAAAAAAAAAAAAA==")
{
    return "GET /sync/v1/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: " + version + "\r\nSec-WebSocket-Key: " + key + "\r\nAuthorization: " + authorization
        + "\r\n\r\n";
}

/// An unmasked length under 126, masked with zeros as RFC 6455 wants from clients.
QByteArray frame(char opcode, const QByteArray &payload)
{
    return QByteArray(1, char(0x80 | opcode)) + char(0x80 | int(payload.size())) + QByteArray(4, '\0') + payload;
}

} // namespace

class TestTransportLive : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wakesDevices()
    {
        TestServer server;
        base::SystemRandom random;
        LiveSocket first(server.address(), server.clock, random);
        LiveSocket second(server.address(), server.clock, random);
        QSignalSpy firstWoken(&first, &LiveSocket::woken);
        QSignalSpy secondWoken(&second, &LiveSocket::woken);
        first.setToken("good-anna");
        second.setToken("good-bo");
        first.start();
        second.start();
        QTRY_VERIFY_WITH_TIMEOUT(first.isConnected() && second.isConnected(), kPatience);
        QCOMPARE(firstWoken.takeFirst().first().toByteArray(), QByteArray()); // something may have been missed
        QCOMPARE(secondWoken.takeFirst().first().toByteArray(), QByteArray());
        QTRY_COMPARE(server.http->statistics().openLive, 2);
        QCOMPARE(server.http->statistics().statuses.value(101), 2u);

        server.http->broadcast("all");
        QTRY_COMPARE(firstWoken.count(), 1);
        QTRY_COMPARE(secondWoken.count(), 1);
        QCOMPARE(firstWoken.takeFirst().first().toByteArray(), QByteArray("all"));
        secondWoken.clear();

        server.http->send("bo", "you");
        QTRY_COMPARE(secondWoken.count(), 1);
        server.http->send("anna", "then you");
        QTRY_COMPARE(firstWoken.count(), 1);
        QCOMPARE(firstWoken.first().first().toByteArray(), QByteArray("then you"));
        QCOMPARE(secondWoken.count(), 1);

        first.stop();
        QTRY_COMPARE(server.http->statistics().openLive, 1);
    }

    void stopsWhenTheTokenIsRefused()
    {
        TestServer server;
        base::SystemRandom random;
        LiveSocket socket(server.address(), server.clock, random, quickTimes());
        QSignalSpy refused(&socket, &LiveSocket::tokenRefused);
        socket.setToken("bad");
        socket.start();
        QTRY_COMPARE_WITH_TIMEOUT(refused.count(), 1, kPatience);
        QCOMPARE(server.http->statistics().statuses.value(401), 1u);
        QCOMPARE(server.http->statistics().upgradesRefused, 1u);
        socket.setToken("good-anna");
        QTRY_VERIFY_WITH_TIMEOUT(socket.isConnected(), kPatience);
        QCOMPARE(server.http->statistics().accepted, 2u);
    }

    void sendsNoTokenToAStranger()
    {
        TestServer server;
        net::ServerAddress address = server.address();
        address.pins = {QByteArray(32, 'x')};
        base::SystemRandom random;
        LiveSocket socket(address, server.clock, random, quickTimes());
        QSignalSpy failed(&socket, &LiveSocket::failed);
        socket.setToken("good-anna");
        socket.start();
        QTRY_VERIFY_WITH_TIMEOUT(failed.count() >= 2, kPatience); // and it tries again
        QCOMPARE(failed.first().first().value<base::Error>().code, ErrorCode::CertificateChanged);
        socket.stop();
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
        QCOMPARE(server.http->statistics().bytesIn, 0u);
        QCOMPARE(server.http->statistics().requests, 0u);
    }

    void refusesAnExpiredLeaf()
    {
        TestServer server({}, 100 * test::kDayMs);
        base::SystemRandom random;
        LiveSocket socket(server.address(), server.clock, random, quickTimes());
        QSignalSpy failed(&socket, &LiveSocket::failed);
        socket.start();
        QTRY_VERIFY_WITH_TIMEOUT(failed.count() > 0, kPatience);
        QCOMPARE(failed.first().first().value<base::Error>().code, ErrorCode::CertificateUntrusted);
        QCOMPARE(server.http->statistics().requests, 0u);
    }

    void comesBackAfterALoss()
    {
        TestServer server;
        base::SystemRandom random;
        LiveSocket socket(server.address(), server.clock, random, quickTimes());
        QSignalSpy changed(&socket, &LiveSocket::connectedChanged);
        QSignalSpy woken(&socket, &LiveSocket::woken);
        socket.setToken("good-anna");
        socket.start();
        QTRY_VERIFY_WITH_TIMEOUT(socket.isConnected(), kPatience);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
        server.http->closeLive("anna");
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 3, kPatience); // up, down, up
        QVERIFY(socket.isConnected());
        QCOMPARE(woken.count(), 2); // what was missed meanwhile is asked for
    }

    void givesUpASilentServer()
    {
        QTcpServer half; // the system accepts, nobody says anything
        QVERIFY(half.listen(QHostAddress(QHostAddress::LocalHost), 0));
        net::LiveSocketTimes times = quickTimes();
        times.handshake = 100ms;
        base::SystemRandom random;
        base::SystemClock clock;
        LiveSocket socket({QUrl(QStringLiteral("https://127.0.0.1:%1").arg(half.serverPort())), {QByteArray(32, 'p')}, {}},
                          clock, random, times);
        QSignalSpy failed(&socket, &LiveSocket::failed);
        socket.start();
        QTRY_VERIFY_WITH_TIMEOUT(failed.count() > 0, kPatience);
        QCOMPARE(failed.first().first().value<base::Error>().code, ErrorCode::TimedOut);
    }

    void refusesUnauthorisedAndMalformedUpgrades_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        QTest::newRow("no right token") << upgrade("Bearer bad") << 401;
        QTest::newRow("old version") << upgrade("Bearer good-anna", "8") << 426;
        QTest::newRow("short key") << upgrade("Bearer good-anna", "13", "AAAA") << 426;
        QTest::newRow("no upgrade at all") << QByteArray("GET /sync/v1/live HTTP/1.1\r\nHost: localhost\r\n\r\n") << 404;
        QTest::newRow("path only begins alike") << QByteArray("GET /sync/v1/lives HTTP/1.1\r\nHost: localhost\r\n\r\n") << 404;
        QTest::newRow("smuggling shape") << upgrade("Bearer good-anna\r\nContent-Length: 3\r\nTransfer-Encoding: chunked") << 400;
        QTest::newRow("large header") << upgrade("Bearer good-" + QByteArray(20'000, 'a')) << 431;
    }
    void refusesUnauthorisedAndMalformedUpgrades()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(request).status, status);
        QCOMPARE(server.http->statistics().openLive, 0);
    }

    void takesAnUpgradeInPieces()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        const QByteArray request = upgrade("Bearer good-anna");
        for (const char c : request) {
            client.send(QByteArray(1, c));
            client.socket.flush();
        }
        QCOMPARE(client.read().status, 101);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
    }

    void upgradesAKeptConnection()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
        QCOMPARE(client.ask(upgrade("Bearer good-anna")).status, 101);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
        QCOMPARE(server.http->statistics().openConnections, 0);
    }

    void closesOnAnOversizeFrame()
    {
        server::HttpLimits limits;
        limits.liveMessageBytes = 64;
        TestServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(upgrade("Bearer good-anna")).status, 101);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
        client.send(frame(2, QByteArray(64, 'x')));
        client.send(frame(9, "still there?"));
        QVERIFY(client.socket.waitForReadyRead(kPatience)); // the pong
        QCOMPARE(server.http->statistics().openLive, 1);
        client.send(frame(2, QByteArray(65, 'x')));
        QTRY_COMPARE(server.http->statistics().openLive, 0);
        QVERIFY(client.waitForClose());
    }

    void givesUpDevicesThatAreSilent()
    {
        server::HttpLimits limits;
        limits.livePing = 50ms;
        TestServer server(limits);
        RawClient mute(server.port()); // never answers a ping
        QVERIFY(mute.connectTls());
        QCOMPARE(mute.ask(upgrade("Bearer good-mute")).status, 101);
        base::SystemRandom random;
        LiveSocket alive(server.address(), server.clock, random);
        alive.setToken("good-anna");
        alive.start();
        QVERIFY(mute.waitForClose());
        QTRY_COMPARE(server.http->statistics().liveGivenUp, 1u);
        QTRY_VERIFY_WITH_TIMEOUT(alive.isConnected(), kPatience);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
    }

    void givesUpDevicesThatDoNotRead()
    {
        server::HttpLimits limits;
        limits.liveOutputBytes = 64 * 1024;
        TestServer server(limits);
        RawClient stuck(server.port());
        stuck.socket.setReadBufferSize(1024);
        QVERIFY(stuck.connectTls());
        QCOMPARE(stuck.ask(upgrade("Bearer good-stuck")).status, 101);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
        const QByteArray large(256 * 1024, 'x');
        const bool isGivenUp = QTest::qWaitFor(
            [&] {
                server.http->send("stuck", large);
                return server.http->statistics().liveGivenUp == 1;
            },
            kPatience);
        QVERIFY(isGivenUp);
        QTRY_COMPARE(server.http->statistics().openLive, 0);
    }

    void holdsAHundredIdleDevices()
    {
        TestServer server;
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 100; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.port()));
            clients.back()->socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
            clients.back()->send(upgrade("Bearer good-" + QByteArray::number(i)));
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().openLive, 100, 30'000);
        for (const auto &client : clients)
            QCOMPARE(client->read().status, 101);
        server.http->broadcast("wake");
        for (const auto &client : clients) {
            QTRY_COMPARE(client->socket.bytesAvailable(), 6); // two bytes of frame header, four of message
            QCOMPARE(client->socket.readAll().mid(2), QByteArray("wake"));
        }
    }

    void drainsLiveSocketsOnShutdown()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(upgrade("Bearer good-anna")).status, 101);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
        QSignalSpy drained(server.http.get(), &server::HttpServer::drained);
        server.http->shutdown(30s);
        // The close frame is answered, as a real client does.
        QTRY_VERIFY(client.socket.bytesAvailable() > 0 || client.socket.state() == QAbstractSocket::UnconnectedState);
        client.send(frame(8, QByteArray::fromHex("03e9")));
        QTRY_COMPARE(drained.count(), 1);
        QCOMPARE(drained.first().first().toBool(), true);
        QVERIFY(client.waitForClose());
    }
};

QTEST_GUILESS_MAIN(TestTransportLive)
#include "tst_transport_live.moc"
