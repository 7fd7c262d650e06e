// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition/command_wire.h"
#include "core/base/local_socket_path.h"

#include <QHash>
#include <QLocalServer>
#include <QObject>
#include <QPointer>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>

class QLocalSocket;

namespace fieldfare::app {

/// Where the answers to one command go. Made on the thread of the server; may be called from any thread afterwards, also when
/// the other program has gone.
class CommandReply {
public:
    explicit CommandReply(QLocalSocket *socket);
    /// For other threads than the server's, where out() waits by itself: waits while the other program does not take what it was
    /// sent. False when it still does not after `ms`.
    [[nodiscard]] bool waitForRoom(int ms) const;
    /// The command is read and will be run; sent by the server.
    void taken();
    void out(const QByteArray &bytes);
    void err(const QByteArray &bytes);
    /// Last. Exit code of the other program.
    void finish(int exitCode);

private:
    void send(const CommandAnswer &answer, bool isLast);
    struct Flow {
        std::mutex mutex;
        std::condition_variable changed;
        qint64 queued = 0; ///< Bytes on their way to the server's thread.
        qint64 unsent = 0; ///< Bytes that the socket holds.
        void set(qint64 taken, qint64 held);
    };

    QPointer<QLocalSocket> m_socket; ///< Looked at on the server's thread only.
    std::shared_ptr<Flow> m_flow;
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
    std::unique_ptr<base::LocalSocketPath> m_path; ///< Outlives the server, which removes its socket at the end.
    QLocalServer m_server;
    QHash<QLocalSocket *, QByteArray> m_buffers;
};

} // namespace fieldfare::app
