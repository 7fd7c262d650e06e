// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/role_rights.h"
#include "sync/server/audit/audit_log.h"

#include <QJsonObject>
#include <QMap>

namespace fieldfare::app {

/// `right list|set` as one JSON object: {"right","role","entity","edit","remove","create","export"}, what is not said being absent. The
/// answer is {"rights":[{"role","entity","edit","remove","create","export"}...]} or {"error","detail","arguments"}.
struct RightCommand {
    QString command; ///< list, set
    server::RoleRightChange change;

    [[nodiscard]] bool isSet() const { return command == QLatin1StringView("set"); }
};

/// From what was said on the command line. UnknownChoice names the word that is none.
[[nodiscard]] base::Result<RightCommand> rightCommand(const QString &command, const QString &role, const QString &entity, const QMap<QString, QString> &said);

[[nodiscard]] QJsonObject toJson(const RightCommand &command);
/// ProtocolViolation when it is none; as rightCommand().
[[nodiscard]] base::Result<RightCommand> rightCommandFromJson(const QJsonObject &object);

/// Inside the storage's write().
[[nodiscard]] base::Result<QJsonObject> runRightCommand(server::ServerStorage &storage, server::Merger &merger, server::AuditLog &audit, const model::CatalogPointer &catalog, const RightCommand &command);

} // namespace fieldfare::app
