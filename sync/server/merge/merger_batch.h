// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rights/permission.h"
#include "sync/server/merge/labeller.h"
#include "sync/server/merge/merger.h"
#include "sync/server/merge/operation_chain.h"

#include <map>
#include <set>

namespace fieldfare::server {

/// A row as the group under decision would leave it.
struct WorkingRow {
    LabelledRow row; ///< With the label that it has in the storage.
    std::vector<model::FieldKey> changed;
    changes::Version seq = 0; ///< The newest version the group made in it; 0 when it changed nothing.
    bool isNew = false;
    bool isErased = false;
    bool isInserted = false; ///< While the group is written.
};

inline constexpr const char *kProposalKind = "proposal";

/// What goes to the conflict log.
struct ConflictNote {
    const char *kind = "field"; ///< A key of the choice list conflict_kind.
    model::Value pushed;
    model::Value standing;
    std::optional<Writer> standingWriter;
    model::FieldKey field;
    bool pushedWins = false;

    /// An edit that was denied, for who may decide.
    [[nodiscard]] bool isProposal() const { return kind == kProposalKind; }
};

struct Merger::Decision {
    changes::Verdict verdict;
    changes::Version madeVersion = 0;   ///< 0 when nothing changed.
    changes::Version resolvedBase = 0;
    std::optional<model::Value> baseText;   ///< When the base is a merged text: what its author saw of it.
    std::optional<model::Value> mergedFrom; ///< The author's text of a merge.
    std::vector<ConflictNote> conflicts;
    bool isGuarded = false;
    bool isRepeat = false;              ///< Committed before under its origin; nothing to write but the log entry.
    changes::CorrectedTime time;
};

/// One edit meets what stands in one field.
struct Merger::Meeting {
    model::FieldKey field;
    model::Value pushed;
    model::Value before;
    model::Merge rule = model::Merge::Latest;
    bool baseIsCurrent = true;
    const changes::ReplicatedRow *row = nullptr;
};

/// State of one push.
struct Merger::Batch {
    DeviceRecord device;
    std::int64_t now = 0;
    std::uint64_t firstN = 0;        ///< n of the request's first operation.
    OperationChain::Hashes hashes;   ///< By index in the request.
    std::optional<HandIn> handIn;    ///< The device handed in, now or formerly: copies of its operations may be about.
    bool isReviewed = false;         ///< An administrator has looked at it: what was handed in is decided.
    std::set<std::uint64_t> rejected; ///< By the administrator.
    std::optional<rights::Rights> rights; ///< Of the device's user, once one was asked for.
    std::set<RowKey> made;           ///< Records that this push made: they are their maker's business.
    /// What was permitted once in this push stays so: who hands a record on may do so in the middle of what he saved.
    std::set<std::pair<rights::Action, RowKey>> permitted;
    std::set<std::pair<rights::Action, RowKey>> permittedBefore; ///< The group under decision; of a group of one nothing is kept.
    std::set<RowKey> seen;           ///< Records of this push that were there, and in sight, when it came.
    std::vector<changes::Verdict> verdicts;
    changes::Version sharedVersion = 0; ///< Mutant only.
    // the group under decision
    std::map<RowKey, WorkingRow> rows;
    std::map<changes::OperationName, LoggedOperation> logged;
    std::map<changes::Version, Writer> writers;
};

} // namespace fieldfare::server
