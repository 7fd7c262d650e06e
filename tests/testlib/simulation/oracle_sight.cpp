// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who sees what (rule 7), found without the product's labels and scopes.
#include "core/model/entities/entities.h"
#include "tests/testlib/simulation/oracle.h"
#include "tests/testlib/simulation/sim_catalog.h"

#include <algorithm>

namespace fieldfare::simulation {

using base::Id;
using changes::Outcome;
using model::FieldKey;
using model::Value;

namespace {

const Value &valueOf(const changes::ReplicatedRow &row, const char *field)
{
    return row.value(simulationCatalog()->entity(row.entity)->field(QLatin1StringView(field))->key);
}

/// What is said of the role about things; null when nothing is.
const changes::ReplicatedRow *rightsOf(const ServerDisk &server, const QString &role)
{
    for (const auto &[key, row] : server.rows) {
        if (key.first == model::entities::kRoleRight.id && valueOf(row, "role").textOrEmpty() == role && valueOf(row, "entity").textOrEmpty() == QLatin1String("thing"))
            return &row;
    }
    return nullptr;
}

/// Owner and team of the root. Who hangs on an erased row keeps the place that its label names.
server::Label placeOf(const ServerDisk &server, RowKey key)
{
    while (true) {
        const server::LabelledRow &row = server.rows.at(key);
        const bool isThing = key.first == kThing;
        const model::Reference *const above = isThing ? row.value(FieldKey(kParent)).reference() : valueOf(row, "record").reference();
        if (above == nullptr)
            return {kThing, row.value(FieldKey(kOwner)).referenceId(), row.value(FieldKey(kTeam)).referenceId()};
        if (!server.rows.contains({above->entity, above->id}))
            return server.labels.at(row.label - 1);
        key = {above->entity, above->id};
        if (key.first != kThing)
            return {};
    }
}

} // namespace

bool Oracle::sees(const ServerDisk &server, const Id &user, const RowKey &key) const
{
    const auto account = server.rows.find({model::entities::kUser.id, user});
    if (account == server.rows.end() || (key.first != kThing && key.first != model::entities::kConflict.id) || !server.rows.contains(key))
        return true;
    const QString role = valueOf(account->second, "role").textOrEmpty();
    const changes::ReplicatedRow *const rights = role == QLatin1String("system_administrator") ? nullptr : rightsOf(server, role);
    const QString reach = rights != nullptr ? valueOf(*rights, "see_reach").textOrEmpty() : QString();
    if (reach.isEmpty() || reach == QLatin1String("all"))
        return true;
    const server::Label place = placeOf(server, key);
    if (place.root != kThing)
        return true;
    if (reach == QLatin1String("none"))
        return false;
    if (place.owner.isNull() && place.team.isNull())
        return valueOf(*rights, "see_pool").integerOr(1) != 0;
    const Id team = valueOf(account->second, "team").referenceId();
    return place.owner == user || (reach == QLatin1String("team") && !place.team.isNull() && place.team == team);
}

/// Who sees a row may change it here, and nobody else: nothing is taken from out of sight, and nothing in sight is denied.
void Oracle::noteSight(const protocol::PushRequest &request, const ServerDisk &before, const ServerDisk &after)
{
    if (request.operations.empty() || !after.devices.contains(request.device))
        return;
    const Id user = after.devices.at(request.device).user;
    std::set<RowKey> made;
    for (const changes::Operation &operation : request.operations) {
        const RowKey key{operation.entity, operation.record};
        const auto logged = after.log.find(operation.name);
        if (operation.kind == changes::OperationKind::Create)
            made.insert(key);
        const bool isNew = !before.log.contains(operation.name) && logged != after.log.end() && logged->second.verdict && logged->second.origin.hash == operation.originOrSelf().hash;
        const bool isRepeat = isNew && m_outcomes.contains(logged->second.origin.hash); // decided under another name before
        if (!isNew || isRepeat || made.contains(key) || !before.rows.contains(key))
            continue;
        const bool wasSeen = sees(before, user, key);
        const changes::Verdict &verdict = *logged->second.verdict;
        if (!wasSeen && logged->second.version != 0)
            fail(QStringLiteral("an edit of what its author may not see was taken"));
        const bool isDenied = verdict.outcome == Outcome::Denied && (verdict.reason == QLatin1String("right") || verdict.reason == QLatin1String("proposed"));
        if (!wasSeen && isDenied && operation.kind == changes::OperationKind::Set)
            m_taken.insert(logged->second.origin.hash);
        if (wasSeen && isDenied)
            fail(QStringLiteral("an edit of what its author sees was denied"));
    }
}

} // namespace fieldfare::simulation
