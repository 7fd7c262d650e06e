// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/net/server_address.h"
#include "sync/net/tls_client.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <utility>

class QNetworkAccessManager;
class QNetworkReply;

namespace fieldfare::base {
class Clock;
}

namespace fieldfare::net {

using HttpHeaders = QList<std::pair<QByteArray, QByteArray>>;

/// An answer of the server, whatever its status: 401 and 404 are replies, not errors.
struct HttpReply {
    int status = 0;
    HttpHeaders headers;
    QByteArray body;

    /// The first header of that name in any case; empty when there is none.
    [[nodiscard]] QByteArray header(QByteArrayView name) const;
};

struct HttpClientLimits {
    std::chrono::milliseconds quiet{30'000};    ///< Without a byte in either direction, connecting included.
    std::chrono::milliseconds whole{600'000};   ///< One request in all.
    qint64 replyBytes = 64 * 1024 * 1024;
};

/// Speaks HTTPS with one Fieldfare server, keeping connections open. On each new connection the server's chain is judged
/// by checkChain() before a byte of HTTP is sent, so that a token or password never reaches somebody else. The system's
/// proxy is honoured. Redirects, cookies and compression are not.
///
/// Lives on one thread with an event loop; callbacks come there, once for each request and never from inside request().
/// Destroying the client drops the requests without calling back. Does not own the clock.
///
/// Errors: CertificateUntrusted, CertificateChanged, TlsInspected (arguments: issuer, reason), NetworkUnreachable,
/// TimedOut, TooLarge, NotAFieldfareServer, ServerFailed (a gateway answered), Cancelled. Without pins every request
/// ends in CertificateUntrusted: use probe(), let a person compare the fingerprint, then make a client with the pin.
class HttpClient : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(base::Result<HttpReply>)>;

    HttpClient(ServerAddress address, const base::Clock &clock, const HttpClientLimits &limits = {},
               QObject *parent = nullptr);
    ~HttpClient() override;

    /// `path` starts with a slash and may have a query, percent-encoded. Returns a number for abort().
    quint64 request(const QByteArray &method, const QByteArray &path, const HttpHeaders &headers,
                    const QByteArray &body, Done done);

    /// Ends one request, or all, with Cancelled.
    void abort(quint64 number);
    void abortAll();

    /// Connects, asks for /healthz without any credentials, and tells who answered, pinned or not. Errors as above
    /// except those of certificates, which are in PeerInfo. On a connection of its own, closed afterwards.
    void probe(std::function<void(base::Result<PeerInfo>)> done);

    /// Of the last connection that passed the check.
    [[nodiscard]] const PeerInfo &peer() const { return m_peer; }
    [[nodiscard]] const ServerAddress &address() const { return m_address; }

private:
    struct Exchange;
    void onEncrypted(Exchange &exchange);
    void onSslErrors(Exchange &exchange);
    void onReadyRead(Exchange &exchange);
    void onFinished(quint64 number);
    void fail(Exchange &exchange, base::Error error);
    [[nodiscard]] base::Result<HttpReply> resultOf(Exchange &exchange) const;
    quint64 begin(QNetworkAccessManager &network, const QByteArray &method, const QByteArray &path,
                  const HttpHeaders &headers, const QByteArray &body, std::unique_ptr<Exchange> exchange);

    const ServerAddress m_address;
    const base::Clock &m_clock;
    const HttpClientLimits m_limits;
    std::unique_ptr<QNetworkAccessManager> m_network;
    QHash<quint64, std::shared_ptr<Exchange>> m_exchanges;
    quint64 m_lastNumber = 0;
    PeerInfo m_peer;
};

} // namespace fieldfare::net
