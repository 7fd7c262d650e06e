// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testlib/simulation/sim_server.h"

namespace fieldfare::simulation {

/// Three people who may not see everything: who they are, and what an administrator does with their teams and rights.
class Staff {
public:
    Staff(SimServer &server, Dice &dice) : m_server(server), m_dice(dice) {}

    /// Before anybody joins. What is done, for the story.
    QString employ();
    /// Of the n-th device.
    [[nodiscard]] base::Id user(int n) const { return m_people[size_t(n) % m_people.size()]; }
    /// Somebody changes the team, or what may be seen.
    QString change();
    /// Owner and team of a record: mostly those of this user, when there is one.
    [[nodiscard]] std::vector<changes::FieldValue> somePlace(const base::Id &user);
    [[nodiscard]] QString nameOf(const std::vector<changes::FieldValue> &place) const;
    /// A thing of the device that hangs on nothing; null without.
    [[nodiscard]] base::Id otherRoot(const DeviceDisk &disk);

private:
    void putPerson(size_t person, int team);
    QString putRights();

    SimServer &m_server;
    Dice &m_dice;
    std::vector<base::Id> m_people;
    std::vector<base::Id> m_teams;
    std::pair<const char *, bool> m_said{"team", true};   ///< What sellers see: whose, and the pool.
    std::pair<const char *, bool> m_former{"team", true}; ///< Before that.
};

} // namespace fieldfare::simulation
