// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <QDateTime>

/// A small company that could be real, for tests and screenshots: 90 customers, people, talks, deals and tickets around
/// Tuesday 24 November 2026, with edits that wait and one conflict. The same values in each run.
namespace fieldfare::testlib {

/// A clock that stands still until it is moved.
class FixedClock final : public base::Clock {
public:
    explicit FixedClock(const QDateTime &now = QDateTime(QDate(2026, 11, 24), QTime(14, 34), Qt::UTC)) : m_ms(now.toMSecsSinceEpoch()) {}
    [[nodiscard]] std::int64_t wallMs() const override { return m_ms; }
    [[nodiscard]] std::int64_t bootMs() const override { return m_ms - kBootMs; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, 'b'); }
    void set(const QDateTime &now) { m_ms = now.toMSecsSinceEpoch(); }
    void advance(std::int64_t ms) { m_ms += ms; }

private:
    static constexpr std::int64_t kBootMs = 1'790'000'000'000;
    std::int64_t m_ms;
};

/// The same bytes in each run. Not fit for keys.
class SeededRandom final : public base::RandomSource {
public:
    explicit SeededRandom(std::uint64_t seed = 1) : m_state(seed) {}
    void fill(std::span<std::uint8_t> bytes) override;

private:
    std::uint64_t m_state;
};

struct SampleOptions {
    bool chinese = false;   ///< People, places and next steps in Chinese; company names stay.
    bool withServer = true; ///< A profile with a server: the last edits wait, one conflict is open. Otherwise stand-alone.
};

/// Ids that tests and screenshots ask for.
struct SampleCompany {
    base::Id me;        ///< Markita Hansen
    base::Id treequote; ///< The customer of the pictures
    base::Id iselectrics; ///< Has the conflict
};

/// What the person is called in the company of that language.
[[nodiscard]] QString shownName(const QString &english, bool chinese);

/// Fills an empty store. The clock is moved through the past and ends where it was.
base::Result<SampleCompany> fillSampleCompany(store::Store &store, FixedClock &clock, const SampleOptions &options = {});

} // namespace fieldfare::testlib
