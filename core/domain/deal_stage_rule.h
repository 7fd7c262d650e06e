// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/commit_rule.h"

namespace fieldfare::domain {

/// A new deal without a stage stands in the first open one of its pipeline (of all, when it names none), so that no figure
/// leaves it out; an import keeps to what its file and its policies say. A deal that moves to a stage takes the stage's
/// probability and pipeline; a won or lost one gets its closing date, one that is open again loses it. What the caller set
/// stays.
class DealStageRule final : public store::CommitRule {
public:
    base::Result<void> complete(const Context &context, changes::LocalChange &change) const override;
};

} // namespace fieldfare::domain
