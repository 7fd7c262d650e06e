// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/merge.h"

#include "core/changes/text_merge.h"

#include <limits>

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

/// Counters end at the largest and smallest number: a device may send any.
std::int64_t sumOf(std::int64_t one, std::int64_t other)
{
    using Limits = std::numeric_limits<std::int64_t>;
    if (other > 0 && one > Limits::max() - other)
        return Limits::max();
    if (other < 0 && one < Limits::min() - other)
        return Limits::min();
    return one + other;
}

std::int64_t differenceOf(std::int64_t one, std::int64_t other)
{
    using Limits = std::numeric_limits<std::int64_t>;
    if (other < 0 && one > Limits::max() + other)
        return Limits::max();
    if (other > 0 && one < Limits::min() + other)
        return Limits::min();
    return one - other;
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
        const std::int64_t sum = sumOf(standing.integerOr(0), differenceOf(input.pushed.value.integerOr(0), input.before.integerOr(0)));
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
