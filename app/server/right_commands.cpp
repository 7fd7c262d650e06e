// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/right_commands.h"

#include <QJsonArray>

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr const char *kSaid[] = {"see", "pool", "edit", "remove", "create", "export"};

QString yesNo(bool yes)
{
    return yes ? QStringLiteral("yes") : QStringLiteral("no");
}

Result<std::optional<rights::Reach>> reachSaid(const QMap<QString, QString> &said, const char *name)
{
    const auto word = said.constFind(QLatin1StringView(name));
    if (word == said.constEnd())
        return std::optional<rights::Reach>();
    const rights::Reach reach = rights::reachOf(*word);
    if (rights::reachKey(reach) != *word)
        return {ErrorCode::UnknownChoice, QStringLiteral("one of none, own, team, below, all"), {QLatin1StringView(name), *word}};
    return std::optional(reach);
}

Result<std::optional<bool>> yesNoSaid(const QMap<QString, QString> &said, const char *name)
{
    const auto word = said.constFind(QLatin1StringView(name));
    if (word == said.constEnd())
        return std::optional<bool>();
    if (*word != yesNo(true) && *word != yesNo(false))
        return {ErrorCode::UnknownChoice, QStringLiteral("one of yes, no"), {QLatin1StringView(name), *word}};
    return std::optional(*word == yesNo(true));
}

} // namespace

Result<RightCommand> rightCommand(const QString &command, const QString &role, const QString &entity, const QMap<QString, QString> &said)
{
    RightCommand made{command, {role, entity}};
    FIELDFARE_ASSIGN(made.change.see, reachSaid(said, "see"));
    FIELDFARE_ASSIGN(made.change.seePool, yesNoSaid(said, "pool"));
    FIELDFARE_ASSIGN(made.change.edit, reachSaid(said, "edit"));
    FIELDFARE_ASSIGN(made.change.remove, reachSaid(said, "remove"));
    FIELDFARE_ASSIGN(made.change.create, yesNoSaid(said, "create"));
    FIELDFARE_ASSIGN(made.change.exports, yesNoSaid(said, "export"));
    return made;
}

QJsonObject toJson(const RightCommand &command)
{
    QJsonObject object{{QStringLiteral("right"), command.command}, {QStringLiteral("role"), command.change.role}, {QStringLiteral("entity"), command.change.entity}};
    if (command.change.see)
        object.insert(QStringLiteral("see"), rights::reachKey(*command.change.see));
    if (command.change.seePool)
        object.insert(QStringLiteral("pool"), yesNo(*command.change.seePool));
    if (command.change.edit)
        object.insert(QStringLiteral("edit"), rights::reachKey(*command.change.edit));
    if (command.change.remove)
        object.insert(QStringLiteral("remove"), rights::reachKey(*command.change.remove));
    if (command.change.create)
        object.insert(QStringLiteral("create"), yesNo(*command.change.create));
    if (command.change.exports)
        object.insert(QStringLiteral("export"), yesNo(*command.change.exports));
    return object;
}

Result<RightCommand> rightCommandFromJson(const QJsonObject &object)
{
    const QString command = object.value(QStringLiteral("right")).toString();
    if (command != QLatin1StringView("list") && command != QLatin1StringView("set"))
        return Error{ErrorCode::ProtocolViolation, QStringLiteral("no such command")};
    QMap<QString, QString> said;
    for (const char *name : kSaid) {
        if (object.contains(QLatin1StringView(name)))
            said.insert(QLatin1StringView(name), object.value(QLatin1StringView(name)).toString());
    }
    return rightCommand(command, object.value(QStringLiteral("role")).toString(), object.value(QStringLiteral("entity")).toString(), said);
}

Result<QJsonObject> runRightCommand(server::ServerStorage &storage, server::Merger &merger, server::AuditLog &audit, const model::CatalogPointer &catalog, const RightCommand &command)
{
    server::RoleRights roleRights(storage, merger, catalog);
    std::vector<server::RoleRight> found;
    if (command.isSet()) {
        FIELDFARE_ASSIGN(const server::RoleRight right, roleRights.set(command.change));
        found.push_back(right);
    } else {
        FIELDFARE_ASSIGN(found, roleRights.list());
    }
    QJsonArray lines;
    for (const server::RoleRight &right : found) {
        lines.append(QJsonObject{{QStringLiteral("role"), right.role},
                                 {QStringLiteral("entity"), right.entity},
                                 {QStringLiteral("see"), rights::reachKey(right.rights.see)},
                                 {QStringLiteral("pool"), right.rights.seePool},
                                 {QStringLiteral("edit"), rights::reachKey(right.rights.edit)},
                                 {QStringLiteral("remove"), rights::reachKey(right.rights.remove)},
                                 {QStringLiteral("create"), right.rights.create},
                                 {QStringLiteral("export"), right.rights.exports}});
    }
    if (command.isSet())
        FIELDFARE_TRY(audit.note({QLatin1StringView(server::audit::kRight), {}, {}, 1, lines.first().toObject()}));
    return QJsonObject{{QStringLiteral("rights"), lines}};
}

} // namespace fieldfare::app
