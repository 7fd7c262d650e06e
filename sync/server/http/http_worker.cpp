// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/http_worker.h"

#include <atomic>

namespace fieldfare::server {

namespace {

/// Never used twice in one process, so that a late answer cannot reach another connection.
quint64 nextSerial()
{
    static std::atomic<quint64> last{0};
    return ++last;
}

} // namespace

HttpWorker::HttpWorker(std::shared_ptr<ServerShared> shared)
    : m_shared(std::move(shared)), m_mailbox(std::make_shared<WorkerMailbox>(this))
{
}

HttpWorker::~HttpWorker()
{
    m_mailbox->close();
    stop();
}

void HttpWorker::take(qintptr descriptor)
{
    if (!m_live) { // made here, on the worker's own thread
        m_live = std::make_unique<LivePeers>(m_shared);
        connect(m_live.get(), &LivePeers::emptied, this, &HttpWorker::reportIfDrained);
    }
    auto socket = std::make_unique<QSslSocket>();
    if (!socket->setSocketDescriptor(descriptor)) {
        ++m_shared->counters.refused;
        return;
    }
    ConnectionQuota::Ticket ticket = m_shared->quota->enter(socket->peerAddress());
    if (!ticket || m_isDraining) {
        ++m_shared->counters.refused;
        socket->abort();
        return;
    }
    const quint64 serial = nextSerial();
    auto *const connection = new HttpConnection(serial, m_shared, m_mailbox, std::move(socket), std::move(ticket));
    connection->setParent(this);
    m_connections.insert(serial, connection);
    connect(connection, &HttpConnection::closed, this, &HttpWorker::forget);
    connect(connection, &HttpConnection::upgradeGranted, this, &HttpWorker::upgrade);
    connection->start();
}

void HttpWorker::forget(quint64 serial)
{
    if (HttpConnection *const connection = m_connections.take(serial))
        connection->deleteLater(); // it is the sender
    reportIfDrained();
}

void HttpWorker::upgrade(quint64 serial, const QByteArray &subject)
{
    HttpConnection *const connection = m_connections.take(serial);
    if (connection == nullptr)
        return;
    HttpConnection::Released released = connection->release();
    connection->deleteLater();
    m_live->adopt(std::move(released.socket), std::move(released.ticket), subject);
}

void HttpWorker::broadcast(const QByteArray &message)
{
    if (m_live)
        m_live->broadcast(message);
}

void HttpWorker::send(const QByteArray &subject, const QByteArray &message)
{
    if (m_live)
        m_live->send(subject, message);
}

void HttpWorker::closeLive(const QByteArray &subject)
{
    if (m_live)
        m_live->closeSubject(subject);
}

void HttpWorker::drain()
{
    m_isDraining = true;
    const QList<HttpConnection *> connections = m_connections.values();
    for (HttpConnection *const connection : connections)
        connection->drain();
    if (m_live)
        m_live->closeAll();
    reportIfDrained();
}

void HttpWorker::reportIfDrained()
{
    if (m_isDraining && m_connections.isEmpty() && (!m_live || m_live->isEmpty()))
        Q_EMIT drained();
}

void HttpWorker::stop()
{
    qDeleteAll(std::exchange(m_connections, {}));
    m_live.reset();
}

} // namespace fieldfare::server
