// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <QString>

namespace fieldfare::storage {

/// What a growing number (a sequence, a version) was on each day (UTC), so that "older than N days" follows the days on which
/// this computer wrote, not what other clocks say. Kept in the table meta(name, value) that both a profile and a server's store
/// have, under `prefix` and the day. Lives on the connection's thread; both calls need a transaction.
class DayMarks {
public:
    static constexpr std::int64_t kDayMs = 24LL * 3600 * 1000;

    /// `prefix` is the caller's alone: it must not begin another name of the table.
    DayMarks(Connection &connection, QLatin1StringView prefix) : m_connection(connection), m_prefix(prefix) {}

    [[nodiscard]] static std::int64_t dayOf(std::int64_t ms) { return ms / kDayMs; }

    /// The first mark of a day counts, and needs not be asked for again.
    [[nodiscard]] base::Result<bool> isMarked(std::int64_t day);
    [[nodiscard]] base::Result<void> mark(std::int64_t day, qint64 number);
    /// The number of that day, or of the newest marked one before; 0 without any. Marks of before the found day are dropped.
    [[nodiscard]] base::Result<qint64> numberUpTo(std::int64_t day);

private:
    [[nodiscard]] QString nameOf(std::int64_t day) const;

    Connection &m_connection;
    QLatin1StringView m_prefix;
};

} // namespace fieldfare::storage
