// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/server/storage/server_backups.h"

#include <QJsonArray>
#include <QJsonObject>

namespace fieldfare::app {

/// A backup that is asked for, here or by the administrator's socket.
struct BackupCommand {
    QString folder; ///< Absolute.
    server::ServerBackups::Wish wish = server::ServerBackups::Wish::Full;
    bool keepsAll = false;
};

[[nodiscard]] QJsonObject toJson(const BackupCommand &command);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<BackupCommand> backupCommandFromJson(const QJsonObject &object);
/// The answer: {"written": [...]}.
[[nodiscard]] QJsonObject toJson(const server::ServerBackups::Written &written);

/// Unsupported where the store is in PostgreSQL, which has its own ways to be backed up.
[[nodiscard]] base::Result<void> requireOwnStore(const server::ServerDatabase &database);

} // namespace fieldfare::app
