// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/merge.h"

#include "core/changes/text_merge.h"

namespace fieldfare::changes {

using model::Value;

namespace {

/// Later corrected time wins; an unknown offset loses to a known one; a tie goes to the larger device id.
bool pushedIsLater(const MergeSide &pushed, const MergeSide &standing)
{
    if (pushed.time.uncertain != standing.time.uncertain)
        return standing.time.uncertain;
    if (pushed.time.ms != standing.time.ms)
        return pushed.time.ms > standing.time.ms;
    return pushed.device > standing.device;
}

MergeDecision byTime(const MergeInput &input)
{
    if (pushedIsLater(input.pushed, input.standing))
        return {Outcome::ConflictWon, input.pushed.value};
    return {Outcome::ConflictLost, input.standing.value};
}

} // namespace

MergeDecision mergeField(const MergeInput &input)
{
    const Value &standing = input.standing.value;
    if (input.rule == model::Merge::Counter) {
        const auto sum = standing.integerOr(0) + input.pushed.value.integerOr(0) - input.before.integerOr(0);
        // Also with a current base the sum may differ: an own earlier difference was refused.
        return {Value(sum) == input.pushed.value ? Outcome::Applied : Outcome::Merged, Value(sum)};
    }
    if (input.pushed.value == standing)
        return {Outcome::Equal, standing};
    if (input.baseIsCurrent)
        return {Outcome::Applied, input.pushed.value};
    if (input.rule == model::Merge::Guarded)
        return {Outcome::ConflictLost, standing};
    if (input.rule == model::Merge::Text) {
        const auto joined = mergeTexts(input.before.textOrEmpty(), input.pushed.value.textOrEmpty(), standing.textOrEmpty());
        if (joined)
            return {Outcome::Merged, Value(*joined)};
    }
    return byTime(input);
}

} // namespace fieldfare::changes
