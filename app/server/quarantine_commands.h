// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/audit/audit_log.h"
#include "sync/server/merge/merger.h"
#include "sync/server/storage/sql_server_storage.h"

#include <QJsonArray>
#include <QJsonObject>

namespace fieldfare::app {

/// `quarantine list|show|accept|reject` as one JSON object: {"quarantine","id","except","upTo"}. The answer is {"lines":[...]}, one
/// object a line of output, or {"error","detail","arguments"}.
struct QuarantineCommand {
    QString command; ///< list, show, accept, reject
    int id = 0;      ///< The short number of the device that handed in.
    std::set<std::uint64_t> except; ///< accept: the n of operations that are rejected all the same.
    std::uint64_t upTo = 0; ///< accept: the last n that was looked at.

    /// list and show only read.
    [[nodiscard]] bool decides() const { return command == QLatin1StringView("accept") || command == QLatin1StringView("reject"); }
};

[[nodiscard]] QJsonObject toJson(const QuarantineCommand &command);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<QuarantineCommand> quarantineCommandFromJson(const QJsonObject &object);

/// Inside the storage's write(), or its read() for what does not decide, which needs neither merger nor audit. NotFound for a device that has handed in nothing, or an operation that does not wait;
/// RecordChanged when accept does not name the last operation that waits as `upTo`.
[[nodiscard]] base::Result<QJsonObject> runQuarantineCommand(server::SqlServerStorage &storage, server::Merger *merger, server::AuditLog *audit,
                                                             const model::Catalog &catalog, const QuarantineCommand &command);

} // namespace fieldfare::app
