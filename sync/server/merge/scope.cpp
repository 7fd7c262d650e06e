// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/scope.h"

#include "core/model/entities/entities.h"
#include "sync/server/merge/row_source.h"

#include <algorithm>

namespace fieldfare::server {

using base::Id;
using base::Result;
using changes::Version;
using model::Entity;
using model::FieldKey;
using rights::Action;

namespace {

const FieldKey kTrashed(model::kTrashedNumber);

FieldKey keyOf(const Entity &entity, const char *field)
{
    return entity.field(QLatin1StringView(field))->key;
}

/// A row that never hid anything is not of the scope; one that does no more still is, so that the number grows.
Version versionOf(const Entity &entity, const changes::ReplicatedRow &row)
{
    const FieldKey reach = keyOf(entity, "see_reach");
    const bool hides = rights::entityRights([&](const char *field) { return row.value(keyOf(entity, field)); }).see != rights::Reach::All;
    if (!hides && row.versions.of(reach) <= row.versions.base())
        return 0;
    return std::max({row.versions.of(reach), row.versions.of(keyOf(entity, "see_pool")), row.versions.of(kTrashed)});
}

Result<Version> versionOfRole(ServerStorage &storage, const Entity &entity, const QString &role)
{
    FIELDFARE_ASSIGN(const auto rows, storage.rowsAfter(entity.id(), Id(), kAllRows));
    Version version = 0;
    for (const LabelledRow &row : rows) {
        if (row.value(keyOf(entity, "role")).textOrEmpty() == role)
            version = std::max(version, versionOf(entity, row));
    }
    return version;
}

Result<Version> versionOfTeams(ServerStorage &storage, const Entity &entity)
{
    FIELDFARE_ASSIGN(const auto rows, storage.rowsAfter(entity.id(), Id(), kAllRows));
    Version version = 0;
    for (const LabelledRow &row : rows)
        version = std::max({version, row.versions.base(), row.versions.of(keyOf(entity, "parent")), row.versions.of(kTrashed)});
    return version;
}

} // namespace

bool sees(const rights::Rights &rights, model::EntityId entity, const Label &label)
{
    if (!rights.may(Action::See, entity))
        return false;
    return label.root == 0 || rights.may(Action::See, label.root, {label.owner, label.team});
}

std::optional<model::EntityId> kindSpokenOf(const model::Catalog &catalog, const changes::ReplicatedRow &row)
{
    if (row.entity != model::entities::kConflict.id)
        return std::nullopt;
    const Entity *const conflict = catalog.entity(row.entity);
    const model::Field *const record = conflict != nullptr ? conflict->field(QStringLiteral("record")) : nullptr;
    const model::Reference *const about = record != nullptr ? row.value(record->key).reference() : nullptr;
    return about != nullptr ? std::optional(about->entity) : std::nullopt;
}

bool Scope::sees(const model::Catalog &catalog, const LabelledRow &row) const
{
    if (!sees(row.entity, row.label))
        return false;
    const auto about = isAll() ? std::nullopt : kindSpokenOf(catalog, row);
    return !about || !hidden.contains(*about);
}

Result<Scope> scopeOf(ServerStorage &storage, const model::Catalog &catalog, const Id &user)
{
    RowSource source(storage, catalog);
    FIELDFARE_ASSIGN(const rights::Rights rights, rights::readRights(catalog, source, user));
    Scope scope;
    if (rights.seeAll())
        return scope;
    const Entity &users = *catalog.entity(model::entities::kUser.id);
    FIELDFARE_ASSIGN(const auto account, storage.row(users.id(), user));
    scope.number = std::max(account->versions.of(keyOf(users, "role")), account->versions.of(keyOf(users, "team")));
    FIELDFARE_ASSIGN(const Version ofRole, versionOfRole(storage, *catalog.entity(model::entities::kRoleRight.id), account->value(keyOf(users, "role")).textOrEmpty()));
    scope.number = std::max(scope.number, ofRole);
    if (rights.dependOnTeams()) {
        FIELDFARE_ASSIGN(const Version ofTeams, versionOfTeams(storage, *catalog.entity(model::entities::kTeam.id)));
        scope.number = std::max(scope.number, ofTeams);
    }
    for (const Entity &entity : catalog.entities()) {
        if (!rights.may(Action::See, entity.id()))
            scope.hidden.insert(entity.id());
    }
    FIELDFARE_ASSIGN(const auto labels, storage.labels());
    for (const auto &[number, label] : labels) {
        if (label.root == 0 || rights.may(Action::See, label.root, {label.owner, label.team}))
            scope.labels.insert(number);
    }
    return scope;
}

} // namespace fieldfare::server
