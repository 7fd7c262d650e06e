// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/schedule_scopes.h"

#include "core/model/entities/entities.h"
#include "tests/testlib/simulation/sim_catalog.h"

#include <algorithm>

namespace fieldfare::simulation {

using base::Id;
using changes::FieldValue;
using model::FieldKey;
using model::Value;

namespace {

constexpr int kPeople = 3;
constexpr int kTeams = 2;
constexpr const char *kReaches[] = {"own", "team", "team", "team", "all", "none"};

FieldValue named(const model::EntitySpec &spec, const char *field, const Value &value)
{
    return {simulationCatalog()->entity(spec.id)->field(QLatin1StringView(field))->key, value};
}

} // namespace

QString Staff::employ()
{
    m_server.hasScopes = true;
    for (int i = 0; i < kTeams; ++i) {
        m_teams.push_back(Id::fromName(QStringLiteral("team"), QString::number(i)));
        m_server.write(model::entities::kTeam.id, m_teams.back(), {named(model::entities::kTeam, "name", Value(QStringLiteral("team %1").arg(i)))});
    }
    for (int i = 0; i < kPeople; ++i) {
        m_people.push_back(Id::fromName(QStringLiteral("user"), QString::number(i)));
        putPerson(size_t(i), i % kTeams);
    }
    return putRights();
}

void Staff::putPerson(size_t person, int team)
{
    m_server.write(model::entities::kUser.id, m_people[person],
                   {named(model::entities::kUser, "name", Value(QStringLiteral("user %1").arg(person))), named(model::entities::kUser, "role", Value(QStringLiteral("seller"))),
                    named(model::entities::kUser, "team", Value(model::Reference{model::entities::kTeam.id, m_teams[size_t(team)]}))});
}

QString Staff::putRights()
{
    const bool isBack = m_dice.chance(40); // what was taken is given back
    const auto former = m_former;
    m_former = m_said;
    m_said = isBack ? former : std::pair(kReaches[m_dice.below(int(std::size(kReaches)))], m_dice.chance(50));
    const auto [reach, pool] = m_said;
    const auto &spec = model::entities::kRoleRight;
    m_server.write(spec.id, Id::fromName(QStringLiteral("role_right"), QStringLiteral("seller/thing")),
                   {named(spec, "role", Value(QStringLiteral("seller"))), named(spec, "entity", Value(QStringLiteral("thing"))), named(spec, "edit_reach", Value(QStringLiteral("all"))),
                    named(spec, "remove_reach", Value(QStringLiteral("all"))), named(spec, "may_create", Value(std::int64_t(1))), named(spec, "may_export", Value(std::int64_t(1))),
                    named(spec, "see_reach", Value(QString::fromLatin1(reach))), named(spec, "see_pool", Value(std::int64_t(pool ? 1 : 0)))});
    return QStringLiteral("sellers see: %1, the pool: %2").arg(QLatin1StringView(reach)).arg(pool);
}

QString Staff::change()
{
    if (m_dice.chance(40))
        return putRights();
    const auto person = size_t(m_dice.below(kPeople));
    const int team = m_dice.below(kTeams);
    putPerson(person, team);
    return QStringLiteral("user %1 is in team %2").arg(person).arg(team);
}

std::vector<FieldValue> Staff::somePlace(const Id &user)
{
    std::vector<FieldValue> place;
    if (m_dice.chance(60)) {
        const Id owner = !user.isNull() && m_dice.chance(70) ? user : m_people[size_t(m_dice.below(kPeople))];
        place.push_back({FieldKey(kOwner), Value(model::Reference{model::entities::kUser.id, owner})});
    }
    if (m_dice.chance(60))
        place.push_back({FieldKey(kTeam), Value(model::Reference{model::entities::kTeam.id, m_teams[size_t(m_dice.below(kTeams))]})});
    return place;
}

QString Staff::nameOf(const std::vector<FieldValue> &place) const
{
    QStringList names;
    for (const FieldValue &value : place) {
        const auto person = std::find(m_people.begin(), m_people.end(), value.value.referenceId());
        const auto team = std::find(m_teams.begin(), m_teams.end(), value.value.referenceId());
        if (person != m_people.end())
            names.append(QStringLiteral("user %1").arg(person - m_people.begin()));
        else if (team != m_teams.end())
            names.append(QStringLiteral("team %1").arg(team - m_teams.begin()));
    }
    return names.isEmpty() ? QStringLiteral("nobody") : names.join(QStringLiteral(", "));
}

Id Staff::otherRoot(const DeviceDisk &disk)
{
    std::vector<Id> roots;
    for (const auto &[key, row] : disk.rows) {
        if (key.first == kThing && row.value(FieldKey(kParent)).isEmpty() && !row.isTrashed())
            roots.push_back(key.second);
    }
    return roots.empty() ? Id() : roots[size_t(m_dice.below(int(roots.size())))];
}

} // namespace fieldfare::simulation
