// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/command_wire.h"

#include <QHash>
#include <QLocalServer>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

class QLocalSocket;

namespace fieldfare::app {

/// Where the answers to one command go; may be called from any thread, also when the other program has gone.
class CommandReply {
public:
    explicit CommandReply(QLocalSocket *socket);
    /// The command is read and will be run; sent by the server.
    void taken();
    void out(const QByteArray &bytes);
    void err(const QByteArray &bytes);
    /// Last. Exit code of the other program.
    void finish(int exitCode);

private:
    void send(const CommandAnswer &answer, bool isLast);
    QPointer<QLocalSocket> m_socket;
};

/// Lets further programs use the profile that this one has open: they send their command line and get its output (command_wire.h).
/// Only the same user may connect. The caller holds the profile's lock, so a socket left by a killed program is removed. Lives
/// on a thread with an event loop, which also calls `run`; the work itself may be done elsewhere.
class CommandServer : public QObject {
    Q_OBJECT

public:
    using Run = std::function<void(CommandRequest, std::shared_ptr<CommandReply>)>;

    explicit CommandServer(Run run, QObject *parent = nullptr);
    /// Waits until what was written has gone out.
    ~CommandServer() override;

    /// False when the system does not allow it; the program works on, alone.
    bool listen(const QString &profileFolder);

private:
    void onConnection();
    void onReadyRead(QLocalSocket *socket);

    Run m_run;
    QLocalServer m_server;
    QHash<QLocalSocket *, QByteArray> m_buffers;
};

} // namespace fieldfare::app
