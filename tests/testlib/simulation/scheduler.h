// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"

#include <functional>
#include <map>
#include <random>

namespace fieldfare::simulation {

/// Deterministic randomness of one schedule; the same seed gives the same story on every machine.
class Dice final : public base::RandomSource {
public:
    explicit Dice(std::uint64_t seed) : m_engine(seed * 0x9E3779B97F4A7C15ULL + 1) {}
    void fill(std::span<std::uint8_t> bytes) override
    {
        for (std::uint8_t &byte : bytes)
            byte = std::uint8_t(m_engine() >> 32);
    }
    /// 0 to bound - 1.
    int below(int bound) { return int((m_engine() >> 11) % std::uint64_t(bound)); }
    bool chance(int percent) { return below(100) < percent; }

private:
    std::mt19937_64 m_engine;
};

/// Virtual time and what happens in it. Events of one moment run in the order in which they were planned.
class Scheduler {
public:
    [[nodiscard]] std::int64_t now() const { return m_now; }
    void after(std::int64_t delay, std::function<void()> event) { m_events.emplace(m_now + delay, std::move(event)); }
    void runUntil(std::int64_t time)
    {
        while (!m_events.empty() && m_events.begin()->first <= time)
            step();
        m_now = std::max(m_now, time);
    }
    void runAll(int atMost)
    {
        while (!m_events.empty() && atMost-- > 0)
            step();
    }
    [[nodiscard]] bool isIdle() const { return m_events.empty(); }

private:
    void step()
    {
        auto event = m_events.extract(m_events.begin());
        m_now = std::max(m_now, event.key());
        event.mapped()();
    }
    std::int64_t m_now = 1'800'000'000'000;
    std::multimap<std::int64_t, std::function<void()>> m_events;
};

/// A machine's clocks: the wall may be wrong and may jump; the boot clock counts from the last start.
class VirtualClock final : public base::Clock {
public:
    explicit VirtualClock(const Scheduler &scheduler) : m_scheduler(scheduler) { reboot(1); }
    [[nodiscard]] std::int64_t wallMs() const override { return m_scheduler.now() + m_skew; }
    [[nodiscard]] std::int64_t bootMs() const override { return m_scheduler.now() - m_bootedAt; }
    [[nodiscard]] QByteArray bootId() const override { return m_bootId; }
    void setSkew(std::int64_t skew) { m_skew = skew; }
    void reboot(int number)
    {
        m_bootedAt = m_scheduler.now();
        m_bootId = QByteArray(15, 'b') + char(number);
    }

private:
    const Scheduler &m_scheduler;
    std::int64_t m_skew = 0;
    std::int64_t m_bootedAt = 0;
    QByteArray m_bootId;
};

} // namespace fieldfare::simulation
