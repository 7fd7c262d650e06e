// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/admin_socket.h"

#include <QJsonDocument>
#include <QLocalSocket>
#include <QPointer>

#include <memory>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kMaxLine = 64 * 1024;
constexpr int kTimeoutMs = 30'000;

QByteArray lineOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace

AdminSocket::AdminSocket(Handler handler, QObject *parent) : QObject(parent), m_handler(std::move(handler))
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, [this] {
        while (QLocalSocket *const socket = m_server.nextPendingConnection())
            serve(socket);
    });
}

AdminSocket::~AdminSocket() = default;

QString AdminSocket::pathIn(const QString &dataFolder)
{
    return dataFolder + QStringLiteral("/run.sock");
}

Result<void> AdminSocket::listen(const QString &dataFolder)
{
    m_path = std::make_unique<base::LocalSocketPath>(pathIn(dataFolder));
    QLocalServer::removeServer(m_path->path());
    if (!m_server.listen(m_path->path()))
        return {ErrorCode::Io, QStringLiteral("cannot listen for commands: ") + m_server.errorString(), {pathIn(dataFolder)}};
    return {};
}

void AdminSocket::serve(QLocalSocket *socket)
{
    socket->setReadBufferSize(kMaxLine);
    connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
    connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
        if (!socket->canReadLine()) {
            if (socket->bytesAvailable() >= kMaxLine)
                socket->abort();
            return;
        }
        const QJsonObject request = QJsonDocument::fromJson(socket->readLine(kMaxLine)).object();
        m_handler(request, [guard = QPointer(socket), context = QPointer(this)](const QJsonObject &answer) {
            if (context == nullptr)
                return;
            QMetaObject::invokeMethod(context, [guard, answer] {
                if (guard == nullptr)
                    return;
                guard->write(lineOf(answer));
                guard->disconnectFromServer();
            });
        });
    });
}

Result<QJsonObject> AdminSocket::call(const QString &dataFolder, const QJsonObject &request, int patienceMs)
{
    QLocalSocket socket;
    const base::LocalSocketPath path(pathIn(dataFolder));
    socket.connectToServer(path.path());
    if (!socket.waitForConnected(kTimeoutMs))
        return {ErrorCode::NotFound, QStringLiteral("no server listens: ") + socket.errorString()};
    socket.write(lineOf(request));
    QByteArray answer;
    while (!answer.endsWith('\n')) {
        if (!socket.waitForReadyRead(patienceMs))
            return {ErrorCode::TimedOut, QStringLiteral("the server did not answer yet and may still do it: look with the list command")};
        answer += socket.readAll();
    }
    const QJsonObject object = QJsonDocument::fromJson(answer).object();
    if (object.isEmpty())
        return {ErrorCode::ProtocolViolation, QStringLiteral("the server's answer cannot be read")};
    return object;
}

} // namespace fieldfare::app
