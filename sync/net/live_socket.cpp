// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/live_socket.h"

#include "core/base/clock.h"
#include "core/base/random.h"
#include "sync/net/tls_client.h"

#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSslSocket>
#include <QWebSocket>

#include <algorithm>

namespace fieldfare::net {

using base::ErrorCode;

namespace {

constexpr quint64 kLargestMessage = 1024 * 1024;

/// QWebSocket tells the status of a refused upgrade only in its text.
int statusIn(const QString &errorText)
{
    static const QRegularExpression pattern(QStringLiteral("\\b([1-5][0-9][0-9])\\b"));
    return pattern.match(errorText).captured(1).toInt();
}

} // namespace

LiveSocket::LiveSocket(ServerAddress address, const base::Clock &clock, base::RandomSource &random,
                       const LiveSocketTimes &times, QObject *parent)
    : QObject(parent), m_address(std::move(address)), m_clock(clock), m_random(random), m_times(times)
{
    m_next.setSingleShot(true);
    m_handshake.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &LiveSocket::attempt);
    connect(&m_ping, &QTimer::timeout, this, &LiveSocket::onPing);
    connect(&m_handshake, &QTimer::timeout, this,
            [this] { onLost({ErrorCode::TimedOut, QStringLiteral("no hand-shake"), {m_address.url.host()}}); });
}

LiveSocket::~LiveSocket()
{
    if (m_socket)
        m_socket->disconnect(this);
}

void LiveSocket::setToken(const QByteArray &token)
{
    m_token = token;
    if (std::exchange(m_isRefused, false) && m_isWanted)
        attempt();
}

void LiveSocket::start()
{
    if (std::exchange(m_isWanted, true))
        return;
    m_failures = 0;
    attempt();
}

void LiveSocket::stop()
{
    m_isWanted = false;
    m_next.stop();
    drop();
}

void LiveSocket::attempt()
{
    drop();
    m_verdict.reset();
    m_socket = std::make_unique<QWebSocket>();
    QWebSocket *const socket = m_socket.get();
    socket->setProxy(proxyFor(m_address.url));
    socket->setSslConfiguration(clientTlsConfiguration());
    socket->setMaxAllowedIncomingFrameSize(kLargestMessage);
    socket->setMaxAllowedIncomingMessageSize(kLargestMessage);
    connect(socket, &QWebSocket::connected, this, &LiveSocket::onConnected);
    connect(socket, &QWebSocket::binaryMessageReceived, this, &LiveSocket::woken);
    connect(socket, &QWebSocket::pong, this, [this] { m_awaitsPong = false; });
    // Queued: the socket is deleted in onLost().
    connect(socket, &QWebSocket::disconnected, this,
            [this, socket] {
                if (m_socket.get() == socket)
                    onLost({ErrorCode::NetworkUnreachable, socket->errorString(), {m_address.url.host()}});
            },
            Qt::QueuedConnection);
    connect(socket, QOverload<QAbstractSocket::SocketError>::of(&QWebSocket::error), this,
            [this, socket] {
                if (m_socket.get() == socket)
                    onLost({ErrorCode::NetworkUnreachable, socket->errorString(), {m_address.url.host()}});
            },
            Qt::QueuedConnection);
    connect(socket, &QWebSocket::sslErrors, this, [this, socket] {
        if (auto *const tls = socket->findChild<QSslSocket *>())
            check(*tls, false);
    });

    QUrl url = m_address.url;
    url.setScheme(QStringLiteral("wss"));
    url.setPath(QStringLiteral("/sync/v1/live"));
    QNetworkRequest request(url);
    request.setRawHeader("Authorization", "Bearer " + m_token);
    m_handshake.start(m_times.handshake);
    socket->open(request);
    if (auto *const tls = socket->findChild<QSslSocket *>()) {
        connect(tls, &QSslSocket::encrypted, this, [this, tls] { check(*tls, true); });
    } else {
        // Without sight of the certificates nothing may be sent.
        onLost({ErrorCode::Internal, QStringLiteral("no TLS socket in the WebSocket"), {}});
    }
}

/// The request with the token waits in the TLS socket's buffer until the hand-shake is done. As no authority is trusted
/// by Qt itself, the hand-shake of every server stops at sslErrors() unless it is let pass here.
void LiveSocket::check(QSslSocket &socket, bool isFinal)
{
    const base::Result<void> verdict = checkPeer(socket.sslConfiguration(), m_address, m_clock.wallMs());
    if (verdict) {
        if (!isFinal)
            m_socket->ignoreSslErrors();
        return;
    }
    m_verdict = verdict.error();
    if (isFinal)
        socket.abort();
}

void LiveSocket::onConnected()
{
    m_handshake.stop();
    m_isConnected = true;
    m_awaitsPong = false;
    m_since.start();
    m_ping.start(m_times.ping);
    Q_EMIT connectedChanged(true);
    Q_EMIT woken({});
}

void LiveSocket::onPing()
{
    if (m_awaitsPong) {
        onLost({ErrorCode::TimedOut, QStringLiteral("no pong"), {m_address.url.host()}});
        return;
    }
    m_awaitsPong = true;
    m_socket->ping();
}

void LiveSocket::drop()
{
    m_handshake.stop();
    m_ping.stop();
    if (m_socket) {
        m_socket->disconnect(this);
        m_socket->abort();
        m_socket.release()->deleteLater(); // may be the sender
    }
    if (std::exchange(m_isConnected, false))
        Q_EMIT connectedChanged(false);
}

void LiveSocket::onLost(base::Error error)
{
    if (m_verdict)
        error = *m_verdict;
    const int status = m_isConnected || m_verdict ? 0 : statusIn(error.detail);
    if (m_isConnected && m_since.hasExpired(m_times.stable.count()))
        m_failures = 0;
    drop();
    if (!m_isWanted)
        return;
    if (status == 401 || status == 403) {
        m_isRefused = true;
        Q_EMIT tokenRefused();
        return;
    }
    scheduleNext();
    Q_EMIT failed(error);
}

void LiveSocket::scheduleNext()
{
    const qint64 longest = m_times.longestDelay.count();
    const qint64 full = std::min<qint64>(longest, m_times.firstDelay.count() << std::min(m_failures, 20));
    ++m_failures;
    const QByteArray chance = m_random.bytes(2);
    const qint64 part = quint8(chance.at(0)) << 8 | quint8(chance.at(1)); // 0 to 65535
    m_next.start(std::chrono::milliseconds(full / 2 + full / 2 * part / 65536));
}

} // namespace fieldfare::net
