// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/accounts.h"

#include <QJsonObject>

namespace fieldfare::app {

/// `audit list|verify|export|forget` as one JSON object: {"audit","after","limit","kind","head_no","head_chain","before"}. The answer
/// is {"company","entries":[...]} of list, in order, with "last": the number up to which was looked;
/// {"ok","entries","chain","without_detail","alerts"} of verify; {"forgotten"} of forget; or {"error","detail","arguments"}.
struct AuditCommand {
    QString command; ///< list, verify, forget
    std::int64_t after = 0;
    int limit = kMostEntries;
    QString kind = {};              ///< list: of this kind only, or all that begin with it.
    server::AuditHead expected = {}; ///< verify
    std::int64_t beforeMs = 0;      ///< forget

    static constexpr int kMostEntries = 1000;
};

[[nodiscard]] QJsonObject toJson(const AuditCommand &command);
/// ProtocolViolation when it is none.
[[nodiscard]] base::Result<AuditCommand> auditCommandFromJson(const QJsonObject &object);

/// Inside the storage's write(), or read() but for forget.
[[nodiscard]] base::Result<QJsonObject> runAuditCommand(storage::Connection &connection, server::AuditLog *log, const AuditCommand &command);

/// "NUMBER:CHAIN", as `fieldfare-cli check` and `audit verify` print it.
[[nodiscard]] std::optional<server::AuditHead> auditHeadFromText(const QString &text);
[[nodiscard]] QString auditHeadText(const server::AuditHead &head);

} // namespace fieldfare::app
