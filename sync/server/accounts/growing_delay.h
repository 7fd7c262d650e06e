// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cstdint>

namespace fieldfare::server {

inline constexpr std::int64_t kFirstDelayMs = 30'000;
inline constexpr std::int64_t kLongestDelayMs = 3'600'000;

/// How long to wait after so many wrong tries, of which `free` minus one cost nothing: 30 s, doubled by each further one, at most an hour.
[[nodiscard]] constexpr std::int64_t growingDelayMs(int failures, int free)
{
    if (failures < free)
        return 0;
    const int doublings = std::min(failures - free, 20);
    return std::min(kFirstDelayMs << doublings, kLongestDelayMs);
}

} // namespace fieldfare::server
