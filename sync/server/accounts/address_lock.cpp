// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/address_lock.h"

#include "sync/server/accounts/growing_delay.h"

namespace fieldfare::server {

void AddressLock::forget(Count &count, std::int64_t now)
{
    const std::int64_t times = (now - count.forgotAt) / kForgetOneMs;
    count.failures = int(std::max<std::int64_t>(0, count.failures - times));
    count.forgotAt += times * kForgetOneMs;
}

std::int64_t AddressLock::waitMs(const QByteArray &address)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_counts.constFind(address);
    return found == m_counts.constEnd() ? 0 : std::max<std::int64_t>(0, found->until - m_clock.bootMs());
}

void AddressLock::noteFailure(const QByteArray &address)
{
    const std::int64_t now = m_clock.bootMs();
    const std::lock_guard lock(m_mutex);
    if (m_counts.size() >= kMostAddresses && !m_counts.contains(address))
        makeRoom(now);
    auto found = m_counts.find(address);
    if (found == m_counts.end())
        found = m_counts.insert(address, {0, now, 0});
    forget(*found, now);
    ++found->failures;
    const std::int64_t delay = growingDelayMs(found->failures, kFreeFailures);
    found->until = delay > 0 ? now + delay : 0;
}

/// First what is forgotten anyway, then what never came to a lock, then everything: memory stays bounded.
void AddressLock::makeRoom(std::int64_t now)
{
    for (Count &count : m_counts)
        forget(count, now);
    m_counts.removeIf([](const auto &entry) { return entry->failures == 0; });
    if (m_counts.size() >= kMostAddresses)
        m_counts.removeIf([now](const auto &entry) { return entry->until <= now; });
    if (m_counts.size() >= kMostAddresses)
        m_counts.clear();
}

} // namespace fieldfare::server
