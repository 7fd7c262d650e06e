// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/local_socket_path.h"
#include "core/base/result.h"

#include <QJsonObject>
#include <QLocalServer>
#include <QObject>

#include <functional>
#include <memory>

class QLocalSocket;

namespace fieldfare::app {

/// DATA/run.sock: how `user`, `device`, `right`, `quarantine`, `backup` and `recovery` commands reach the server that holds the data.
/// One line of JSON in, one out. Only the owner of the folder may connect.
class AdminSocket : public QObject {
    Q_OBJECT

public:
    using Reply = std::function<void(const QJsonObject &)>; ///< Any thread, once.
    using Handler = std::function<void(const QJsonObject &, Reply)>;

    explicit AdminSocket(Handler handler, QObject *parent = nullptr);
    ~AdminSocket() override;

    /// The caller holds the folder's lock, so that a socket which lies there is a dead server's. Io when it cannot listen.
    [[nodiscard]] base::Result<void> listen(const QString &dataFolder);
    [[nodiscard]] static QString pathIn(const QString &dataFolder);

    /// For the other side: NotFound when nobody listens, TimedOut, ProtocolViolation. Blocks.
    [[nodiscard]] static base::Result<QJsonObject> call(const QString &dataFolder, const QJsonObject &request, int patienceMs = 30'000);

private:
    void serve(QLocalSocket *socket);

    Handler m_handler;
    std::unique_ptr<base::LocalSocketPath> m_path; ///< Outlives the server, which removes its socket at the end.
    QLocalServer m_server;
};

} // namespace fieldfare::app
