// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/rights/place.h"
#include "core/rights/rights_source.h"

#include <QHash>

#include <functional>
#include <set>

/// What a user may do, by role (core/rights/docs/rights.md). The same code decides in the store of a device and in the server's
/// merge, so that a device refuses at once what the server would deny days later.
namespace fieldfare::rights {

/// Of whose records: nobody's; one's own; also those of one's team; also those of the teams below it; all.
enum class Reach : std::uint8_t { None, Own, Team, Below, All };
enum class Action : std::uint8_t { See, Create, Edit, Remove, Export }; ///< Remove: trash, restore, erase.

/// Keys of the choice list right_reach, in the order of Reach.
[[nodiscard]] QString reachKey(Reach reach);
/// What no key says is None: a right that this program cannot read is no right.
[[nodiscard]] Reach reachOf(const QString &key);

/// Of one role about one entity.
struct EntityRights {
    Reach edit = Reach::All;
    Reach remove = Reach::All;
    bool create = true;
    bool exports = true;
    Reach see = Reach::All;
    bool seePool = true; ///< With a reach below All, also the records that are nobody's.
    friend bool operator==(const EntityRights &, const EntityRights &) = default;
};

/// What a row of role_right says, by the names of its fields. What it may see was not said in rows of before: everything.
[[nodiscard]] EntityRights entityRights(const std::function<model::Value(const char *field)> &value);

/// Of one user. A plain value; by default everything.
class Rights {
public:
    Rights() = default;
    Rights(const base::Id &user, const base::Id &team, std::set<base::Id> teamsBelow) : m_user(user), m_team(team), m_teamsBelow(std::move(teamsBelow)) {}

    /// An entity of which nothing is said is open.
    void set(model::EntityId entity, const EntityRights &rights) { m_entities.insert(entity, rights); }

    [[nodiscard]] EntityRights of(model::EntityId entity) const { return m_entities.value(entity); }
    [[nodiscard]] bool isUnlimited() const { return m_entities.isEmpty(); }
    /// With some record of the entity at least.
    [[nodiscard]] bool may(Action action, model::EntityId entity) const;
    [[nodiscard]] bool may(Action action, model::EntityId entity, const Place &place) const;
    /// Whether it depends on whose the record is.
    [[nodiscard]] bool dependsOnPlace(Action action, model::EntityId entity) const;
    /// Every record of every kind is seen.
    [[nodiscard]] bool seeAll() const;
    /// They follow from how teams stand below each other.
    [[nodiscard]] bool dependOnTeams() const { return !m_teamsBelow.empty(); }

private:
    [[nodiscard]] Reach reach(Action action, model::EntityId entity) const;

    base::Id m_user;
    base::Id m_team;
    std::set<base::Id> m_teamsBelow; ///< With the own one.
    QHash<model::EntityId, EntityRights> m_entities;
};

/// Those of the user's role, as the tables say. Unlimited for a system administrator, whom no rule can lock out, and for a user who is not
/// in the tables, as in a profile that stands alone. Errors are the source's.
[[nodiscard]] base::Result<Rights> readRights(const model::Catalog &catalog, RightsSource &source, const base::Id &user);

} // namespace fieldfare::rights
