// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testlib/simulation/oracle.h"

#include <QStringList>

namespace fieldfare::simulation {

struct ScheduleOptions {
    std::uint64_t seed = 1;
    int actions = 0; ///< 0: by the seed, 8 to 40.
    Mutants mutants;
    bool copies = true; ///< Profiles are copied and restored from backups.
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

/// Two stories told step by step, for shortcuts that chance meets too rarely. Each gives the violation; empty when all held.
/// D1 edits f1; D0 edits f0 without pulling it, then trashes the row.
[[nodiscard]] QString tellTrashOfUnseenEdit(const Mutants &mutants);
/// A page that was read before the row was erased comes after the tombstone.
[[nodiscard]] QString tellPageAfterErasure(const Mutants &mutants);

} // namespace fieldfare::simulation
