// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replica.h"
#include "core/model/validation.h"

#include <QByteArray>
#include <QString>

#include <vector>

namespace fieldfare::store {

/// Who or what asked for a change. Stored with the action; the numbers are permanent.
enum class Cause : std::uint8_t {
    User = 1,
    Import = 2,
    WorkflowRule = 3,
    ServerJob = 4,
    Undo = 5,
    Sync = 6,    ///< A change that arrived; never the cause of an own action.
    Seed = 7,    ///< The first records of a stand-alone profile.
    Resolve = 8, ///< A conflict was decided.
};

/// What somebody does at once: any number of changes under one label.
///
/// A group (LocalChange::group) is never split; everything else is committed in chunks of at most `chunkChanges`, each durable
/// by itself, so a large set that fails half-way keeps its first chunks. Up to that number a set is all or nothing.
///
/// Values are cleaned and checked here; tags are set by a text value of the tags field with the names, parted by commas,
/// semicolons or U+001F (an empty value takes all tags away).
struct ChangeSet {
    QString label;            ///< For history and undo, in the person's language: "Import customers.csv".
    Cause cause = Cause::User;
    base::Id action;          ///< Null: a new action. The id of an earlier set goes on with the same action.
    std::vector<changes::LocalChange> changes; ///< Create with a null record gets a new id.
    /// Changes that break a rule are left out and reported instead of refusing the whole set. For imports.
    bool skipRefused = false;
    /// The values stood in a profile before and are taken as they are: not cleaned, not checked, not completed by rules. For
    /// records of another profile (domain::RecordTransfer), which must come over whole.
    bool isTaken = false;
    /// Changes a transaction; 0: Store::kChunkChanges. More, up to Store::kLargestChunk, is for those who have the database
    /// for themselves: every page is written once a transaction, but nobody else gets in between.
    size_t chunkChanges = 0;
    /// In bulk writing: commit() may return before the last chunk is on disk; BulkWriting::lostCommit() waits for it. For a set
    /// from before which the caller can go on if it was lost.
    bool durableLater = false;
    bool finished = true;     ///< False while more sets of this action follow (see Store::unfinishedActions).
    QByteArray resumeCursor;  ///< What the caller needs to go on after a crash; kept with an unfinished action.
};

/// One finding about one change of a set.
struct ChangeProblem {
    size_t change = 0; ///< Index in ChangeSet::changes.
    model::EntityId entity = 0;
    base::Id record;
    model::Problem problem;
};

enum class Effect : std::uint8_t { Unchanged, Created, Updated, Trashed, Restored, Erased, Refused };

struct ChangeResult {
    base::Id record;
    QString number; ///< The human number given to a created record; empty without.
    Effect effect = Effect::Unchanged;
};

struct CommitReport {
    base::Id action;
    std::vector<ChangeResult> results;   ///< Parallel to ChangeSet::changes.
    std::vector<ChangeProblem> problems; ///< Only with skipRefused; otherwise a problem is the error ValidationFailed.
    int created = 0;
    int updated = 0; ///< Rows, not fields.
    int trashed = 0;
    int restored = 0;
    int unchanged = 0;
};

} // namespace fieldfare::store
