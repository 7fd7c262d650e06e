// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/command_server.h"

#include "core/store/profile.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QLocalSocket>
#include <QThread>

namespace fieldfare::app {

namespace {

constexpr int kMaxConnections = 8;
constexpr qint64 kMaxWaiting = 8 * 1024 * 1024; // bytes of output that the other program has not taken yet
constexpr int kPatienceMs = 30'000;
constexpr int kLastWordsMs = 2000;

} // namespace

CommandReply::CommandReply(QLocalSocket *socket) : m_socket(socket), m_flow(std::make_shared<Flow>())
{
    QObject::connect(socket, &QLocalSocket::bytesWritten, socket, [socket, flow = m_flow] { flow->set(0, socket->bytesToWrite()); });
    QObject::connect(socket, &QLocalSocket::disconnected, socket, [flow = m_flow] { flow->set(0, 0); });
}

void CommandReply::Flow::set(qint64 taken, qint64 held)
{
    {
        const std::lock_guard lock(mutex);
        queued -= taken;
        unsent = held;
    }
    changed.notify_all();
}

bool CommandReply::waitForRoom(int ms) const
{
    std::unique_lock lock(m_flow->mutex);
    return m_flow->changed.wait_for(lock, std::chrono::milliseconds(ms), [this] { return m_flow->queued + m_flow->unsent < kMaxWaiting; });
}

void CommandReply::send(const CommandAnswer &answer, bool isLast)
{
    const bool isServersThread = QThread::currentThread() == QCoreApplication::instance()->thread();
    const QByteArray bytes = command_wire::frame(answer);
    {
        const std::lock_guard lock(m_flow->mutex);
        m_flow->queued += bytes.size();
    }
    const auto write = [guard = m_socket, flow = m_flow, bytes, isLast, isServersThread] {
        if (guard == nullptr)
            return flow->set(bytes.size(), 0);
        guard->write(bytes);
        guard->flush();
        flow->set(bytes.size(), guard->bytesToWrite());
        if (isLast)
            guard->disconnectFromServer(); // after what is still to be written
        else if (isServersThread && guard->bytesToWrite() > kMaxWaiting)
            guard->waitForBytesWritten(kPatienceMs);
    };
    // Through the application object: whether the socket is still there can be asked on its own thread only.
    if (isServersThread)
        write();
    else
        QMetaObject::invokeMethod(QCoreApplication::instance(), write, Qt::QueuedConnection);
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
    QCoreApplication::sendPostedEvents(QCoreApplication::instance(), QEvent::MetaCall); // the last words of other threads
    const QList<QLocalSocket *> sockets = m_buffers.keys();
    QDeadlineTimer deadline(kLastWordsMs); // one for all: some may be read slowly, or not at all
    for (QLocalSocket *socket : sockets) {
        socket->disconnect(this);
        while (socket->bytesToWrite() > 0 && !deadline.hasExpired() && socket->waitForBytesWritten(int(deadline.remainingTime()))) {
        }
        if (socket->bytesToWrite() > 0)
            socket->abort(); // or closing it would wait for the rest
    }
}

bool CommandServer::listen(const QString &profileFolder)
{
    m_path = std::make_unique<base::LocalSocketPath>(store::ProfilePaths{profileFolder}.socket());
    QLocalServer::removeServer(m_path->path());
    return m_server.listen(m_path->path());
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
