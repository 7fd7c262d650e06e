// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/e2e/cut_proxy.h"

#include <QHash>
#include <QTcpServer>
#include <QTcpSocket>

#include <algorithm>

namespace fieldfare::testing {

/// Lives on the thread.
class CutProxy::Relay : public QObject {
public:
    Relay(CutProxy &owner, quint16 serverPort) : m_owner(owner), m_serverPort(serverPort), m_server(this) {}

    quint16 listen()
    {
        connect(&m_server, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *client = m_server.nextPendingConnection())
                join(client);
        });
        return m_server.listen(QHostAddress::LocalHost) ? m_server.serverPort() : quint16(0);
    }

private:
    void join(QTcpSocket *client)
    {
        auto *upstream = new QTcpSocket(this);
        upstream->connectToHost(QHostAddress(QHostAddress::LocalHost), m_serverPort);
        m_pairs.insert(client, upstream);
        connect(client, &QTcpSocket::readyRead, this, [this, client, upstream] { pass(client, upstream, 0); });
        connect(upstream, &QTcpSocket::readyRead, this, [this, client, upstream] { pass(upstream, client, 1); });
        connect(upstream, &QTcpSocket::connected, this, [this, client, upstream] { pass(client, upstream, 0); });
        connect(client, &QTcpSocket::disconnected, upstream, [this, client, upstream] {
            upstream->disconnectFromHost();
            forget(client);
        });
        connect(upstream, &QTcpSocket::disconnected, client, [client] { client->disconnectFromHost(); });
        connect(upstream, &QTcpSocket::errorOccurred, client, [client] { client->disconnectFromHost(); });
    }

    void forget(QTcpSocket *client)
    {
        if (QTcpSocket *upstream = m_pairs.take(client)) {
            client->deleteLater();
            upstream->deleteLater();
        }
    }

    void pass(QTcpSocket *from, QTcpSocket *to, int direction)
    {
        if (to->state() != QAbstractSocket::ConnectedState)
            return;
        const qint64 left = m_owner.m_left[direction];
        const QByteArray bytes = left < 0 ? from->readAll() : from->read(left);
        m_owner.m_passed[direction] += bytes.size();
        to->write(bytes);
        to->flush();
        if (left < 0)
            return;
        m_owner.m_left[direction] = left - bytes.size();
        if (left > bytes.size())
            return;
        m_owner.m_left[direction] = -1;
        m_owner.m_hasCut = true;
        const QList<QTcpSocket *> clients = m_pairs.keys();
        for (QTcpSocket *client : clients) {
            QTcpSocket *upstream = m_pairs.value(client);
            client->disconnect(this);
            upstream->disconnect(this);
            client->disconnect(upstream);
            upstream->disconnect(client);
            upstream->abort();
            client->abort();
            forget(client);
        }
    }

    CutProxy &m_owner;
    quint16 m_serverPort;
    QTcpServer m_server;
    QHash<QTcpSocket *, QTcpSocket *> m_pairs; ///< From the client's to the server's.
};

CutProxy::CutProxy(quint16 serverPort) : m_relay(new Relay(*this, serverPort))
{
    m_relay->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, m_relay, &QObject::deleteLater); // sockets die on their thread
    m_thread.start();
    QMetaObject::invokeMethod(m_relay, [this] { m_port = m_relay->listen(); }, Qt::BlockingQueuedConnection);
}

CutProxy::~CutProxy()
{
    m_thread.quit();
    m_thread.wait();
}

void CutProxy::arm(Direction direction, qint64 bytes)
{
    const int armed = direction == Direction::ToServer ? 0 : 1;
    QMetaObject::invokeMethod(m_relay, [this, armed, bytes] {
        m_hasCut = false;
        m_passed[0] = 0;
        m_passed[1] = 0;
        m_left[armed] = bytes;
        m_left[1 - armed] = -1;
    }, Qt::BlockingQueuedConnection);
}

} // namespace fieldfare::testing
