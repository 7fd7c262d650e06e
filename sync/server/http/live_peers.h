// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/connection_quota.h"
#include "sync/server/http/server_shared.h"

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QPointer>
#include <QSslSocket>
#include <QTimer>
#include <QWebSocketServer>

#include <memory>

class QWebSocket;

namespace fieldfare::server {

/// Where devices ask for their live socket.
inline const QByteArray kLivePath = QByteArrayLiteral("/sync/v1/live");

/// The live sockets (RFC 6455) of one worker thread. They carry wake-ups from the server; what a device sends is
/// counted and dropped. A device that is silent for two ping periods or lets more than liveOutputBytes pile up is given
/// up: it comes back by itself and pulls what it missed, so that nothing is lost by closing.
class LivePeers : public QObject {
    Q_OBJECT

public:
    explicit LivePeers(std::shared_ptr<ServerShared> shared, QObject *parent = nullptr);
    ~LivePeers() override;

    /// Takes a socket whose authorised upgrade request is complete and unread.
    void adopt(std::unique_ptr<QSslSocket> socket, ConnectionQuota::Ticket ticket, const QByteArray &subject);

    void broadcast(const QByteArray &message);
    void send(const QByteArray &subject, const QByteArray &message);
    /// Closes every live socket of the subject: its rights have ended.
    void closeSubject(const QByteArray &subject);

    void closeAll();
    void abortAll();
    [[nodiscard]] bool isEmpty() const { return m_waiting.isEmpty() && m_peers.isEmpty(); }

Q_SIGNALS:
    void emptied();

private:
    struct Waiting {
        ConnectionQuota::Ticket ticket;
        QByteArray subject;
        QSslSocket *socket = nullptr;
    };
    struct Peer {
        ConnectionQuota::Ticket ticket;
        QByteArray subject;
        QPointer<QSslSocket> socket; ///< Belongs to the QWebSocket, which tells only what is not yet encrypted.
        int pingsUnanswered = 0;
    };

    void onNewConnection();
    void onPing();
    void forget(QWebSocket *webSocket);
    void forgetWaiting(const QByteArray &key);
    void giveUp(QWebSocket *webSocket);
    /// More than liveOutputBytes wait for the network to take them.
    [[nodiscard]] bool isBehind(QWebSocket *webSocket) const;
    void sendTo(QWebSocket *webSocket, const QByteArray &message);

    const std::shared_ptr<ServerShared> m_shared;
    QWebSocketServer m_server;
    QHash<QByteArray, Waiting> m_waiting; ///< By addresses and ports of both ends.
    QHash<QWebSocket *, Peer> m_peers;
    QTimer m_ping;
};

} // namespace fieldfare::server
