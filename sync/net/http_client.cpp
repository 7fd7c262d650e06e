// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/http_client.h"

#include "core/base/clock.h"

#include <QNetworkAccessManager>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace fieldfare::net {

using base::ErrorCode;
using base::Result;

namespace {

class SystemProxies : public QNetworkProxyFactory {
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override { return {proxyFor(query.url())}; }
};

std::unique_ptr<QNetworkAccessManager> makeNetwork()
{
    auto network = std::make_unique<QNetworkAccessManager>();
    network->setProxyFactory(new SystemProxies); // the manager owns it
    network->setAutoDeleteReplies(false);
    return network;
}

bool isStatusError(QNetworkReply::NetworkError error)
{
    // QNetworkReply has an error for each class of status; to us these are replies.
    // ProtocolInvalidOperationError is its name for status 400.
    return error == QNetworkReply::NoError || error == QNetworkReply::ProtocolInvalidOperationError
        || (error > 200 && error < 300) || (error > 400 && error < 500);
}

ErrorCode codeOf(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::TimeoutError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::OperationCanceledError: // what setTransferTimeout() ends in
        return ErrorCode::TimedOut;
    case QNetworkReply::SslHandshakeFailedError: // certificates were judged before: this is no TLS, or none of ours
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
        return ErrorCode::NotAFieldfareServer;
    default:
        return ErrorCode::NetworkUnreachable;
    }
}

} // namespace

QByteArray HttpReply::header(QByteArrayView name) const
{
    for (const auto &[key, value] : headers) {
        if (key.size() == name.size() && qstrnicmp(key.constData(), key.size(), name.data(), name.size()) == 0)
            return value;
    }
    return {};
}

/// One request on its way. Probes have a network of their own, so that a connection which was only looked at is never
/// reused for a request with credentials.
struct HttpClient::Exchange {
    quint64 number = 0;
    Done done;
    std::unique_ptr<QNetworkAccessManager> ownNetwork;
    QPointer<QNetworkReply> reply; ///< Goes with the client's network when a callback deletes the client.
    QTimer deadline;
    QByteArray body;
    std::optional<base::Error> error;
    bool isProbe = false;
    std::optional<PeerInfo> seen;

    ~Exchange()
    {
        if (reply) {
            reply->disconnect();
            reply->abort();
            reply->deleteLater();
        }
        if (ownNetwork)
            ownNetwork.release()->deleteLater(); // after its reply
    }
};

HttpClient::HttpClient(ServerAddress address, const base::Clock &clock, const HttpClientLimits &limits, QObject *parent)
    : QObject(parent), m_address(std::move(address)), m_clock(clock), m_limits(limits), m_network(makeNetwork())
{
}

HttpClient::~HttpClient() = default;

quint64 HttpClient::request(const QByteArray &method, const QByteArray &path, const HttpHeaders &headers,
                            const QByteArray &body, Done done)
{
    auto exchange = std::make_unique<Exchange>();
    exchange->done = std::move(done);
    return begin(*m_network, method, path, headers, body, std::move(exchange));
}

quint64 HttpClient::begin(QNetworkAccessManager &network, const QByteArray &method, const QByteArray &path,
                          const HttpHeaders &headers, const QByteArray &body, std::unique_ptr<Exchange> exchange)
{
    QUrl url = m_address.url;
    const qsizetype mark = path.indexOf('?');
    url.setPath(QString::fromUtf8(mark < 0 ? path : path.left(mark)), QUrl::TolerantMode);
    if (mark >= 0)
        url.setQuery(QString::fromUtf8(path.mid(mark + 1)), QUrl::TolerantMode);

    QNetworkRequest request(url);
    request.setSslConfiguration(clientTlsConfiguration());
    request.setTransferTimeout(int(m_limits.quiet.count()));
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    request.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // Without this Qt asks for gzip and unpacks it without a bound.
    request.setRawHeader("Accept-Encoding", "identity");
    if (!body.isEmpty())
        request.setRawHeader("Content-Type", "application/octet-stream");
    for (const auto &[name, value] : headers)
        request.setRawHeader(name, value);

    std::shared_ptr<Exchange> shared(std::move(exchange));
    const quint64 number = ++m_lastNumber;
    shared->number = number;
    shared->reply = network.sendCustomRequest(request, method, body);
    m_exchanges.insert(number, shared);

    Exchange *const raw = shared.get(); // connections end with the reply, which the exchange outlives
    connect(raw->reply, &QNetworkReply::encrypted, this, [this, raw] { onEncrypted(*raw); });
    connect(raw->reply, &QNetworkReply::sslErrors, this, [this, raw] { onSslErrors(*raw); });
    connect(raw->reply, &QNetworkReply::readyRead, this, [this, raw] { onReadyRead(*raw); });
    // Queued: a reply may fail, or be aborted, inside a call of ours.
    connect(raw->reply, &QNetworkReply::finished, this, [this, number] { onFinished(number); }, Qt::QueuedConnection);
    raw->deadline.setSingleShot(true);
    connect(&raw->deadline, &QTimer::timeout, this,
            [this, raw] { fail(*raw, {ErrorCode::TimedOut, QStringLiteral("the whole request took too long"), {}}); });
    raw->deadline.start(m_limits.whole);
    return number;
}

void HttpClient::fail(Exchange &exchange, base::Error error)
{
    if (exchange.error)
        return;
    exchange.error = std::move(error);
    exchange.reply->abort();
}

/// Qt waits in this slot: nothing has been written to the connection yet, and nothing will be after abort().
void HttpClient::onEncrypted(Exchange &exchange)
{
    const QSslConfiguration configuration = exchange.reply->sslConfiguration();
    const std::int64_t now = m_clock.wallMs();
    if (!exchange.isProbe) {
        if (const Result<void> verdict = checkPeer(configuration, m_address, now); !verdict) {
            fail(exchange, verdict.error());
            return;
        }
    }
    PeerInfo info = describePeer(configuration, m_address, now);
    if (exchange.isProbe)
        exchange.seen = std::move(info);
    else
        m_peer = std::move(info);
}

/// Comes for every chain, as no authority is trusted by Qt itself; onEncrypted() then has the last word.
void HttpClient::onSslErrors(Exchange &exchange)
{
    if (!exchange.isProbe) {
        const Result<void> verdict = checkPeer(exchange.reply->sslConfiguration(), m_address, m_clock.wallMs());
        if (!verdict) {
            if (!exchange.error)
                exchange.error = verdict.error();
            return; // Qt gives up by itself
        }
    }
    exchange.reply->ignoreSslErrors();
}

void HttpClient::onReadyRead(Exchange &exchange)
{
    if (exchange.error || !exchange.reply->isReadable())
        return;
    const qint64 available = exchange.reply->bytesAvailable();
    if (exchange.body.size() + available > m_limits.replyBytes) {
        exchange.body.clear();
        fail(exchange, {ErrorCode::TooLarge, QStringLiteral("the reply is over %1 bytes").arg(m_limits.replyBytes), {}});
        return;
    }
    exchange.body += exchange.reply->readAll();
}

Result<HttpReply> HttpClient::resultOf(Exchange &exchange) const
{
    if (!exchange.error)
        const_cast<HttpClient *>(this)->onReadyRead(exchange); // what came last
    if (exchange.error)
        return *exchange.error;
    const QNetworkReply &reply = *exchange.reply;
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (!isStatusError(reply.error()) || status == 0)
        return base::Error{codeOf(reply.error()), reply.errorString(), {m_address.url.host()}};
    if (!reply.hasRawHeader("Fieldfare-Server")) {
        const ErrorCode code = status >= 502 && status <= 504 ? ErrorCode::ServerFailed : ErrorCode::NotAFieldfareServer;
        return base::Error{code, QStringLiteral("status %1 from something else").arg(status), {m_address.url.host()}};
    }
    HttpReply result;
    result.status = status;
    result.headers = reply.rawHeaderPairs();
    result.body = std::move(exchange.body);
    return result;
}

void HttpClient::onFinished(quint64 number)
{
    const std::shared_ptr<Exchange> exchange = m_exchanges.take(number);
    if (!exchange)
        return;
    exchange->deadline.stop();
    Result<HttpReply> result = resultOf(*exchange);
    exchange->done(std::move(result)); // may delete this
}

void HttpClient::abort(quint64 number)
{
    if (const std::shared_ptr<Exchange> exchange = m_exchanges.value(number))
        fail(*exchange, {ErrorCode::Cancelled, QStringLiteral("aborted"), {}});
}

void HttpClient::abortAll()
{
    const QList<quint64> numbers = m_exchanges.keys();
    for (const quint64 number : numbers)
        abort(number);
}

void HttpClient::probe(std::function<void(Result<PeerInfo>)> done)
{
    auto exchange = std::make_unique<Exchange>();
    exchange->isProbe = true;
    exchange->ownNetwork = makeNetwork();
    QNetworkAccessManager &network = *exchange->ownNetwork;
    Exchange *const raw = exchange.get();
    exchange->done = [raw, done = std::move(done)](const Result<HttpReply> &result) {
        if (!result)
            done(result.error());
        else if (!raw->seen)
            done(base::Error{ErrorCode::NotAFieldfareServer, QStringLiteral("no TLS"), {}});
        else
            done(*raw->seen);
    };
    begin(network, "GET", "/healthz", {}, {}, std::move(exchange));
}

} // namespace fieldfare::net
