// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/day_marks.h"
#include "core/store/meta_table.h"

namespace fieldfare::store {

/// History is kept for 90 days on the device (DESIGN 3), by the day on which a line was written here, so that the wrong clock
/// of another device neither keeps nor drops anything. Never dropped, however old:
/// - lines of own operations that wait for their verdict, so all of a profile without a server;
/// - lines of records with an open conflict, which a person needs to decide;
/// - lines of actions that are not finished, or that an undo of the last 90 days took back: doing that again needs them;
/// - the newest line of all.
/// An action whose lines are gone goes too and is no longer offered for undo.
class HistoryTrimming {
public:
    static constexpr std::int64_t kKeptMs = 90LL * 24 * 3600 * 1000;
    static constexpr qint64 kLinesAStep = 2000; ///< Looked at, a few milliseconds.

    HistoryTrimming(storage::Connection &connection, MetaTable &meta) : m_connection(connection), m_meta(meta), m_days(connection, kDayPrefix) {}

    /// Looks at the next lines. True when there are more to look at today; what was done today is known after a restart.
    /// Needs a transaction.
    base::Result<bool> step(std::int64_t nowMs);

private:
    static constexpr QLatin1StringView kDayPrefix{"store.history-day."};

    base::Result<qint64> newestLine();
    base::Result<void> drop(qint64 first, qint64 last);

    storage::Connection &m_connection;
    MetaTable &m_meta;
    storage::DayMarks m_days; ///< The newest line of history when the day began here.
    std::int64_t m_day = 0; ///< Of the pass that m_seen belongs to.
    qint64 m_seen = 0;      ///< Lines up to here were looked at today.
};

} // namespace fieldfare::store
