// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/tst_transport_fixture.h"

#include "core/base/random.h"
#include "sync/net/http_client.h"
#include "sync/net/http_transport.h"
#include "sync/server/tls/server_tls.h"

#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace fieldfare;
using base::ErrorCode;
using net::HttpClient;
using net::HttpReply;
using net::PeerInfo;
using test::TestServer;
using namespace std::chrono_literals;

namespace {

constexpr int kPatience = 15'000;

std::optional<base::Result<HttpReply>> ask(HttpClient &client, const QByteArray &method, const QByteArray &path,
                                           const QByteArray &body = {}, const net::HttpHeaders &headers = {})
{
    std::optional<base::Result<HttpReply>> answer;
    client.request(method, path, headers, body, [&answer](base::Result<HttpReply> result) { answer = std::move(result); });
    static_cast<void>(QTest::qWaitFor([&answer] { return answer.has_value(); }, kPatience));
    return answer;
}

std::optional<base::Result<PeerInfo>> probe(HttpClient &client)
{
    std::optional<base::Result<PeerInfo>> answer;
    client.probe([&answer](base::Result<PeerInfo> result) { answer = std::move(result); });
    static_cast<void>(QTest::qWaitFor([&answer] { return answer.has_value(); }, kPatience));
    return answer;
}

/// Takes connections and does with them what the test says.
class Stranger : public QTcpServer {
public:
    explicit Stranger(QByteArray greeting) : m_greeting(std::move(greeting))
    {
        const bool isListening = listen(QHostAddress(QHostAddress::LocalHost), 0);
        Q_ASSERT(isListening);
        Q_UNUSED(isListening);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *const socket = nextPendingConnection()) {
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                    socket->readAll();
                    if (!m_greeting.isEmpty()) {
                        socket->write(m_greeting);
                        socket->disconnectFromHost();
                    }
                });
            }
        });
    }
    [[nodiscard]] net::ServerAddress address() const
    {
        return {QUrl(QStringLiteral("https://127.0.0.1:%1").arg(serverPort())), {QByteArray(32, 'p')}, {}};
    }

private:
    QByteArray m_greeting;
};

} // namespace

#define VERIFY_ERROR(answer, expected)                                                                                 \
    do {                                                                                                               \
        const auto &given = (answer);                                                                                  \
        QVERIFY(given.has_value());                                                                                    \
        QVERIFY(!given->ok());                                                                                         \
        if (given->error().code != (expected))                                                                         \
            QFAIL(qPrintable(base::errorCodeName(given->error().code) + QLatin1String(": ") + given->error().detail)); \
    } while (false)

class TestTransport : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesARoundTrip()
    {
        TestServer server;
        HttpClient client(server.address(), server.clock);
        const auto answer = ask(client, "POST", "/echo?a=1", "hello", {{"X-Ask", "this"}});
        QVERIFY(answer.has_value());
        QVERIFY2(answer->ok(), answer->ok() ? "" : qPrintable(answer->error().detail));
        QCOMPARE(answer->value().status, 200);
        QCOMPARE(answer->value().body, QByteArray("hello"));
        QCOMPARE(answer->value().header("x-method"), QByteArray("POST"));
        QCOMPARE(answer->value().header("X-Asked"), QByteArray("this"));
        QCOMPARE(answer->value().header("X-Query"), QByteArray("a=1"));
        QCOMPARE(client.peer().tlsVersion, QStringLiteral("TLS 1.3"));
        QVERIFY(client.peer().isPinned);
        QVERIFY(!client.peer().problem.has_value());
        QCOMPARE(client.peer().authorityFingerprint, server.authority->fingerprint());
    }

    /// A key that cannot sign is this computer's trouble: said as it is, later, and nothing is sent.
    void aKeyThatCannotSignIsToldHere()
    {
        TestServer server;
        base::SystemRandom random;
        net::DeviceKey key = net::DeviceKey::generate(random);
        const net::DeviceKey taken = std::move(key); // what is left has no seed
        net::DeviceAccount account{server.address(), {}, {}, {}, std::move(key), 0, {}, {}};
        net::HttpTransport transport(std::move(account), server.clock, [](const net::DeviceAccount &, const auto &saved) { saved({}); });
        std::vector<ErrorCode> codes;
        const auto note = [&codes](const auto &reply) { codes.push_back(reply.ok() ? ErrorCode::NothingToUndo : reply.error().code); };
        transport.handIn({}, note);
        transport.enrolAnew({}, note);
        QVERIFY(codes.empty());
        QTRY_COMPARE(codes, (std::vector{ErrorCode::Internal, ErrorCode::Internal}));
        transport.handIn({}, note);
        transport.cancelAll();
        QCoreApplication::processEvents();
        QCOMPARE(codes.size(), size_t(2));
        QCOMPARE(server.handler.handled(), 0);
    }

    void keepsOneConnection()
    {
        TestServer server;
        HttpClient client(server.address(), server.clock);
        for (int i = 0; i < 30; ++i) {
            const auto answer = ask(client, "POST", "/echo", QByteArray::number(i));
            QVERIFY(answer.has_value() && answer->ok());
            QCOMPARE(answer->value().body, QByteArray::number(i));
        }
        QCOMPARE(server.http->statistics().accepted, 1u);
    }

    void runsRequestsSideBySide()
    {
        TestServer server;
        HttpClient client(server.address(), server.clock);
        int good = 0;
        int all = 0;
        for (int i = 0; i < 40; ++i) {
            const QByteArray body(1000 * i, char('a' + i % 26));
            client.request("POST", "/echo", {}, body, [&, body](const base::Result<HttpReply> &result) {
                ++all;
                good += result.ok() && result.value().body == body ? 1 : 0;
            });
        }
        QTRY_COMPARE_WITH_TIMEOUT(all, 40, kPatience);
        QCOMPARE(good, 40);
    }

    void hasStatusesAsReplies()
    {
        TestServer server;
        HttpClient client(server.address(), server.clock);
        for (const auto &[path, status] : QList<std::pair<QByteArray, int>>{{"/no-such", 404}, {"/throw", 500}, {"/forbidden", 404}}) {
            const auto answer = ask(client, "GET", path);
            QVERIFY(answer.has_value() && answer->ok());
            QCOMPARE(answer->value().status, status);
        }
    }

    void hearsARefusalOfABodyOnItsWay()
    {
        server::HttpLimits limits;
        limits.bodyBytes = 1'000'000;
        TestServer server(limits);
        HttpClient client(server.address(), server.clock);
        const auto answer = ask(client, "POST", "/echo", QByteArray(1'500'000, 'b'));
        QVERIFY(answer.has_value());
        QVERIFY2(answer->ok(), answer->ok() ? "" : qPrintable(answer->error().detail));
        QCOMPARE(answer->value().status, 413);
        const auto next = ask(client, "POST", "/echo", "fits");
        QVERIFY(next.has_value() && next->ok());
        QCOMPARE(next->value().status, 200);
    }

    void refusesAWrongPinBeforeAByteOfHttp()
    {
        TestServer server;
        net::ServerAddress address = server.address();
        address.pins = {QByteArray(32, 'x')};
        HttpClient client(address, server.clock);
        const auto answer = ask(client, "POST", "/echo", "secret", {{"Authorization", "Bearer secret"}});
        VERIFY_ERROR(answer, ErrorCode::CertificateChanged);
        QVERIFY(answer->error().arguments.value(0).contains(QLatin1String("Fieldfare private CA")));
        QTRY_COMPARE(server.http->statistics().openConnections, 0); // what was sent would have arrived by now
        QCOMPARE(server.http->statistics().bytesIn, 0u);
        QCOMPARE(server.http->statistics().requests, 0u);
        QCOMPARE(server.handler.handled(), 0);
    }

    void refusesWithoutPins()
    {
        TestServer server;
        net::ServerAddress address = server.address();
        address.pins.clear();
        HttpClient client(address, server.clock);
        VERIFY_ERROR(ask(client, "GET", "/echo"), ErrorCode::CertificateUntrusted);
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
        QCOMPARE(server.http->statistics().bytesIn, 0u);
    }

    void acceptsTheAuthorityFromAFile()
    {
        TestServer server;
        net::ServerAddress address = server.address();
        address.pins.clear();
        QFile file(server.authority->authorityPath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        address.authorityPem = file.readAll();
        HttpClient client(address, server.clock);
        const auto answer = ask(client, "GET", "/healthz");
        QVERIFY(answer.has_value() && answer->ok());
    }

    void acceptsTheNextPin()
    {
        TestServer server;
        net::ServerAddress address = server.address();
        address.pins.insert(QByteArray(32, 'n'));
        HttpClient client(address, server.clock);
        const auto answer = ask(client, "GET", "/healthz");
        QVERIFY(answer.has_value() && answer->ok());
    }

    void refusesAnExpiredLeaf()
    {
        TestServer server({}, 100 * test::kDayMs);
        HttpClient client(server.address(), server.clock);
        const auto answer = ask(client, "GET", "/echo", {}, {{"Authorization", "Bearer secret"}});
        VERIFY_ERROR(answer, ErrorCode::CertificateUntrusted);
        QVERIFY(answer->error().arguments.value(1).contains(QLatin1String("expired")));
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
        QCOMPARE(server.http->statistics().bytesIn, 0u);
    }

    void refusesAWrongHostName()
    {
        TestServer server;
        net::ServerAddress address = server.address();
        address.url.setHost(QStringLiteral("127.0.0.2")); // reaches the same machine, is not in the certificate
        server::HttpServer other(server.handler, server.clock);
        const auto tls = server::serverTlsConfiguration(server.authority->certificatePath(), server.authority->keyPath());
        QVERIFY(tls.ok());
        other.setTlsConfiguration(tls.value());
        const auto listening = other.listen(QHostAddress(QStringLiteral("127.0.0.2")), 0);
        QVERIFY(listening.ok());
        address.url.setPort(other.port());
        HttpClient client(address, server.clock);
        const auto answer = ask(client, "GET", "/echo", {}, {{"Authorization", "Bearer secret"}});
        VERIFY_ERROR(answer, ErrorCode::CertificateUntrusted);
        QTRY_COMPARE(other.statistics().openConnections, 0);
        QCOMPARE(other.statistics().bytesIn, 0u);
    }

    void tellsWhoIsThereBeforeAnythingIsPinned()
    {
        TestServer server;
        net::ServerAddress address = server.address();
        address.pins.clear();
        HttpClient client(address, server.clock);
        const auto found = probe(client);
        QVERIFY(found.has_value());
        QVERIFY2(found->ok(), found->ok() ? "" : qPrintable(found->error().detail));
        QCOMPARE(found->value().tlsVersion, QStringLiteral("TLS 1.3"));
        QCOMPARE(found->value().authorityFingerprint, server.authority->fingerprint());
        QVERIFY(!found->value().problem.has_value());
        QVERIFY(!found->value().isPinned);
        QVERIFY(found->value().issuer.contains(QLatin1String("Fieldfare private CA")));
        QCOMPARE(server.handler.pathsSeen(), QList<QByteArray>{"/healthz"});
        // The connection that was only looked at must not carry requests.
        VERIFY_ERROR(ask(client, "GET", "/echo"), ErrorCode::CertificateUntrusted);
        QCOMPARE(server.handler.handled(), 1);
    }

    void probeNamesAnExpiredCertificate()
    {
        TestServer server({}, 100 * test::kDayMs);
        HttpClient client(server.address(), server.clock);
        const auto found = probe(client);
        QVERIFY(found.has_value() && found->ok());
        QVERIFY(found->value().problem.has_value());
        QVERIFY(!found->value().isPinned);
    }

    void namesWhatIsNoFieldfareServer()
    {
        Stranger plain("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        base::SystemClock clock;
        HttpClient client(plain.address(), clock);
        VERIFY_ERROR(ask(client, "GET", "/healthz"), ErrorCode::NotAFieldfareServer);
        VERIFY_ERROR(probe(client), ErrorCode::NotAFieldfareServer);
    }

    void namesWhatCannotBeReached()
    {
        quint16 port = 0;
        {
            Stranger gone("x");
            port = gone.serverPort();
        }
        base::SystemClock clock;
        HttpClient client({QUrl(QStringLiteral("https://127.0.0.1:%1").arg(port)), {QByteArray(32, 'p')}, {}}, clock);
        VERIFY_ERROR(ask(client, "GET", "/healthz"), ErrorCode::NetworkUnreachable);
    }

    void timesOutOnSilence()
    {
        Stranger silent({});
        net::HttpClientLimits limits;
        limits.quiet = 200ms;
        base::SystemClock clock;
        HttpClient client(silent.address(), clock, limits);
        VERIFY_ERROR(ask(client, "GET", "/healthz"), ErrorCode::TimedOut);
    }

    void boundsTheWholeRequest()
    {
        TestServer server;
        net::HttpClientLimits limits;
        limits.whole = 300ms;
        HttpClient client(server.address(), server.clock, limits);
        VERIFY_ERROR(ask(client, "GET", "/later"), ErrorCode::TimedOut);
    }

    void boundsTheReply()
    {
        TestServer server;
        net::HttpClientLimits limits;
        limits.replyBytes = 100'000;
        HttpClient client(server.address(), server.clock, limits);
        VERIFY_ERROR(ask(client, "GET", "/size?5000000"), ErrorCode::TooLarge);
        const auto fits = ask(client, "GET", "/size?100000");
        QVERIFY(fits.has_value() && fits->ok());
        QCOMPARE(fits->value().body.size(), 100'000);
    }

    void abortsOneOrAll()
    {
        TestServer server;
        HttpClient client(server.address(), server.clock);
        QList<ErrorCode> codes;
        const auto note = [&codes](const base::Result<HttpReply> &result) {
            codes.append(result.ok() ? ErrorCode::Internal : result.error().code);
        };
        const quint64 first = client.request("GET", "/later", {}, {}, note);
        client.request("GET", "/later", {}, {}, note);
        QTRY_COMPARE(server.handler.kept(), 2);
        client.abort(first);
        QVERIFY(codes.isEmpty()); // never from inside a call
        QTRY_COMPARE(codes.size(), 1);
        client.abortAll();
        QTRY_COMPARE(codes, (QList<ErrorCode>{ErrorCode::Cancelled, ErrorCode::Cancelled}));
    }

    void mayBeDeletedAtAnyTime()
    {
        TestServer server;
        auto client = std::make_unique<HttpClient>(server.address(), server.clock);
        bool isCalled = false;
        client->request("GET", "/later", {}, {}, [&isCalled](const base::Result<HttpReply> &) { isCalled = true; });
        QTRY_COMPARE(server.handler.kept(), 1);
        client.reset();
        QTRY_COMPARE(server.http->statistics().openConnections, 0);
        QVERIFY(!isCalled);

        auto second = std::make_unique<HttpClient>(server.address(), server.clock);
        bool isGone = false;
        second->request("GET", "/healthz", {}, {}, [&](const base::Result<HttpReply> &) {
            second.reset(); // from its own callback
            isGone = true;
        });
        QTRY_VERIFY(isGone);
    }

    void readsAddresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        QTest::newRow("name") << QStringLiteral("crm.example") << QStringLiteral("https://crm.example:8443");
        QTest::newRow("port") << QStringLiteral(" crm.example:443 ") << QStringLiteral("https://crm.example:443");
        QTest::newRow("url") << QStringLiteral("https://crm.example:9/") << QStringLiteral("https://crm.example:9");
        QTest::newRow("v6") << QStringLiteral("https://[::1]:9") << QStringLiteral("https://[::1]:9");
        QTest::newRow("plain http") << QStringLiteral("http://crm.example") << QString();
        QTest::newRow("user") << QStringLiteral("https://a:b@crm.example") << QString();
        QTest::newRow("path") << QStringLiteral("https://crm.example/x") << QString();
        QTest::newRow("nothing") << QString() << QString();
    }
    void readsAddresses()
    {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        const auto parsed = net::parseServerUrl(typed);
        QCOMPARE(parsed.ok() ? parsed.value().toString() : QString(), url);
    }

    void readsFingerprints()
    {
        const QString hex = QStringLiteral("AB").repeated(32);
        QCOMPARE(net::parseFingerprint(hex).value(), QByteArray(32, char(0xab)));
        QStringList pairs;
        for (int i = 0; i < 32; ++i)
            pairs.append(QStringLiteral("ab"));
        QCOMPARE(net::parseFingerprint(pairs.join(u':')).value(), QByteArray(32, char(0xab)));
        QVERIFY(!net::parseFingerprint(hex.left(62)).ok());
        QVERIFY(!net::parseFingerprint(hex.left(62) + QStringLiteral("zz")).ok());
    }
};

QTEST_GUILESS_MAIN(TestTransport)
#include "tst_transport.moc"
