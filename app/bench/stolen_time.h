// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <cstdio>

namespace fieldfare::bench {

/// Nanoseconds that the host of this virtual machine took its processors away, all of them together, ever growing in steps of a clock
/// tick; 0 where nobody says so. From /proc/stat (proc(5): user nice system idle iowait irq softirq steal, in ticks of 10 ms).
inline std::int64_t stolenNs()
{
    long long ticks = 0;
    if (std::FILE *file = std::fopen("/proc/stat", "re")) {
        if (std::fscanf(file, "cpu %*d %*d %*d %*d %*d %*d %*d %lld", &ticks) != 1)
            ticks = 0;
        std::fclose(file);
    }
    return ticks * 10'000'000;
}

} // namespace fieldfare::bench
