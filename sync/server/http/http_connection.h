// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/connection_quota.h"
#include "sync/server/http/reply_slot.h"
#include "sync/server/http/request_parser.h"
#include "sync/server/http/server_shared.h"

#include <QObject>
#include <QSslSocket>
#include <QTimer>

#include <memory>
#include <optional>

namespace fieldfare::server {

/// One client's connection: TLS hand-shake, then one request after another, never two at once. Lives on its worker's
/// thread, owns the socket, and has always exactly one deadline running. Every way it can end goes through closeNow(),
/// which says closed() once; the worker then deletes it. Bytes that nobody may read yet stay in the socket, whose read
/// buffer is bounded, so that a sender is stopped by TCP.
class HttpConnection : public QObject {
    Q_OBJECT

public:
    HttpConnection(quint64 serial, std::shared_ptr<ServerShared> shared, std::shared_ptr<WorkerMailbox> mailbox,
                   std::unique_ptr<QSslSocket> socket, ConnectionQuota::Ticket ticket);
    ~HttpConnection() override;

    /// Begins the TLS hand-shake.
    void start();

    /// The handler's answer to request `number`; ignored when that is not the one in flight.
    void deliver(quint64 number, HttpResponse response);
    void deliver(quint64 number, const UpgradeDecision &decision);

    /// Ends when idle, otherwise after the response in flight.
    void drain();
    void closeNow();

    /// After upgradeGranted(): the socket, with the upgrade request still unread in it, and the place it counts for.
    struct Released {
        std::unique_ptr<QSslSocket> socket;
        ConnectionQuota::Ticket ticket;
    };
    [[nodiscard]] Released release();

Q_SIGNALS:
    void closed(quint64 serial);
    void upgradeGranted(quint64 serial, const QByteArray &subject);

private:
    enum class State { Handshake, Header, Body, Handling, Deciding, Writing, Lingering, Ending, Closed };

    void onEncrypted();
    void onReadyRead();
    void onDrained();
    void onDeadline();
    void arm(HttpLimits::Duration duration);
    void beginTransfer();
    [[nodiscard]] bool transferGoesOn();

    void awaitRequest();
    void readInput();
    enum class Peek { Ordinary, Incomplete, Taken };
    [[nodiscard]] Peek peekUpgrade();
    void beginUpgrade(RequestParser &parser);
    void advance();
    [[nodiscard]] bool acceptHeader();
    [[nodiscard]] bool accountBody();
    void dispatch();
    void refuse(int status, const QByteArray &reason);

    void write(HttpResponse response, bool keepAlive);
    void pump();
    void finishResponse();
    void beginLinger();
    void beginEnding();
    [[nodiscard]] qint64 unsent() const;
    [[nodiscard]] QString newRequestId();
    void endRequest();

    const quint64 m_serial;
    const std::shared_ptr<ServerShared> m_shared;
    const std::shared_ptr<WorkerMailbox> m_mailbox;
    std::unique_ptr<QSslSocket> m_socket;
    ConnectionQuota::Ticket m_ticket;

    State m_state = State::Handshake;
    QTimer m_deadline;
    qint64 m_transferred = 0; ///< Bytes of the body or response so far, and when the present window began.
    qint64 m_windowBegan = 0;
    std::optional<RequestParser> m_parser;
    QByteArray m_input; ///< Read from the socket, not yet parsed.
    bool m_headerHasBegun = false;
    bool m_requestIsRead = true; ///< Nothing of the present request is left to come.
    bool m_isDraining = false;
    bool m_isRunning = false; ///< Counted in runningRequests.

    quint64 m_number = 0;
    quint64 m_requestCount = 0;
    QString m_requestId;
    bool m_keepAlive = false;
    bool m_isHead = false;
    qint64 m_bodyHeld = 0;

    QByteArray m_output;
    qsizetype m_outputOffset = 0;
    bool m_isPumping = false;
};

} // namespace fieldfare::server
