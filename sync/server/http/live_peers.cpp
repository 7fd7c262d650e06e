// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/live_peers.h"

#include "core/base/logging.h"

#include <QWebSocket>

namespace fieldfare::server {

namespace {

/// QWebSocketServer does not say which of its sockets came from which of ours; both ends' addresses and ports do.
template <typename Socket>
QByteArray endsOf(const Socket &socket)
{
    return (socket.peerAddress().toString() + QLatin1Char('|') + socket.localAddress().toString()).toLatin1() + '|'
        + QByteArray::number(socket.peerPort()) + '|' + QByteArray::number(socket.localPort());
}

} // namespace

LivePeers::LivePeers(std::shared_ptr<ServerShared> shared, QObject *parent)
    : QObject(parent), m_shared(std::move(shared)),
      // The sockets that come here are encrypted already.
      m_server(QStringLiteral("Fieldfare"), QWebSocketServer::NonSecureMode)
{
    m_server.setHandshakeTimeout(m_shared->limits.header);
    connect(&m_server, &QWebSocketServer::newConnection, this, &LivePeers::onNewConnection);
    m_ping.setInterval(m_shared->limits.livePing);
    connect(&m_ping, &QTimer::timeout, this, &LivePeers::onPing);
}

LivePeers::~LivePeers()
{
    abortAll();
}

void LivePeers::adopt(std::unique_ptr<QSslSocket> socket, ConnectionQuota::Ticket ticket, const QByteArray &subject)
{
    QSslSocket *const raw = socket.release();
    // Frames are handed on only when complete, so that the buffer must hold a message and its header.
    raw->setReadBufferSize(m_shared->limits.headerBytes + m_shared->limits.liveMessageBytes + 4096);
    const QByteArray key = endsOf(*raw);
    m_waiting.insert(key, {std::move(ticket), subject, raw});
    connect(raw, &QObject::destroyed, this, [this, key] {
        if (m_waiting.remove(key) > 0 && isEmpty())
            Q_EMIT emptied();
    });
    connect(raw, &QAbstractSocket::disconnected, this, [this, key] { forgetWaiting(key); });
    raw->setParent(&m_server);
    m_server.handleConnection(raw);
}

void LivePeers::onNewConnection()
{
    while (QWebSocket *const webSocket = m_server.nextPendingConnection()) {
        const auto waiting = m_waiting.find(endsOf(*webSocket));
        if (waiting == m_waiting.end()) {
            if (webSocket->peerPort() != 0) // else it has gone already, and its ends with it
                qCWarning(lcServer, "a live socket that nobody authorised is closed");
            webSocket->abort();
            webSocket->deleteLater();
            continue;
        }
        QSslSocket *const waitingSocket = waiting->socket;
        waitingSocket->disconnect(this);
        m_peers.insert(webSocket, {std::move(waiting->ticket), waiting->subject, waiting->socket, 0});
        m_waiting.erase(waiting);
        ++m_shared->counters.openLive;
        webSocket->setMaxAllowedIncomingFrameSize(quint64(m_shared->limits.liveMessageBytes));
        webSocket->setMaxAllowedIncomingMessageSize(quint64(m_shared->limits.liveMessageBytes));
        connect(webSocket, &QWebSocket::disconnected, this, [this, webSocket] { forget(webSocket); });
        connect(webSocket, &QWebSocket::pong, this, [this, webSocket] {
            if (const auto peer = m_peers.find(webSocket); peer != m_peers.end())
                peer->pingsUnanswered = 0;
        });
        // What a device sends may be pings. Each is answered by a pong, which must not pile up where nobody reads.
        connect(waitingSocket, &QIODevice::readyRead, this, [this, webSocket] {
            if (isBehind(webSocket))
                giveUp(webSocket);
        }, Qt::QueuedConnection);
        if (!m_ping.isActive())
            m_ping.start();
    }
}

void LivePeers::forgetWaiting(const QByteArray &key)
{
    const auto waiting = m_waiting.find(key);
    if (waiting == m_waiting.end())
        return;
    waiting->socket->disconnect(this);
    waiting->socket->deleteLater();
    m_waiting.erase(waiting);
    if (isEmpty())
        Q_EMIT emptied();
}

void LivePeers::forget(QWebSocket *webSocket)
{
    if (!m_peers.contains(webSocket))
        return;
    // Whether the QWebSocket takes its socket along is not documented.
    if (QSslSocket *const socket = m_peers.take(webSocket).socket)
        socket->deleteLater();
    --m_shared->counters.openLive;
    webSocket->disconnect(this);
    webSocket->deleteLater();
    if (m_peers.isEmpty())
        m_ping.stop();
    if (isEmpty())
        Q_EMIT emptied();
}

void LivePeers::giveUp(QWebSocket *webSocket)
{
    if (!m_peers.contains(webSocket))
        return;
    ++m_shared->counters.liveGivenUp;
    webSocket->abort();
    forget(webSocket);
}

void LivePeers::onPing()
{
    const QList<QWebSocket *> sockets = m_peers.keys();
    for (QWebSocket *const webSocket : sockets) {
        Peer &peer = m_peers[webSocket];
        if (peer.pingsUnanswered >= 2) {
            giveUp(webSocket);
            continue;
        }
        ++peer.pingsUnanswered;
        webSocket->ping();
    }
}

bool LivePeers::isBehind(QWebSocket *webSocket) const
{
    const auto peer = m_peers.constFind(webSocket);
    if (peer == m_peers.cend())
        return false;
    const QSslSocket *const socket = peer->socket;
    return socket == nullptr || socket->bytesToWrite() + socket->encryptedBytesToWrite() > m_shared->limits.liveOutputBytes;
}

void LivePeers::sendTo(QWebSocket *webSocket, const QByteArray &message)
{
    if (isBehind(webSocket)) {
        giveUp(webSocket);
        return;
    }
    ++m_shared->counters.liveMessages;
    webSocket->sendBinaryMessage(message);
}

void LivePeers::broadcast(const QByteArray &message)
{
    const QList<QWebSocket *> sockets = m_peers.keys();
    for (QWebSocket *const webSocket : sockets)
        sendTo(webSocket, message);
}

void LivePeers::send(const QByteArray &subject, const QByteArray &message)
{
    const QList<QWebSocket *> sockets = m_peers.keys();
    for (QWebSocket *const webSocket : sockets) {
        if (m_peers.value(webSocket).subject == subject)
            sendTo(webSocket, message);
    }
}

void LivePeers::closeSubject(const QByteArray &subject)
{
    const QList<QWebSocket *> sockets = m_peers.keys();
    for (QWebSocket *const webSocket : sockets) {
        if (m_peers.value(webSocket).subject == subject)
            webSocket->close(QWebSocketProtocol::CloseCodePolicyViolated);
    }
}

void LivePeers::closeAll()
{
    const QList<QWebSocket *> sockets = m_peers.keys();
    for (QWebSocket *const webSocket : sockets)
        webSocket->close(QWebSocketProtocol::CloseCodeGoingAway);
}

void LivePeers::abortAll()
{
    const QList<QByteArray> waiting = m_waiting.keys();
    for (const QByteArray &key : waiting)
        forgetWaiting(key);
    const QList<QWebSocket *> sockets = m_peers.keys();
    for (QWebSocket *const webSocket : sockets) {
        webSocket->disconnect(this);
        webSocket->abort();
        m_peers.remove(webSocket);
        --m_shared->counters.openLive;
        delete webSocket;
    }
}

} // namespace fieldfare::server
