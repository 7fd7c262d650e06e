// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QHash>

#include <mutex>

namespace fieldfare::server {

/// A token bucket for each key (an account, a device, an address): `burst` at once, then `perSecond`. Thread safe.
class RateLimit {
public:
    RateLimit(const base::Clock &clock, double burst, double perSecond);

    /// 0: go on. Otherwise the milliseconds after which `cost` would be there.
    [[nodiscard]] std::int64_t take(const QByteArray &key, double cost = 1);

private:
    struct Bucket {
        double tokens = 0;
        std::int64_t at = 0; ///< boot clock, ms
    };
    void forgetFull(std::int64_t now);

    const base::Clock &m_clock;
    const double m_burst;
    const double m_perMs;
    std::mutex m_mutex;
    QHash<QByteArray, Bucket> m_buckets;
};

} // namespace fieldfare::server
