// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/mutants.h"

namespace fieldfare::simulation {

namespace {

const MutantRow kRows[] = {
    {1, "no rolling hash", [](Mutants &m) { m.merger.noRollingHash = true; }, 5},
    {1, "one hash stored at the last n only", [](Mutants &m) { m.merger.hashAtLastOnly = true; }, 5},
    {1, "skip by origin number without its hash", [](Mutants &m) { m.merger.skipByOriginWithoutHash = true; }, 5},
    {1, "a let-go verdict unanswered", [](Mutants &m) { m.merger.ignoreSettled = true; }, 1},
    {2, "plain sequence for versions", [](Mutants &m) { m.commitsBecomeVisibleLate = true; }, 8},
    {2, "parent read but not locked", [](Mutants &m) { m.merger.parentNotRead = true; }, 34},
    {2, "one seq per push", [](Mutants &m) { m.merger.oneVersionPerPush = true; }, 4},
    {3, "own-n base taken as the version in its verdict", [](Mutants &m) { m.merger.ownBaseIsVerdictVersion = true; }, 551},
    {3, "base is the pulled version while an own edit is shown", [](Mutants &m) { m.replica.baseIsPulledVersion = true; }, 4},
    {3, "device takes any value that comes", [](Mutants &m) { m.replica.takeAnyValue = true; }, 146},
    {3, "versions folded to the maximum", [](Mutants &m) { m.replica.foldVersionsToMaximum = true; }, 15009},
    {3, "versions folded to the minimum", [](Mutants &m) { m.replica.foldVersionsToMinimum = true; }, 18},
    {4, "no stored verdict", [](Mutants &m) { m.merger.noStoredVerdict = true; }, 1},
    {4, "stored verdict without value", [](Mutants &m) { m.merger.storedVerdictWithoutValue = true; }, 534},
    {4, "acknowledged past a base still pending", [](Mutants &m) { m.replica.acknowledgePastPendingBase = m.serverForgetsBases = true; }, 70},
    {4, "waiting left open", [](Mutants &m) { m.replica.keepWaitingInOutbox = true; }, 1},
    {4, "group half applied", [](Mutants &m) { m.merger.groupHalfApplied = true; }, 3},
    {4, "values kept in verdicts after erasure", [](Mutants &m) { m.merger.keepValuesAfterErasure = true; }, 128},
    {4, "accepted from the quarantine without a stored verdict", [](Mutants &m) { m.merger.acceptForgetsVerdict = true; }, 69},
    {4, "hash chain without what was handed in", [](Mutants &m) { m.merger.chainWithoutHandedIn = true; }, 1167},
    {4, "handed in and pushed by a clone", [](Mutants &m) { m.merger.handedInTwice = true; }, 1965},
    {4, "an edit whose right was taken is dropped", [](Mutants &m) { m.merger.deniedIsDropped = true; }, 179},
    {6, "one row version for trash", [](Mutants &m) { m.replica.trashWithOneVersion = true; }, 3480},
    {6, "children of the trashed row not looked at", [](Mutants &m) { m.merger.childrenNotRead = true; }, 2533},
    {6, "an edit writes an erased row back", [](Mutants &m) { m.merger.editWritesErased = true; }, 4},
    {6, "an edit takes a row out of the trash", [](Mutants &m) { m.merger.editRestores = true; }, 9},
    {7, "no entry under the former label", [](Mutants &m) { m.merger.noEntryUnderFormerLabel = true; }, 787},
    {7, "what is sent follows the entry", [](Mutants &m) { m.puller.sentByEntry = true; }, 3},
    {7, "an entered row brings what is above the cursor", [](Mutants &m) { m.puller.enteredInPieces = true; }, 2595},
    {7, "children keep their label", [](Mutants &m) { m.merger.childrenKeepLabel = true; }, 147},
    {7, "another scope is taken over, the pull goes on", [](Mutants &m) { m.puller.scopeNotCompared = true; }, 203},
    {7, "a scope is compared by its content", [](Mutants &m) { m.puller.scopeByContent = true; }, 122835},
    {7, "a download goes on under another scope", [](Mutants &m) { m.puller.downloadGoesOn = true; }, 43571},
    {7, "a verdict does not say what is out of sight", [](Mutants &m) { m.merger.verdictSaysNoSight = true; }, 3},
    {7, "a push is taken without looking", [](Mutants &m) { m.merger.sightNotAsked = true; }, 27},
    {7, "a refusal brings the standing value", [](Mutants &m) { m.merger.refusalTellsValue = true; }, 27},
    {7, "what left stays on the device", [](Mutants &m) { m.replica.keepRowsOutOfSight = true; }, 3},
    {7, "a row that comes again does not show what waits", [](Mutants &m) { m.replica.forgetWaitingEdits = true; }, 60603},
    {8, "fixed upper bound for a paged pull", [](Mutants &m) { m.puller.fixedUpperBound = true; }, 144},
    {8, "cursor moved after each page", [](Mutants &m) { m.replica.moveCursorEachPage = true; }, 211},
    {9, "S registered after the pages", [](Mutants &m) { m.downloadCursorAfterPages = true; }, 13},
    {9, "absent rows not forgotten", [](Mutants &m) { m.replica.keepRowsAbsentFromDownload = true; }, 2},
    {9, "no floor check", [](Mutants &m) { m.puller.noFloorCheck = true; }, 410},
    {10, "no tombstones on the device", [](Mutants &m) { m.replica.noTombstones = m.replica.takePagesBelowCursor = true; }, 1526},
    {11, "receipt before the disk sync", [](Mutants &m) { m.receiptBeforeSync = true; }, 5},
    {11, "cursor durable before the data", [](Mutants &m) { m.cursorBeforeData = true; }, 944},
};

} // namespace

std::span<const MutantRow> mutantRows()
{
    return kRows;
}

} // namespace fieldfare::simulation
