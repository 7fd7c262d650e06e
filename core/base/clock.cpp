// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/clock.h"

#include "core/base/platform.h"

#include <chrono>

namespace fieldfare::base {

SystemClock::SystemClock() : m_bootId(platform::bootId()) {}

std::int64_t SystemClock::wallMs() const
{
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::int64_t SystemClock::bootMs() const
{
    return platform::bootMs();
}

QByteArray SystemClock::bootId() const
{
    return m_bootId;
}

} // namespace fieldfare::base
