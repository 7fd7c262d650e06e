// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/tst_transport_fixture.h"

#include "sync/server/tls/server_tls.h"

#include <QSignalSpy>
#include <QTest>

#include <thread>

using namespace fieldfare;
using test::RawClient;
using test::RawReply;
using test::TestServer;
using namespace std::chrono_literals;

namespace {

QByteArray get(const QByteArray &target, const QByteArray &more = {})
{
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\n" + more + "\r\n";
}

QByteArray post(const QByteArray &target, const QByteArray &body, const QByteArray &more = {})
{
    return "POST " + target + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n"
        + more + "\r\n" + body;
}

} // namespace

/// What the server does for clients that behave, and what becomes of answers.
class TestHttpServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void answersARequest()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QCOMPARE(client.socket.sessionProtocol(), QSsl::TlsV1_3);
        const RawReply reply = client.ask(post("/echo?a=b&c", "hello", "x-Ask: yes\r\n"));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, QByteArray("hello"));
        QVERIFY(reply.head.contains("X-Method: POST"));
        QVERIFY(reply.head.contains("X-Asked: yes"));
        QVERIFY(reply.head.contains("X-Query: a=b&c"));
        QVERIFY(reply.head.contains("Connection: keep-alive"));
        QVERIFY(reply.head.contains("X-Request-Id: "));
        QVERIFY(reply.head.contains("Cache-Control: no-store"));
        QVERIFY(reply.head.contains(" GMT\r\n"));
    }

    void speaksTls12WithAuthenticatedCiphersOnly()
    {
        TestServer server;
        const auto tryCiphers = [&server](const QString &ciphers) {
            RawClient client(server.port());
            QSslConfiguration configuration = client.socket.sslConfiguration();
            configuration.setProtocol(QSsl::TlsV1_2);
            configuration.setCiphers(ciphers);
            client.socket.setSslConfiguration(configuration);
            QSignalSpy failed(&client.socket, &QSslSocket::errorOccurred);
            client.socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
            const bool isOver = QTest::qWaitFor([&] { return client.socket.isEncrypted() || failed.count() > 0; }, 10'000);
            return isOver && client.socket.isEncrypted();
        };
        QVERIFY(tryCiphers(QStringLiteral("ECDHE-ECDSA-AES128-GCM-SHA256")));
        QVERIFY(!tryCiphers(QStringLiteral("ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA")));
    }

    void keepsTheConnectionForAThousandRequests()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        for (int i = 0; i < 1000; ++i) {
            const QByteArray body = QByteArray::number(i);
            QCOMPARE(client.ask(post("/echo", body)).body, body);
        }
        QCOMPARE(server.handler.handled(), 1000);
        QCOMPARE(server.http->statistics().accepted, 1u);
        QCOMPARE(server.http->statistics().statuses.value(200), 1000u);
    }

    void answersPipelinedRequestsInOrder()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        QByteArray all;
        for (int i = 0; i < 50; ++i)
            all += post("/echo", QByteArray::number(i)) + get("/healthz");
        client.send(all);
        for (int i = 0; i < 50; ++i) {
            QCOMPARE(client.read().body, QByteArray::number(i));
            QCOMPARE(client.read().status, 200);
        }
    }

    void keepsOneRequestInFlight()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        client.send(get("/later") + get("/later"));
        QTRY_COMPARE(server.handler.kept(), 1);
        auto replies = server.handler.takeKept();
        replies.front()(server::HttpResponse::text(200, "one"));
        QCOMPARE(client.read().body, QByteArray("one"));
        QTRY_COMPARE(server.handler.kept(), 1); // only now
        server.handler.takeKept().front()(server::HttpResponse::text(200, "two"));
        QCOMPARE(client.read().body, QByteArray("two"));
    }

    void readsChunkedBodiesAndDropsTrailers()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        const RawReply reply = client.ask("POST /echo HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                                          "5\r\nhello\r\n6;a=b\r\n world\r\n0\r\nX-Ask: smuggled\r\n\r\n");
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body, QByteArray("hello world"));
        QVERIFY(reply.head.contains("X-Asked: \r\n"));
        QCOMPARE(client.ask(get("/healthz")).status, 200);
    }

    void asksToContinueOrRefusesBeforeTheBody()
    {
        server::HttpLimits limits;
        limits.linger = 50ms;
        TestServer server(limits);
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        const QByteArray head = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n";
        QCOMPARE(client.ask("POST /echo" + head).status, 100);
        QCOMPARE(client.ask("hello").body, QByteArray("hello"));
        QCOMPARE(client.ask("POST /forbidden" + head).status, 403);
        QCOMPARE(server.handler.handled(), 1);
        QVERIFY(client.waitForClose());
    }

    void sendsLargeResponses()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        const RawReply reply = client.ask(get("/size?20000000"));
        QCOMPARE(reply.status, 200);
        QCOMPARE(reply.body.size(), 20'000'000);
        QCOMPARE(client.ask(get("/healthz")).status, 200);
    }

    void leavesTheBodyOutForHead()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        client.send("HEAD /size?1000 HTTP/1.1\r\nHost: localhost\r\n\r\n");
        const RawReply reply = client.read(true);
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.head.contains("Content-Length: 1000"));
        QCOMPARE(client.ask(get("/size?3")).body, QByteArray("sss"));
    }

    void closesWhenAsked()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        const RawReply reply = client.ask(get("/healthz", "Connection: close\r\n"));
        QCOMPARE(reply.status, 200);
        QVERIFY(reply.head.contains("Connection: close"));
        QVERIFY(client.waitForClose());
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
    }

    void turnsHandlersFaultsInto500_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::newRow("exception") << QByteArray("/throw");
        QTest::newRow("reply function dropped") << QByteArray("/lost");
        QTest::newRow("line break in a header") << QByteArray("/split");
    }
    void turnsHandlersFaultsInto500()
    {
        QFETCH(QByteArray, path);
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        const RawReply reply = client.ask(get(path));
        QCOMPARE(reply.status, 500);
        QVERIFY(!reply.head.contains("Cookie"));
        QCOMPARE(client.ask(get("/healthz")).status, 200); // the connection survives
    }

    void takesAnAnswerOnce()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        client.send(get("/later"));
        QTRY_COMPARE(server.handler.kept(), 1);
        auto replies = server.handler.takeKept();
        replies.front()(server::HttpResponse::text(200, "first"));
        replies.front()(server::HttpResponse::text(200, "second"));
        QCOMPARE(client.read().body, QByteArray("first"));
        QCOMPARE(client.ask(post("/echo", "third")).body, QByteArray("third"));
    }

    void dropsAnswersForThoseWhoHaveGone()
    {
        TestServer server;
        for (int round = 0; round < 20; ++round) {
            RawClient client(server.port());
            QVERIFY(client.connectTls());
            client.send(get("/later"));
            QTRY_COMPARE(server.handler.kept(), 1);
            auto replies = server.handler.takeKept();
            client.socket.abort();
            if (round % 2 == 0)
                QTRY_COMPARE(server.http->statistics().openConnections, 0);
            // From another thread, as the database does; in odd rounds while the server is noticing the loss.
            std::thread database([&replies] { replies.front()(server::HttpResponse::text(200, "late")); });
            database.join();
        }
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
        QCOMPARE(server.http->statistics().runningRequests, 0);
    }

    void outlivesNobody()
    {
        std::vector<server::RequestHandler::Reply> replies;
        {
            TestServer server;
            RawClient client(server.port());
            QVERIFY(client.connectTls());
            client.send(get("/later"));
            QTRY_COMPARE(server.handler.kept(), 1);
            replies = server.handler.takeKept();
        }
        replies.front()(server::HttpResponse::text(200, "to nobody"));
        replies.clear();
    }

    void drainsOnShutdown()
    {
        TestServer server;
        RawClient idle(server.port());
        RawClient busy(server.port());
        QVERIFY(idle.connectTls() && busy.connectTls());
        QCOMPARE(idle.ask(get("/healthz")).status, 200);
        busy.send(get("/later"));
        QTRY_COMPARE(server.handler.kept(), 1);

        QSignalSpy drained(server.http.get(), &server::HttpServer::drained);
        server.http->shutdown(30s);
        QVERIFY(idle.waitForClose());
        QCOMPARE(drained.count(), 0);
        server.handler.takeKept().front()(server::HttpResponse::text(200, "finished"));
        const RawReply reply = busy.read();
        QCOMPARE(reply.body, QByteArray("finished"));
        QVERIFY(reply.head.contains("Connection: close"));
        QVERIFY(busy.waitForClose());
        QTRY_COMPARE(drained.count(), 1);
        QCOMPARE(drained.first().first().toBool(), true);

        RawClient late(server.port());
        QSignalSpy refused(&late.socket, &QSslSocket::errorOccurred);
        late.socket.connectToHostEncrypted(QStringLiteral("127.0.0.1"), server.port());
        QTRY_VERIFY(refused.count() > 0);
    }

    void cutsOffAtTheDeadlineOfShutdown()
    {
        TestServer server;
        RawClient client(server.port());
        QVERIFY(client.connectTls());
        client.send(get("/later"));
        QTRY_COMPARE(server.handler.kept(), 1);
        QSignalSpy drained(server.http.get(), &server::HttpServer::drained);
        server.http->shutdown(50ms);
        QTRY_COMPARE(drained.count(), 1);
        QCOMPARE(drained.first().first().toBool(), false);
        QVERIFY(client.waitForClose());
        server.handler.takeKept().front()(server::HttpResponse::text(200, "too late"));
    }

    void takesANewCertificateWhileRunning()
    {
        TestServer server;
        RawClient before(server.port());
        QVERIFY(before.connectTls());
        const QSslCertificate first = before.socket.peerCertificate();
        QVERIFY(server.authority->issue({QStringLiteral("renewed.example")}).ok());
        const auto tls = server::serverTlsConfiguration(server.authority->certificatePath(), server.authority->keyPath());
        QVERIFY(tls.ok());
        server.http->setTlsConfiguration(tls.value());
        RawClient after(server.port());
        QVERIFY(after.connectTls());
        QVERIFY(after.socket.peerCertificate() != first);
        QCOMPARE(before.ask(get("/healthz")).status, 200);
    }
};

QTEST_GUILESS_MAIN(TestHttpServer)
#include "tst_http_server.moc"
