// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace fieldfare::server {

namespace {

constexpr qsizetype kManyBuckets = 50'000;
constexpr double kRounding = 1e-6; ///< Sums of parts of a token are not exact.

} // namespace

RateLimit::RateLimit(const base::Clock &clock, double burst, double perSecond)
    : m_clock(clock), m_burst(burst), m_perMs(perSecond / 1000)
{
}

std::int64_t RateLimit::take(const QByteArray &key, double cost)
{
    const std::int64_t now = m_clock.bootMs();
    const std::lock_guard lock(m_mutex);
    if (m_buckets.size() >= kManyBuckets)
        forgetFull(now);
    auto found = m_buckets.find(key);
    if (found == m_buckets.end())
        found = m_buckets.insert(key, {m_burst, now});
    Bucket &bucket = *found;
    bucket.tokens = std::min(m_burst, bucket.tokens + double(now - bucket.at) * m_perMs);
    bucket.at = now;
    const double needed = std::min(cost, m_burst); // what is larger than the bucket may empty it
    if (bucket.tokens + kRounding >= needed) {
        bucket.tokens = std::max(0.0, bucket.tokens - needed);
        return 0;
    }
    return std::max<std::int64_t>(1, std::int64_t(std::ceil((needed - bucket.tokens) / m_perMs - kRounding)));
}

/// A full bucket says no more than none. When all are in use, all start anew: memory stays bounded.
void RateLimit::forgetFull(std::int64_t now)
{
    for (auto it = m_buckets.begin(); it != m_buckets.end();) {
        const bool isFull = it->tokens + double(now - it->at) * m_perMs >= m_burst;
        it = isFull ? m_buckets.erase(it) : std::next(it);
    }
    if (m_buckets.size() >= kManyBuckets)
        m_buckets.clear();
}

} // namespace fieldfare::server
