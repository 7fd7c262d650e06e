// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/check/profile_check.h"

namespace fieldfare::store {

/// What a repair would do about findings of one sort, or has done.
struct RepairStep {
    CheckFinding::Mend mend = CheckFinding::Mend::Nothing;
    QString where;         ///< The index, the entity whose search table it is, the field ("deal.customer"), the entity.
    QList<CheckFinding> findings; ///< That it is about.
    enum class State { Planned, Done, Failed };
    State state = State::Planned;
    QString detail;        ///< Of Failed: why. English.
};

struct RepairReport {
    QList<RepairStep> steps;
    QList<CheckFinding> left; ///< Problems that no repair mends: salvage or a backup.
    base::Id action;          ///< Under which references were emptied and rows trashed; null without. undo() takes it back.
};

/// What repairProfile() would do: the preview. Writes nothing and looks at nothing but the report.
[[nodiscard]] RepairReport planRepair(const ProfileCheckReport &found);

/// Does what planRepair() tells, step by step, each in short transactions of its own (an index takes one for as long as it is built:
/// some 2 s at a million rows; rows go by 200). Steps that fail say so and the next ones go on. Between steps `watch` lets others write,
/// and may stop with Cancelled: what was done stays done and is right by itself. A search table is filled again in the
/// background afterwards, as always. On the store's thread. Check again to see that it helped.
base::Result<RepairReport> repairProfile(Store &store, const ProfileCheckReport &found, const CheckWatch &watch = {});

/// For a profile whose checksum is another than the server's, though nothing here is wrong by itself: no row claims a
/// version any more, and the next sync downloads everything, so that the server's values are taken but for those with
/// own edits that wait. Rows that the server does not have go. Until then the server judges edits as those of somebody
/// who has not seen the latest. In short transactions, of which the first is enough to let the next sync download;
/// `watch` as for repairProfile(). The number of rows.
base::Result<qint64> distrustRows(Store &store, const CheckWatch &watch = {});

/// What repairAll() did, and how things are now.
struct RepairOutcome {
    RepairReport done; ///< Of all rounds together, under one action; `left` is that of the last.
    ProfileCheckReport after;
};

/// Repairs and looks again until nothing is left that a repair mends: a report holds no more than kMostFindings of each kind. As
/// repairProfile() and checkProfile().
base::Result<RepairOutcome> repairAll(Store &store, const ProfileCheckReport &found, const CheckWatch &watch = {});

} // namespace fieldfare::store
