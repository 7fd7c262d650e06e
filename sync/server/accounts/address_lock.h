// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"

#include <QByteArray>
#include <QHash>

#include <mutex>

namespace fieldfare::server {

/// Wrong sign-ins by where they came from: who guesses at many accounts never fills the count of one. After kFreeFailures those
/// from there wait as growingDelayMs() says. One is forgotten every kForgetOneMs and none by a right sign-in, which who guesses
/// may have, too. A whole office may share an address, so that more are free than of an account. In memory: a restart forgets all.
/// Thread safe.
class AddressLock {
public:
    static constexpr int kFreeFailures = 20;
    static constexpr std::int64_t kForgetOneMs = 600'000;
    static constexpr qsizetype kMostAddresses = 50'000; ///< With more, those go that count for least.

    explicit AddressLock(const base::Clock &clock) : m_clock(clock) {}

    /// Milliseconds until the next sign-in from there is looked at; 0: now.
    [[nodiscard]] std::int64_t waitMs(const QByteArray &address);
    void noteFailure(const QByteArray &address);

private:
    struct Count {
        int failures = 0;
        std::int64_t forgotAt = 0; ///< boot clock, ms: up to here what is to be forgotten was.
        std::int64_t until = 0;    ///< boot clock, ms: of the lock.
    };
    static void forget(Count &count, std::int64_t now);
    void makeRoom(std::int64_t now);

    const base::Clock &m_clock;
    std::mutex m_mutex;
    QHash<QByteArray, Count> m_counts;
};

} // namespace fieldfare::server
