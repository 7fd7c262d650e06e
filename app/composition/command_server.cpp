// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/command_server.h"

#include <QLocalSocket>

namespace fieldfare::app {

namespace {

constexpr int kMaxConnections = 8;
constexpr qint64 kMaxWaiting = 8 * 1024 * 1024; // bytes of output that the other program has not taken yet
constexpr int kPatienceMs = 30'000;

} // namespace

CommandReply::CommandReply(QLocalSocket *socket) : m_socket(socket) {}

void CommandReply::send(const CommandAnswer &answer, bool isLast)
{
    QLocalSocket *socket = m_socket.data();
    if (socket == nullptr)
        return;
    const auto write = [guard = m_socket, bytes = command_wire::frame(answer), isLast] {
        if (guard == nullptr)
            return;
        guard->write(bytes);
        guard->flush();
        if (isLast)
            guard->disconnectFromServer(); // after what is still to be written
        else if (guard->bytesToWrite() > kMaxWaiting)
            guard->waitForBytesWritten(kPatienceMs);
    };
    QMetaObject::invokeMethod(socket, write, Qt::AutoConnection);
}

void CommandReply::taken()
{
    send({CommandAnswer::Kind::Taken, {}, 0}, false);
}

void CommandReply::out(const QByteArray &bytes)
{
    send({CommandAnswer::Kind::Output, bytes, 0}, false);
}

void CommandReply::err(const QByteArray &bytes)
{
    send({CommandAnswer::Kind::Error, bytes, 0}, false);
}

void CommandReply::finish(int exitCode)
{
    send({CommandAnswer::Kind::Exit, {}, exitCode}, true);
}

CommandServer::CommandServer(Run run, QObject *parent) : QObject(parent), m_run(std::move(run))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    m_server.setMaxPendingConnections(kMaxConnections);
    connect(&m_server, &QLocalServer::newConnection, this, &CommandServer::onConnection);
}

CommandServer::~CommandServer()
{
    m_server.close();
    const QList<QLocalSocket *> sockets = m_buffers.keys();
    for (QLocalSocket *socket : sockets) {
        socket->disconnect(this);
        while (socket->bytesToWrite() > 0 && socket->waitForBytesWritten(kPatienceMs)) {
        }
    }
}

bool CommandServer::listen(const QString &profileFolder)
{
    const QString name = command_wire::socketName(profileFolder);
    QLocalServer::removeServer(name);
    return m_server.listen(name);
}

void CommandServer::onConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        if (m_buffers.size() >= kMaxConnections) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        m_buffers.insert(socket, {});
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] { onReadyRead(socket); });
        connect(socket, &QLocalSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
        onReadyRead(socket);
    }
}

void CommandServer::onReadyRead(QLocalSocket *socket)
{
    if (!m_buffers.contains(socket))
        return;
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->read(command_wire::kMaxFrame + 4 - std::min(buffer.size(), command_wire::kMaxFrame));
    bool isBroken = false;
    const auto body = command_wire::takeFrame(buffer, isBroken);
    const auto request = body ? command_wire::readRequest(*body) : std::nullopt;
    if (isBroken || (body && !request)) {
        socket->abort();
        return;
    }
    if (!request)
        return;
    // One command a connection; further bytes are not read.
    disconnect(socket, &QLocalSocket::readyRead, this, nullptr);
    const auto reply = std::make_shared<CommandReply>(socket);
    reply->taken();
    m_run(*request, reply);
}

} // namespace fieldfare::app
