// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/mutants.h"

namespace fieldfare::simulation {

namespace {

const MutantRow kRows[] = {
    {1, "no rolling hash", [](Mutants &m) { m.merger.noRollingHash = true; }, 1},
    {1, "one hash stored at the last n only", [](Mutants &m) { m.merger.hashAtLastOnly = true; }, 1},
    {1, "skip by origin number without its hash", [](Mutants &m) { m.merger.skipByOriginWithoutHash = true; }, 1},
    {1, "a let-go verdict unanswered", [](Mutants &m) { m.merger.ignoreSettled = true; }, 1},
    {2, "plain sequence for versions", [](Mutants &m) { m.commitsBecomeVisibleLate = true; }, 1},
    {2, "parent read but not locked", [](Mutants &m) { m.merger.parentNotRead = true; }, 1},
    {2, "one seq per push", [](Mutants &m) { m.merger.oneVersionPerPush = true; }, 1},
    {3, "own-n base taken as the version in its verdict", [](Mutants &m) { m.merger.ownBaseIsVerdictVersion = true; }, 1},
    {3, "base is the pulled version while an own edit is shown", [](Mutants &m) { m.replica.baseIsPulledVersion = true; }, 1},
    {3, "device takes any value that comes", [](Mutants &m) { m.replica.takeAnyValue = true; }, 1},
    {3, "versions folded to the maximum", [](Mutants &m) { m.replica.foldVersionsToMaximum = true; }, 1},
    {3, "versions folded to the minimum", [](Mutants &m) { m.replica.foldVersionsToMinimum = true; }, 1},
    {4, "no stored verdict", [](Mutants &m) { m.merger.noStoredVerdict = true; }, 1},
    {4, "stored verdict without value", [](Mutants &m) { m.merger.storedVerdictWithoutValue = true; }, 1},
    {4, "acknowledged past a base still pending", [](Mutants &m) { m.replica.acknowledgePastPendingBase = m.serverForgetsBases = true; }, 1},
    {4, "waiting left open", [](Mutants &m) { m.replica.keepWaitingInOutbox = true; }, 1},
    {4, "group half applied", [](Mutants &m) { m.merger.groupHalfApplied = true; }, 1},
    {4, "values kept in verdicts after erasure", [](Mutants &m) { m.merger.keepValuesAfterErasure = true; }, 1},
    {6, "one row version for trash", [](Mutants &m) { m.replica.trashWithOneVersion = true; }, 1},
    {6, "children of the trashed row not looked at", [](Mutants &m) { m.merger.childrenNotRead = true; }, 1},
    {6, "an edit writes an erased row back", [](Mutants &m) { m.merger.editWritesErased = true; }, 1},
    {6, "an edit takes a row out of the trash", [](Mutants &m) { m.merger.editRestores = true; }, 1},
    {8, "fixed upper bound for a paged pull", [](Mutants &m) { m.puller.fixedUpperBound = true; }, 1},
    {8, "cursor moved after each page", [](Mutants &m) { m.replica.moveCursorEachPage = true; }, 1},
    {9, "S registered after the pages", [](Mutants &m) { m.downloadCursorAfterPages = true; }, 1},
    {9, "absent rows not forgotten", [](Mutants &m) { m.replica.keepRowsAbsentFromDownload = true; }, 1},
    {9, "no floor check", [](Mutants &m) { m.puller.noFloorCheck = true; }, 1},
    {10, "no tombstones on the device", [](Mutants &m) { m.replica.noTombstones = true; }, 1},
    {11, "receipt before the disk sync", [](Mutants &m) { m.receiptBeforeSync = true; }, 1},
    {11, "cursor durable before the data", [](Mutants &m) { m.cursorBeforeData = true; }, 1},
};

} // namespace

std::span<const MutantRow> mutantRows()
{
    return kRows;
}

} // namespace fieldfare::simulation
