// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sync/tst_transport_fixture.h"

#include <QScopeGuard>

#include <openssl/ssl.h>

#include <algorithm>
#include <future>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

using namespace fieldfare;
using test::TestServer;

namespace {

struct Offer {
    int lowest = 0;
    int highest = 0;
    QByteArray ciphers = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"; ///< Up to TLS 1.2.
    QByteArray suites = {};                                  ///< Of TLS 1.3; empty: OpenSSL's own.
    bool renegotiates = false;
};

QByteArray agreedInThread(quint16 port, const Offer &offer)
{
    SSL_CTX *const context = SSL_CTX_new(TLS_client_method());
    const auto freeContext = qScopeGuard([context] { SSL_CTX_free(context); });
    SSL_CTX_set_min_proto_version(context, offer.lowest);
    SSL_CTX_set_max_proto_version(context, offer.highest);
    if (SSL_CTX_set_cipher_list(context, offer.ciphers.constData()) != 1
        || (!offer.suites.isEmpty() && SSL_CTX_set_ciphersuites(context, offer.suites.constData()) != 1))
        qFatal("this OpenSSL cannot offer %s %s", offer.ciphers.constData(), offer.suites.constData());
    const int handle = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto close = qScopeGuard([handle] { ::close(handle); });
    const timeval patience{20, 0};
    setsockopt(handle, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
    if (::connect(handle, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        qFatal("no connection");
    SSL *const tls = SSL_new(context);
    const auto freeTls = qScopeGuard([tls] { SSL_free(tls); });
    SSL_set_fd(tls, handle);
    if (SSL_connect(tls) != 1)
        return {};
    // A server of TLS 1.3 may refuse after the client is content: only an answer shows that it is, too.
    const QByteArray request = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    char answer[12] = {};
    if (offer.renegotiates && (SSL_renegotiate(tls) != 1 || SSL_do_handshake(tls) != 1))
        return "refused to renegotiate";
    if (SSL_write(tls, request.constData(), int(request.size())) <= 0 || SSL_read(tls, answer, sizeof answer) <= 0)
        return {};
    return QByteArray(SSL_get_version(tls)) + ' ' + SSL_get_cipher_name(tls);
}

/// What was agreed on, such as "TLSv1.3 TLS_AES_256_GCM_SHA384"; empty when the server refused. OpenSSL's own client, with
/// nothing left out that the library can still do; on a thread of its own, as the server accepts on this one.
QByteArray agreed(quint16 port, const Offer &offer)
{
    auto answer = std::async(std::launch::async, agreedInThread, port, offer);
    const bool isOver = QTest::qWaitFor([&answer] { return answer.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }, 60'000);
    return isOver ? answer.get() : QByteArray("no end");
}

/// What this OpenSSL knows for a version, by name.
QList<QByteArray> ciphersOf(int version)
{
    SSL_CTX *const context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_set_min_proto_version(context, version);
    SSL_CTX_set_max_proto_version(context, version);
    SSL_CTX_set_cipher_list(context, "ALL:COMPLEMENTOFALL:@SECLEVEL=0");
    SSL *const tls = SSL_new(context);
    STACK_OF(SSL_CIPHER) *const known = SSL_get1_supported_ciphers(tls);
    QList<QByteArray> names;
    for (int i = 0; i < sk_SSL_CIPHER_num(known); ++i)
        names.append(SSL_CIPHER_get_name(sk_SSL_CIPHER_value(known, i)));
    sk_SSL_CIPHER_free(known);
    SSL_free(tls);
    SSL_CTX_free(context);
    return names;
}

} // namespace

/// TLS 1.2 with authenticated encryption, TLS 1.3, and nothing else, asked with each version and each cipher by itself.
class TestTlsSuites : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oldVersionsAreRefused()
    {
        TestServer server;
        for (const int version : {TLS1_VERSION, TLS1_1_VERSION})
            QCOMPARE(agreed(server.port(), {version, version}), QByteArray());
        QTRY_COMPARE(server.http->statistics().handshakesFailed, 2u);
        QVERIFY(agreed(server.port(), {TLS1_VERSION, TLS1_2_VERSION}).startsWith("TLSv1.2 "));
        QVERIFY(agreed(server.port(), {TLS1_VERSION, TLS1_3_VERSION}).startsWith("TLSv1.3 "));
    }

    void ofTls12OnlyAuthenticatedCiphers()
    {
        TestServer server;
        const QList<QByteArray> known = ciphersOf(TLS1_2_VERSION);
        QVERIFY(known.contains("ECDHE-ECDSA-AES128-SHA") && known.contains("AES128-GCM-SHA256")); // CBC, and no forward secrecy
        QList<QByteArray> accepted;
        for (const QByteArray &name : known) {
            const QByteArray answer = agreed(server.port(), {TLS1_2_VERSION, TLS1_2_VERSION, name + ":@SECLEVEL=0"});
            QVERIFY2(answer.isEmpty() || answer == "TLSv1.2 " + name, answer.constData());
            if (!answer.isEmpty())
                accepted.append(name);
        }
        std::sort(accepted.begin(), accepted.end());
        QCOMPARE(accepted, (QList<QByteArray>{"ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305"}));
    }

    void ofTls13TheThreeThatAreAsked()
    {
        TestServer server;
        for (const char *name : {"TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"})
            QCOMPARE(agreed(server.port(), {TLS1_3_VERSION, TLS1_3_VERSION, "ALL", name}), QByteArray("TLSv1.3 ") + name);
        for (const char *name : {"TLS_AES_128_CCM_SHA256", "TLS_AES_128_CCM_8_SHA256"})
            QCOMPARE(agreed(server.port(), {TLS1_3_VERSION, TLS1_3_VERSION, "ALL", name}), QByteArray());
    }

    /// It costs a server more than a client.
    void nobodyRenegotiates()
    {
        TestServer server;
        Offer offer{TLS1_2_VERSION, TLS1_2_VERSION};
        offer.renegotiates = true;
        QCOMPARE(agreed(server.port(), offer), QByteArray("refused to renegotiate"));
    }
};

QTEST_GUILESS_MAIN(TestTlsSuites)
#include "tst_tls_suites.moc"
