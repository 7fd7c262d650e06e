// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/verdict.h"
#include "core/model/field_spec.h"

namespace fieldfare::changes {

/// Corrected time of an edit (DESIGN 6, rule 5): ms UTC by the server's clock; uncertain when the offset of its boot
/// session was never measured.
struct CorrectedTime {
    std::int64_t ms = 0;
    bool uncertain = false;
};

/// One side of a meeting of two edits.
struct MergeSide {
    model::Value value;
    CorrectedTime time;
    base::Id device; ///< Breaks a tie.
};

struct MergeInput {
    model::Merge rule = model::Merge::Latest;
    model::Value before;         ///< What the pushed edit was based on.
    MergeSide pushed;
    MergeSide standing;          ///< The server's value now.
    bool baseIsCurrent = true;   ///< The pushed edit saw the standing version.
};

struct MergeDecision {
    Outcome outcome = Outcome::Applied; ///< Applied, Equal, Merged, ConflictWon or ConflictLost
    model::Value value;                 ///< The field's value afterwards.
};

/// How one field's edit meets what stands (DESIGN 6, rule 5). Pure.
[[nodiscard]] MergeDecision mergeField(const MergeInput &input);

} // namespace fieldfare::changes
