// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/token_diff.h"

#include <algorithm>

namespace fieldfare::changes {

namespace {

struct Match {
    int base;
    int side;
};

/// Furthest x reached on each diagonal k = x - y, from -d to d.
class Frontier {
public:
    explicit Frontier(int reach) : m_reach(reach), m_x(size_t(2 * reach + 1), 0) {}
    [[nodiscard]] int operator[](int k) const { return m_x[size_t(k + m_reach)]; }
    int &operator[](int k) { return m_x[size_t(k + m_reach)]; }

private:
    int m_reach;
    std::vector<int> m_x;
};

/// Whether the best way to diagonal k with d edits comes from above (an insertion) and not from the left (a deletion).
bool comesFromAbove(const Frontier &before, int k, int d)
{
    return k == -d || (k != d && before[k - 1] < before[k + 1]);
}

/// The kept tokens, last first.
std::vector<Match> walkBack(const std::vector<Frontier> &trace, int x, int y)
{
    std::vector<Match> matches;
    for (int d = int(trace.size()); d > 0; --d) {
        const Frontier &before = trace[size_t(d - 1)];
        const int k = x - y;
        const int beforeK = comesFromAbove(before, k, d) ? k + 1 : k - 1;
        const int beforeX = before[beforeK];
        const int beforeY = beforeX - beforeK;
        while (x > beforeX && y > beforeY)
            matches.push_back({--x, --y});
        x = beforeX;
        y = beforeY;
    }
    while (x > 0 && y > 0)
        matches.push_back({--x, --y});
    return matches;
}

std::optional<std::vector<Match>> keptTokens(std::span<const int> base, std::span<const int> side, int maxEdits)
{
    const int n = int(base.size());
    const int m = int(side.size());
    const int most = std::min(n + m, maxEdits);
    std::vector<Frontier> trace; // trace[d] is the frontier after d edits
    for (int d = 0; d <= most; ++d) {
        Frontier reached(d + 1);
        for (int k = -d; k <= d; k += 2) {
            int x = 0;
            if (d > 0)
                x = comesFromAbove(trace.back(), k, d) ? trace.back()[k + 1] : trace.back()[k - 1] + 1;
            int y = x - k;
            while (x < n && y < m && base[size_t(x)] == side[size_t(y)]) {
                ++x;
                ++y;
            }
            reached[k] = x;
            if (x >= n && y >= m)
                return walkBack(trace, n, m);
        }
        trace.push_back(std::move(reached));
    }
    return std::nullopt;
}

} // namespace

std::optional<std::vector<Hunk>> diffTokens(std::span<const int> base, std::span<const int> side, int maxEdits)
{
    const auto [differsBase, differsSide] = std::mismatch(base.begin(), base.end(), side.begin(), side.end());
    const auto prefix = size_t(differsBase - base.begin());
    std::span<const int> innerBase = base.subspan(prefix);
    std::span<const int> innerSide = side.subspan(prefix);
    while (!innerBase.empty() && !innerSide.empty() && innerBase.back() == innerSide.back()) {
        innerBase = innerBase.first(innerBase.size() - 1);
        innerSide = innerSide.first(innerSide.size() - 1);
    }
    auto matches = keptTokens(innerBase, innerSide, maxEdits);
    if (!matches)
        return std::nullopt;
    std::reverse(matches->begin(), matches->end());
    matches->push_back({int(innerBase.size()), int(innerSide.size())}); // the end counts as kept
    std::vector<Hunk> hunks;
    int x = 0;
    int y = 0;
    for (const Match &match : *matches) {
        if (match.base > x || match.side > y)
            hunks.push_back({int(prefix) + x, int(prefix) + match.base, int(prefix) + y, int(prefix) + match.side});
        x = match.base + 1;
        y = match.side + 1;
    }
    return hunks;
}

} // namespace fieldfare::changes
