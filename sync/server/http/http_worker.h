// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/http_connection.h"
#include "sync/server/http/live_peers.h"
#include "sync/server/http/reply_slot.h"
#include "sync/server/http/server_shared.h"

#include <QHash>
#include <QObject>

#include <memory>

namespace fieldfare::server {

/// Owns the connections of one thread. Everything but mailbox() is called on that thread.
class HttpWorker : public QObject {
    Q_OBJECT

public:
    explicit HttpWorker(std::shared_ptr<ServerShared> shared);
    ~HttpWorker() override;

    /// Takes an accepted socket; closes it at once when there is no place for it.
    void take(qintptr descriptor);

    template <typename Content>
    void deliver(RequestKey key, const Content &content)
    {
        if (HttpConnection *const connection = m_connections.value(key.connection))
            connection->deliver(key.number, content);
    }

    void broadcast(const QByteArray &message);
    void send(const QByteArray &subject, const QByteArray &message);
    void closeLive(const QByteArray &subject);

    /// Lets running requests end and closes the rest; drained() when nothing is left.
    void drain();
    /// Closes and deletes everything.
    void stop();

    /// Thread safe.
    [[nodiscard]] const std::shared_ptr<WorkerMailbox> &mailbox() const { return m_mailbox; }

Q_SIGNALS:
    void drained();

private:
    void forget(quint64 serial);
    void upgrade(quint64 serial, const QByteArray &subject);
    void reportIfDrained();

    const std::shared_ptr<ServerShared> m_shared;
    const std::shared_ptr<WorkerMailbox> m_mailbox;
    QHash<quint64, HttpConnection *> m_connections;
    std::unique_ptr<LivePeers> m_live;
    bool m_isDraining = false;
};

} // namespace fieldfare::server
