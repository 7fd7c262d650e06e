// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rights/rights.h"

#include "core/model/entities/entities.h"

#include <algorithm>
#include <array>
#include <map>

namespace fieldfare::rights {

using base::Id;
using base::Result;
using model::Entity;
using model::Record;
using model::Value;

namespace {

constexpr std::array<const char *, 5> kReaches{"none", "own", "team", "below", "all"};
constexpr QLatin1StringView kAdministrator("system_administrator");

Value valueOf(const Entity &entity, const Record &record, const char *field)
{
    const model::Field *const found = entity.field(QLatin1StringView(field));
    return found != nullptr ? record.value(*found) : Value();
}

/// The team and all teams below it; a ring of teams ends.
Result<std::set<Id>> below(const model::Catalog &catalog, RightsSource &source, const Id &team)
{
    const Entity &entity = *catalog.entity(model::entities::kTeam.id);
    FIELDFARE_ASSIGN(const std::vector<Record> teams, source.all(entity.id()));
    std::multimap<Id, Id> children;
    for (const Record &record : teams)
        children.emplace(valueOf(entity, record, "parent").referenceId(), record.id);
    std::set<Id> found{team};
    std::vector<Id> waiting{team};
    while (!waiting.empty()) {
        const Id parent = waiting.back();
        waiting.pop_back();
        const auto [first, last] = children.equal_range(parent);
        for (auto child = first; child != last; ++child) {
            if (found.insert(child->second).second)
                waiting.push_back(child->second);
        }
    }
    return found;
}

} // namespace

QString reachKey(Reach reach)
{
    return QString::fromLatin1(kReaches[size_t(reach)]);
}

Reach reachOf(const QString &key)
{
    const auto found = std::find_if(kReaches.begin(), kReaches.end(), [&key](const char *one) { return key == QLatin1StringView(one); });
    return found == kReaches.end() ? Reach::None : Reach(found - kReaches.begin());
}

EntityRights entityRights(const std::function<Value(const char *field)> &value)
{
    const QString see = value("see_reach").textOrEmpty();
    return {reachOf(value("edit_reach").textOrEmpty()), reachOf(value("remove_reach").textOrEmpty()), value("may_create").integerOr(0) != 0,
            value("may_export").integerOr(0) != 0, see.isEmpty() ? Reach::All : reachOf(see), value("see_pool").integerOr(1) != 0};
}

Reach Rights::reach(Action action, model::EntityId entity) const
{
    const auto found = m_entities.constFind(entity);
    if (found == m_entities.constEnd())
        return Reach::All;
    switch (action) {
    case Action::See:
        return found->see;
    case Action::Create:
        return found->create ? Reach::All : Reach::None;
    case Action::Export:
        return found->exports ? Reach::All : Reach::None;
    case Action::Edit:
        return found->edit;
    case Action::Remove:
        return found->remove;
    }
    return Reach::None;
}

bool Rights::may(Action action, model::EntityId entity) const
{
    return reach(action, entity) != Reach::None;
}

bool Rights::dependsOnPlace(Action action, model::EntityId entity) const
{
    const Reach reach = this->reach(action, entity);
    return reach != Reach::None && reach != Reach::All;
}

bool Rights::seeAll() const
{
    return std::all_of(m_entities.begin(), m_entities.end(), [](const EntityRights &rights) { return rights.see == Reach::All; });
}

bool Rights::may(Action action, model::EntityId entity, const Place &place) const
{
    if (action == Action::See && place.isPool() && m_entities.value(entity).seePool)
        return reach(action, entity) != Reach::None;
    const bool isOwn = !place.owner.isNull() && place.owner == m_user;
    switch (reach(action, entity)) {
    case Reach::None:
        return false;
    case Reach::Own:
        return isOwn;
    case Reach::Team:
        return isOwn || (!place.team.isNull() && place.team == m_team);
    case Reach::Below:
        return isOwn || (!place.team.isNull() && m_teamsBelow.contains(place.team));
    case Reach::All:
        return true;
    }
    return false;
}

Result<Rights> readRights(const model::Catalog &catalog, RightsSource &source, const Id &user)
{
    const Entity *const users = catalog.entity(model::entities::kUser.id);
    const Entity *const roleRights = catalog.entity(model::entities::kRoleRight.id);
    if (user.isNull() || users == nullptr || roleRights == nullptr)
        return Rights();
    FIELDFARE_ASSIGN(const std::optional<Record> account, source.find(users->id(), user));
    if (!account)
        return Rights();
    const QString role = valueOf(*users, *account, "role").textOrEmpty();
    if (role == kAdministrator)
        return Rights();
    QHash<model::EntityId, EntityRights> said;
    bool needsTeams = false;
    FIELDFARE_ASSIGN(const std::vector<Record> all, source.all(roleRights->id()));
    for (const Record &record : all) {
        const Entity *const about = catalog.entity(valueOf(*roleRights, record, "entity").textOrEmpty());
        if (about == nullptr || valueOf(*roleRights, record, "role").textOrEmpty() != role)
            continue;
        const EntityRights rights = entityRights([&](const char *field) { return valueOf(*roleRights, record, field); });
        needsTeams = needsTeams || rights.see == Reach::Below || rights.edit == Reach::Below || rights.remove == Reach::Below;
        said.insert(about->id(), rights);
    }
    // Whose right depends on teams must not change how they stand, unless it is said.
    if (!said.isEmpty() && !said.contains(model::entities::kTeam.id))
        said.insert(model::entities::kTeam.id, {Reach::None, Reach::None, false, true, Reach::All, true});
    const Id team = valueOf(*users, *account, "team").referenceId();
    std::set<Id> teams;
    if (needsTeams && !team.isNull()) {
        FIELDFARE_ASSIGN(teams, below(catalog, source, team));
    }
    Rights rights(user, team, std::move(teams));
    for (auto entry = said.cbegin(); entry != said.cend(); ++entry)
        rights.set(entry.key(), *entry);
    return rights;
}

} // namespace fieldfare::rights
