// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

namespace fieldfare::ui {

/// Slows guessing at the passphrase down: five tries, then a wait of one minute, then one try a wait that doubles up to an
/// hour. Counts by the boot clock, so that a changed wall clock shortens nothing.
class TryLimit {
public:
    static constexpr int kFreeTries = 5;

    explicit TryLimit(const base::Clock &clock) : m_clock(clock) {}

    void noteFailure();
    void noteSuccess() { m_failures = 0, m_blockedUntil = 0; }
    /// Tries before the next wait; 0 while waiting.
    [[nodiscard]] int triesLeft() const;
    /// Seconds to wait now, rounded up; 0 when a try is allowed.
    [[nodiscard]] int secondsToWait() const;
    /// Minutes of the next wait.
    [[nodiscard]] int nextWaitMinutes() const;

private:
    const base::Clock &m_clock;
    int m_failures = 0;
    std::int64_t m_blockedUntil = 0; // boot ms
};

} // namespace fieldfare::ui
