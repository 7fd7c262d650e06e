// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testlib/simulation/mutants.h"
#include "tests/testlib/simulation/oracle.h"
#include "tests/testlib/simulation/sim_server.h"

#include <QStringList>

namespace fieldfare::simulation {

struct ScheduleOptions {
    std::uint64_t seed = 1;
    int actions = 0; ///< 0: by the seed, 8 to 40.
    Mutants mutants = {};
    bool copies = true; ///< Profiles are copied and restored from backups.
    Storages storages = Storages::Ram;
};

struct ScheduleResult {
    QString violation;  ///< Empty when all held.
    QStringList story;  ///< One line an action; the same seed gives the same story.
    int operations = 0;
    std::map<changes::Outcome, int> outcomes;
};

/// Plays one schedule: some devices work, sync, crash, are cloned and restored on a bad network; then all is delivered and
/// the oracle judges.
[[nodiscard]] ScheduleResult playSchedule(const ScheduleOptions &options);

} // namespace fieldfare::simulation
