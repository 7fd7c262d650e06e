// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/role_rights.h"

#include "core/model/entities/entities.h"
#include "sync/server/merge/labeller.h"

#include <algorithm>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::FieldKey;
using model::Value;

namespace {

constexpr int kMostRows = 100'000;
constexpr QLatin1StringView kAdministrator("system_administrator");

Value yesNo(bool yes)
{
    return Value(std::int64_t(yes ? 1 : 0));
}

} // namespace

Result<QStringList> choiceKeys(ServerStorage &storage, const model::Catalog &catalog, QLatin1StringView list)
{
    const model::Entity *const entity = catalog.entity(QStringLiteral("choice_value"));
    const auto key = [entity](const char *name) { return entity->field(QLatin1StringView(name))->key; };
    FIELDFARE_ASSIGN(const auto choices, storage.rowsAfter(entity->id(), Id(), kMostRows));
    QStringList keys;
    for (const changes::ReplicatedRow &choice : choices) {
        if (choice.value(key("list")).textOrEmpty() == list && !choice.isTrashed() && choice.value(key("retired")).integerOr(0) == 0)
            keys.append(choice.value(key("key")).textOrEmpty());
    }
    return keys;
}

FieldKey RoleRights::key(const char *field) const
{
    return m_catalog->entity(model::entities::kRoleRight.id)->field(QLatin1StringView(field))->key;
}

RoleRight RoleRights::read(const changes::ReplicatedRow &row) const
{
    return {row.value(key("role")).textOrEmpty(), row.value(key("entity")).textOrEmpty(), rights::entityRights([&](const char *field) { return row.value(key(field)); })};
}

Result<std::vector<RoleRight>> RoleRights::list()
{
    FIELDFARE_ASSIGN(const auto rows, m_storage.rowsAfter(model::entities::kRoleRight.id, Id(), kMostRows));
    std::vector<RoleRight> rights;
    for (const changes::ReplicatedRow &row : rows) {
        if (!row.isTrashed())
            rights.push_back(read(row));
    }
    std::sort(rights.begin(), rights.end(), [](const RoleRight &one, const RoleRight &other) { return std::tie(one.role, one.entity) < std::tie(other.role, other.entity); });
    return rights;
}

Result<RoleRight> RoleRights::set(const RoleRightChange &change)
{
    FIELDFARE_ASSIGN(const QStringList roles, choiceKeys(m_storage, *m_catalog, QLatin1StringView("user_role")));
    if (!roles.contains(change.role))
        return {ErrorCode::UnknownChoice, QStringLiteral("one of %1").arg(roles.join(QStringLiteral(", "))), {QStringLiteral("role"), change.role}};
    if (change.role == kAdministrator)
        return {ErrorCode::InvalidArgument, QStringLiteral("the system administrator may everything")};
    FIELDFARE_ASSIGN(const model::Entity *const about, m_catalog->find(change.entity));
    if (about->has(model::ServerOnly))
        return {ErrorCode::InvalidArgument, QStringLiteral("the server alone writes this kind of record"), {change.entity}};
    const bool byPlace = change.see && *change.see != rights::Reach::None && *change.see != rights::Reach::All;
    if (about->parentField() != nullptr && (byPlace || change.seePool))
        return {ErrorCode::InvalidArgument, QStringLiteral("what hangs on another record is seen with it (all), or not at all (none)"), {change.entity}};
    if (isForEverybody(*m_catalog, *about) && (byPlace || change.seePool))
        return {ErrorCode::InvalidArgument, QStringLiteral("records of this kind are nobody's: they are seen (all), or not at all (none)"), {change.entity}};
    const Id id = Id::fromName(QStringLiteral("role_right"), change.role + QLatin1Char('/') + change.entity);
    FIELDFARE_ASSIGN(const auto row, m_storage.row(model::entities::kRoleRight.id, id));
    RoleRight right = row ? read(*row) : RoleRight();
    right.role = change.role;
    right.entity = change.entity;
    right.rights.edit = change.edit.value_or(right.rights.edit);
    right.rights.remove = change.remove.value_or(right.rights.remove);
    right.rights.create = change.create.value_or(right.rights.create);
    right.rights.exports = change.exports.value_or(right.rights.exports);
    right.rights.see = change.see.value_or(right.rights.see);
    right.rights.seePool = change.seePool.value_or(right.rights.seePool);
    std::vector<changes::FieldValue> values{{key("role"), Value(right.role)},
                                                  {key("entity"), Value(right.entity)},
                                                  {key("edit_reach"), Value(rights::reachKey(right.rights.edit))},
                                                  {key("remove_reach"), Value(rights::reachKey(right.rights.remove))},
                                                  {key("may_create"), yesNo(right.rights.create)},
                                                  {key("may_export"), yesNo(right.rights.exports)}};
    // Only what was said: a change of what may be seen makes every device of the role download again.
    if (change.see)
        values.push_back({key("see_reach"), Value(rights::reachKey(right.rights.see))});
    if (change.seePool)
        values.push_back({key("see_pool"), yesNo(right.rights.seePool)});
    FIELDFARE_TRY(m_merger.writeAsServer(model::entities::kRoleRight.id, id, values, Id()));
    return right;
}

} // namespace fieldfare::server
