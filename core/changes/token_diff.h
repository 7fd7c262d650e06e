// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace fieldfare::changes {

/// One change: tokens [begin, end) of the base became [sideBegin, sideEnd) of the side. Between two there is a kept token.
struct Hunk {
    int begin = 0;
    int end = 0;
    int sideBegin = 0;
    int sideEnd = 0;
    friend bool operator==(const Hunk &, const Hunk &) = default;
};

/// The shortest list of deletions and insertions that makes `side` of `base` (E. W. Myers, "An O(ND) difference algorithm
/// and its variations", Algorithmica 1, 1986; the greedy form), as hunks in order. Nothing when it would take more than
/// `maxEdits` tokens deleted and inserted: time is bounded by (tokens * maxEdits), memory by maxEdits^2 numbers.
[[nodiscard]] std::optional<std::vector<Hunk>> diffTokens(std::span<const int> base, std::span<const int> side, int maxEdits);

} // namespace fieldfare::changes
