// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/welcome/try_limit.h"

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr int kMinuteMs = 60'000;
constexpr int kMaxMinutes = 60;

int waitMinutes(int failures)
{
    const int waits = std::max(0, failures - TryLimit::kFreeTries);
    return waits >= 6 ? kMaxMinutes : std::min(kMaxMinutes, 1 << waits);
}

} // namespace

void TryLimit::noteFailure()
{
    ++m_failures;
    if (m_failures >= kFreeTries)
        m_blockedUntil = m_clock.bootMs() + std::int64_t(waitMinutes(m_failures)) * kMinuteMs;
}

int TryLimit::triesLeft() const
{
    if (secondsToWait() > 0)
        return 0;
    return std::max(1, kFreeTries - m_failures);
}

int TryLimit::secondsToWait() const
{
    return int(std::max<std::int64_t>(0, m_blockedUntil - m_clock.bootMs() + 999) / 1000);
}

int TryLimit::nextWaitMinutes() const
{
    return waitMinutes(std::max(kFreeTries, m_failures + 1));
}

} // namespace fieldfare::ui
