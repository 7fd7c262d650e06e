// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/tst_transport_fixture.h"

#include "sync/server/http/connection_quota.h"

#include <QNetworkProxy>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>
#include <QTimer>

using namespace fieldfare;
using server::HttpLimits;
using test::RawClient;
using test::RawReply;
using test::TestServer;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 15'000;

const QByteArray kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

HttpLimits quickLinger()
{
    HttpLimits limits;
    limits.linger = 50ms;
    return limits;
}

std::unique_ptr<QTcpSocket> connectPlain(quint16 port)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->setProxy(QNetworkProxy(QNetworkProxy::NoProxy));
    socket->connectToHost(QStringLiteral("127.0.0.1"), port);
    return socket;
}

bool isClosed(const QAbstractSocket &socket)
{
    return QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; }, kPatience);
}

} // namespace

/// What the server does about clients that are slow, silent, large, many or hostile.
class TestHttpLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesWithAStatusAndCloses_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("status");
        const QByteArray head = "POST /echo HTTP/1.1\r\nHost: localhost\r\n";
        QTest::newRow("large header") << "GET /healthz HTTP/1.1\r\nHost: a\r\nX: " + QByteArray(17'000, 'x') + "\r\n\r\n" << 431;
        QTest::newRow("large body announced") << head + "Content-Length: 9000000\r\n\r\n" << 413;
        QTest::newRow("large body sent") << head + "Content-Length: 9000000\r\n\r\n" + QByteArray(9'000'000, 'b') << 413;
        QTest::newRow("large chunked body")
            << head + "Transfer-Encoding: chunked\r\n\r\n" + ("100000\r\n" + QByteArray(0x100000, 'b') + "\r\n").repeated(9) << 413;
        QTest::newRow("length and chunked") << head + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + kHealth << 400;
        QTest::newRow("two lengths") << head + "Content-Length: 0\r\nContent-Length: 60\r\n\r\n" + kHealth << 400;
        QTest::newRow("unknown encoding") << head + "Transfer-Encoding: gzip\r\n\r\n" + kHealth << 501;
        QTest::newRow("folded header") << head + "X-A: b\r\n\tTransfer-Encoding: chunked\r\n\r\n" + kHealth << 400;
        QTest::newRow("garbage") << QByteArray("\x16\x03\x01 hello\r\n\r\n") << 400;
    }
    void refusesWithAStatusAndCloses()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        TestServer server(quickLinger());
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        const RawReply reply = client.ask(request);
        QCOMPARE(reply.status, status);
        QVERIFY(reply.head.contains("Connection: close"));
        QVERIFY(client.waitForClose());
        QCOMPARE(client.read().status, 0); // what followed was not taken for a request
        QCOMPARE(server.handler.handled(), 0);
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
    }

    void boundsAllBodiesTogether()
    {
        HttpLimits limits = quickLinger();
        limits.allBodyBytes = 100'000;
        TestServer server(limits);
        RawClient holder(server.port());
        RawClient other(server.port());
        QVERIFY(holder.connectTls() && other.connectTls());
        const QByteArray head = "POST /later HTTP/1.1\r\nHost: localhost\r\nContent-Length: 60000\r\n\r\n";
        holder.send(head + QByteArray(60'000, 'a'));
        QTRY_COMPARE(server.handler.kept(), 1);
        QCOMPARE(other.ask(head + QByteArray(60'000, 'b')).status, 503);
        server.handler.takeKept().front()(server::HttpResponse::text(200, "done"));
        QCOMPARE(holder.read().status, 200);
        RawClient next(server.port());
        QVERIFY(next.connectTls());
        next.send(head + QByteArray(60'000, 'c'));
        QTRY_COMPARE(server.handler.kept(), 1);
    }

    void endsSlowHeaders()
    {
        HttpLimits limits = quickLinger();
        limits.header = 150ms;
        TestServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        client.send("GET /healthz HTTP/1.1\r\nHost: lo");
        QCOMPARE(client.read().status, 408);
        QVERIFY(client.waitForClose());
        QCOMPARE(server.http->statistics().timeouts, 2u); // the header, then the lingering

        RawClient silent(server.port());
        QVERIFY(silent.connectTls());
        QVERIFY(silent.waitForClose());
        QCOMPARE(silent.read().status, 0); // nothing was asked, nothing is answered
    }

    void dripsDoNotProlongTheHeaderDeadline()
    {
        HttpLimits limits = quickLinger();
        limits.header = 300ms;
        TestServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QTimer drip;
        connect(&drip, &QTimer::timeout, &client.socket, [&client] { client.send("X"); });
        client.send("GET /healthz HTTP/1.1\r\nX-");
        drip.start(20ms);
        QVERIFY(client.waitForClose());
        drip.stop();
        QCOMPARE(client.read().status, 408);
    }

    void endsSlowBodies()
    {
        HttpLimits limits = quickLinger();
        limits.body = 150ms;
        TestServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        client.send("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nabc");
        QCOMPARE(client.read().status, 408);
        QCOMPARE(server.handler.handled(), 0);
    }

    void endsIdleConnections()
    {
        HttpLimits limits;
        limits.idle = 100ms;
        TestServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(kHealth).status, 200);
        QVERIFY(client.waitForClose());
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
    }

    void answersForHandlersThatDoNot()
    {
        HttpLimits limits;
        limits.handling = 100ms;
        TestServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        client.send("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QCOMPARE(client.read().status, 503);
        server.handler.takeKept().front()(server::HttpResponse::text(200, "too late"));
        QVERIFY(client.waitForClose());
        QCOMPARE(client.read().status, 0);
    }

    void endsResponsesThatNobodyReads()
    {
        HttpLimits limits;
        limits.body = 200ms;
        TestServer server(limits);
        RawClient client(server.port());
        client.socket.setReadBufferSize(4096);
        QVERIFY(client.connectTls());
        client.send("GET /size?100000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.socket.flush();
        QTRY_COMPARE(server.handler.handled(), 1);
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
        QCOMPARE(server.http->statistics().timeouts, 1u);
    }

    void endsHalfOpenHandshakes()
    {
        HttpLimits limits;
        limits.handshake = 100ms;
        TestServer server(limits);
        const auto silent = connectPlain(server.port());
        const auto half = connectPlain(server.port());
        half->write(QByteArray::fromHex("16030100c8010000c40303")); // the beginning of a ClientHello
        QVERIFY(isClosed(*silent));
        QVERIFY(isClosed(*half));
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
        QCOMPARE(server.http->statistics().handshakesFailed, 2u);

        const auto plain = connectPlain(server.port());
        plain->write(kHealth); // HTTP without TLS
        QVERIFY(isClosed(*plain));
        QCOMPARE(server.handler.handled(), 0);
    }

    void goesOnBesideTwoHundredSilentConnections()
    {
        // QSslServer stops for good at 30 of these.
        TestServer server;
        std::vector<std::unique_ptr<QTcpSocket>> silent;
        for (int i = 0; i < 200; ++i)
            silent.push_back(connectPlain(server.port()));
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().openConnections, 200, kPatience);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(kHealth).status, 200);
    }

    void holdsAHundredIdleConnections()
    {
        TestServer server;
        std::vector<std::unique_ptr<RawClient>> clients;
        for (int i = 0; i < 100; ++i) {
            clients.push_back(std::make_unique<RawClient>(server.port()));
            clients.back()->socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
        }
        for (const auto &client : clients)
            QTRY_VERIFY_WITH_TIMEOUT(client->socket.isEncrypted(), kPatience);
        for (const auto &client : clients)
            QCOMPARE(client->ask(kHealth).status, 200);
        QCOMPARE(server.http->statistics().openConnections, 100);
        clients.clear();
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().openConnections, 0, kPatience);
    }

    void boundsConnections_data()
    {
        QTest::addColumn<int>("all");
        QTest::addColumn<int>("perAddress");
        QTest::newRow("in all") << 5 << 100;
        QTest::newRow("per address") << 100 << 5;
    }
    void boundsConnections()
    {
        QFETCH(int, all);
        QFETCH(int, perAddress);
        HttpLimits limits;
        limits.connections = all;
        limits.connectionsPerAddress = perAddress;
        TestServer server(limits);
        std::vector<std::unique_ptr<QTcpSocket>> sockets;
        for (int i = 0; i < 5; ++i)
            sockets.push_back(connectPlain(server.port()));
        QTRY_COMPARE(server.http->statistics().openConnections, 5);
        const auto sixth = connectPlain(server.port());
        QTRY_COMPARE(server.http->statistics().refused, 1u);
        QVERIFY(isClosed(*sixth));
        sockets.pop_back();
        QTRY_COMPARE(server.http->statistics().openConnections, 4);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(kHealth).status, 200);
    }

    void countsAddressesByNetwork()
    {
        auto quota = std::make_shared<server::ConnectionQuota>(10, 1);
        const auto v4 = quota->enter(QHostAddress(QStringLiteral("192.0.2.1")));
        QVERIFY(v4);
        QVERIFY(!quota->enter(QHostAddress(QStringLiteral("::ffff:192.0.2.1"))));
        const auto v6 = quota->enter(QHostAddress(QStringLiteral("2001:db8:1:2::1")));
        QVERIFY(v6);
        QVERIFY(!quota->enter(QHostAddress(QStringLiteral("2001:db8:1:2:ffff::9"))));
        QVERIFY(quota->enter(QHostAddress(QStringLiteral("2001:db8:1:3::1"))));
        QCOMPARE(quota->open(), 2);
    }
};

QTEST_GUILESS_MAIN(TestHttpLimits)
#include "tst_http_limits.moc"
