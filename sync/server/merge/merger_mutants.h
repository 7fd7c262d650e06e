// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace fieldfare::server {

/// Test-only: shortcuts of SYNC-CASES put back in (see ReplicaMutants).
struct MergerMutants {
    bool noRollingHash = false;           ///< 1
    bool hashAtLastOnly = false;          ///< 1: one hash stored at the last n only
    bool skipByOriginWithoutHash = false; ///< 1
    bool ignoreSettled = false;           ///< 1: a let-go verdict unanswered
    bool oneVersionPerPush = false;       ///< 2
    bool ownBaseIsVerdictVersion = false; ///< 3: also when n lost or was denied
    bool noStoredVerdict = false;         ///< 4: decides a repeated n again
    bool storedVerdictWithoutValue = false; ///< 4
    bool groupHalfApplied = false;        ///< 4
    bool keepValuesAfterErasure = false;  ///< 4
    bool editWritesErased = false;        ///< 6: an edit writes an erased row back
    bool editRestores = false;            ///< 6: an edit takes a row out of the trash
    bool childrenNotRead = false;         ///< 6: a trash hides children that its author had not seen, and asks nobody
    bool acceptForgetsVerdict = false;    ///< 4: what was accepted from the quarantine is not known when it is pushed
    bool chainWithoutHandedIn = false;    ///< 1, 4: the hash chain is compared with what was decided only
    bool handedInTwice = false;           ///< 1, 4: a handed-in original is not looked for among re-keyed copies
    bool deniedIsDropped = false;         ///< 4: an edit whose right was taken meanwhile is no proposal
    bool rightsNotAsked = false;          ///< 4: what the user may not do is taken
    bool noEntryUnderFormerLabel = false; ///< 7: who sees a row no more is not told
    bool childrenKeepLabel = false;       ///< 7: what hangs on a record that moves stays
    bool sightNotAsked = false;           ///< 7: an edit of what its author sees no more is taken
    bool verdictSaysNoSight = false;      ///< 7: a verdict does not say that the row is out of sight
    bool refusalTellsValue = false;       ///< 7: a refusal brings the standing value to who may not see it
    bool parentNotRead = false;           ///< 2: parent read but not locked (its trash is not seen)
};

} // namespace fieldfare::server
