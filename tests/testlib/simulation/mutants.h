// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replica.h"
#include "sync/server/merge/merger.h"
#include "sync/server/merge/puller.h"

#include <span>

namespace fieldfare::simulation {

/// Every shortcut that can be put back in; see SYNC-CASES in core/changes/docs/simulation.md.
struct Mutants {
    changes::ReplicaMutants replica;
    server::MergerMutants merger;
    server::PullerMutants puller;
    bool serverForgetsBases = false;       ///< 4: with acknowledgePastPendingBase; harmless alone
    bool commitsBecomeVisibleLate = false; ///< 2: plain sequence: a later version is seen before an earlier one
    bool receiptBeforeSync = false;        ///< 11: done is said before the disk has it
    bool cursorBeforeData = false;         ///< 11: the cursor is durable before its rows
    bool downloadCursorAfterPages = false; ///< 9: S registered after the pages
};

/// One shortcut of the list, and where schedules meet it.
struct MutantRow {
    int rule;
    const char *name;
    void (*plant)(Mutants &);
    /// A schedule that notices it, found by `simulate --mutants`. Only where to look first: when schedules change, the
    /// test searches on and says which seed to write here.
    std::uint64_t seed;
};

[[nodiscard]] std::span<const MutantRow> mutantRows();

} // namespace fieldfare::simulation
