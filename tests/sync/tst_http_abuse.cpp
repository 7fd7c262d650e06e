// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/tst_transport_fixture.h"

#include <QTest>

using namespace fieldfare;
using server::HttpLimits;
using test::RawClient;
using test::TestServer;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 15'000;

const QByteArray kHealth = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
const QByteArray kUpgrade = "GET /sync/v1/live HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nAuthorization: Bearer good-anna\r\n\r\n";

/// A frame of RFC 6455, 5.2, masked with zeros. `first` is FIN, the reserved bits and the opcode.
QByteArray frame(int first, const QByteArray &payload)
{
    QByteArray bytes(1, char(first));
    if (payload.size() < 126)
        bytes += char(0x80 | int(payload.size()));
    else
        bytes += QByteArray(1, char(0x80 | 126)) + char(payload.size() >> 8) + char(payload.size() & 0xFF);
    return bytes + QByteArray(4, '\0') + payload;
}

} // namespace

/// Clients that keep to no rule, one kind a test: each is let go, in time and room that are bounded, and the others are served.
class TestHttpAbuse : public QObject {
    Q_OBJECT

private Q_SLOTS:
    /// As many requests as go out, and not an answer read.
    void pipelinedRequestsUnread()
    {
        constexpr int kRequests = 20'000;
        HttpLimits limits;
        limits.body = 300ms;
        TestServer server(limits);
        RawClient client(server.port());
        client.socket.setReadBufferSize(4096);
        QVERIFY(client.connectTls());
        client.send(QByteArray("GET /size?20000 HTTP/1.1\r\nHost: localhost\r\n\r\n").repeated(kRequests));
        client.socket.flush();
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().timeouts, 1u, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().openConnections, 0, kPatience);
        // What the kernel's buffers took of 400 MB; the rest was never asked of the handler.
        QVERIFY2(server.handler.handled() < kRequests / 4, qPrintable(QString::number(server.handler.handled())));
        RawClient next(server.port());
        QVERIFY(next.connectTls());
        QCOMPARE(next.ask(kHealth).status, 200);
    }

    /// Connections that end wherever it is least convenient.
    void closedInTheMiddle_data()
    {
        QTest::addColumn<QByteArray>("sent");
        QTest::newRow("after the hand-shake") << QByteArray();
        QTest::newRow("in the request line") << QByteArray("GET /hea");
        QTest::newRow("in a header") << QByteArray("POST /echo HTTP/1.1\r\nHost: local");
        QTest::newRow("in a body") << QByteArray("POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nabc");
        QTest::newRow("in a chunk") << QByteArray("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFF\r\nabc");
        QTest::newRow("before the answer") << QByteArray("GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTest::newRow("in the answer") << QByteArray("GET /size?5000000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTest::newRow("in the upgrade") << kUpgrade.left(80);
        QTest::newRow("after the upgrade") << kUpgrade;
        QTest::newRow("in a frame") << kUpgrade + frame(0x82, QByteArray(100, 'x')).left(20);
    }
    void closedInTheMiddle()
    {
        QFETCH(QByteArray, sent);
        TestServer server;
        for (int i = 0; i < 30; ++i) {
            RawClient client(server.port());
            QVERIFY(client.connectTls());
            client.send(sent);
            client.socket.flush();
            if (i % 3 == 0 && !sent.isEmpty())
                QTRY_VERIFY(server.http->statistics().bytesIn > 0 || server.http->statistics().openConnections > 0 || server.http->statistics().openLive > 0);
            if (i % 2 == 0)
                client.socket.abort(); // what was not sent is lost
            else
                client.socket.disconnectFromHost();
        }
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().openConnections, 0, kPatience);
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().openLive, 0, kPatience);
        QTRY_COMPARE(server.http->statistics().runningRequests, 0);
        (void)server.handler.takeKept();
        RawClient next(server.port());
        QVERIFY(next.connectTls());
        QCOMPARE(next.ask(kHealth).status, 200);
    }

    /// RFC 6455 says of each that the connection fails. It does of unmasked frames, too, which Qt reads; they do no harm here.
    void badFrames_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const auto row = [](const char *name, const QByteArray &bytes) { QTest::newRow(name) << bytes; };
        row("reserved bit 1", frame(0xC2, "a"));
        row("reserved bits 2 and 3", frame(0xB2, "a"));
        row("reserved data opcode", frame(0x83, "a"));
        row("reserved control opcode", frame(0x8B, "a"));
        row("control frame in parts", frame(0x09, "a"));
        row("control frame over 125 bytes", frame(0x89, QByteArray(126, 'a')));
        row("continues nothing", frame(0x80, "a"));
        row("a new message within another", frame(0x02, "a") + frame(0x82, "b"));
        row("text that is no UTF-8", frame(0x81, QByteArray::fromHex("c328")));
        row("close with half a code", frame(0x88, "a"));
        row("close with a code of nobody", frame(0x88, QByteArray::fromHex("03ec")));
        row("more than may be", frame(0x82, QByteArray(5'000, 'a')));
        row("length of 2^62", QByteArray::fromHex("82ff400000000000000000000000"));
        row("length with its top bit", QByteArray::fromHex("82ffffffffffffffffff00000000"));
        row("short length in eight bytes", QByteArray::fromHex("82ff00000000000000010000000061"));
        row("a message in endless parts", frame(0x02, QByteArray(60, 'a')) + frame(0x00, QByteArray(60, 'a')).repeated(100));
        row("HTTP instead", kHealth);
    }
    void badFrames()
    {
        QFETCH(QByteArray, bytes);
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(kUpgrade).status, 101);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
        client.send(bytes);
        QTRY_COMPARE_WITH_TIMEOUT(server.http->statistics().openLive, 0, kPatience);
        QVERIFY(client.waitForClose());
        QCOMPARE(server.handler.handled(), 0);
    }

    /// Each is answered by a pong; the pongs must not pile up for one who does not read them.
    void pingsWithoutReading()
    {
        TestServer server;
        RawClient client(server.port());
        client.socket.setReadBufferSize(1024);
        QVERIFY(client.connectTls());
        QCOMPARE(client.ask(kUpgrade).status, 101);
        QTRY_COMPARE(server.http->statistics().openLive, 1);
        const QByteArray pings = frame(0x89, QByteArray(125, 'p')).repeated(2'000);
        qint64 sent = 0;
        const bool isGivenUp = QTest::qWaitFor(
            [&] {
                if (client.socket.bytesToWrite() + client.socket.encryptedBytesToWrite() < pings.size() && sent < 400'000'000) {
                    client.send(pings);
                    sent += pings.size();
                }
                return server.http->statistics().liveGivenUp == 1;
            },
            kPatience);
        QVERIFY2(isGivenUp, qPrintable(QString::number(sent)));
        QTRY_COMPARE(server.http->statistics().openLive, 0);
    }
};

QTEST_GUILESS_MAIN(TestHttpAbuse)
#include "tst_http_abuse.moc"
