// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QElapsedTimer>

#include <algorithm>
#include <vector>

namespace fieldfare::bench {

/// Seconds since it was made.
class Stopwatch {
public:
    Stopwatch() { m_timer.start(); }
    [[nodiscard]] double seconds() const { return double(m_timer.nsecsElapsed()) / 1e9; }

private:
    QElapsedTimer m_timer;
};

/// The p-th fraction (0 to 1) of the samples; sorts them.
[[nodiscard]] inline double percentile(std::vector<double> &samples, double p)
{
    if (samples.empty())
        return 0;
    std::sort(samples.begin(), samples.end());
    return samples[std::min(samples.size() - 1, size_t(double(samples.size()) * p))];
}

[[nodiscard]] inline double median(std::vector<double> &samples)
{
    return percentile(samples, 0.5);
}

} // namespace fieldfare::bench
