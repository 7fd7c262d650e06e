// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>
#include <QTimeZone>

#include <cstdint>
#include <optional>

namespace fieldfare::exchange {

/// How three bare numbers make a date.
enum class DateOrder { YearMonthDay, DayMonthYear, MonthDayYear };

/// A date as it stands in a cell, with the time and zone if it has them.
struct ParsedDate {
    std::int32_t days = 0; ///< Since 1970-01-01, proleptic Gregorian calendar.
    bool hasTime = false;
    std::int32_t msOfDay = 0;              ///< 0..86,399,999
    std::optional<int> offsetSeconds = {}; ///< East of UTC, if the text names a zone.
    bool isOrderFixed = false;             ///< Written so that the order plays no part (see below).
};

/// Reads one date. Accepted, with ASCII or full-width digits:
///  - order fixed: 2024-03-05, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日 (or 号), 5 Mar 2024, March 5, 2024, and the
///    ISO 8601 forms 2024-03-05T14:30:05.123+08:00 and 20240305T143005Z;
///  - order needed: three numbers parted by - / . or a space, years of four digits (1000..9999) or of two (00..69 are
///    2000..2069, 70..99 are 1970..1999 as in POSIX strptime);
///  - after it, parted by a space, T or comma: 14:30, 14:30:05, 14:30:05.123, 2:30 PM, 下午2:30, 14时30分05秒, and a
///  zone: Z, UTC,
///    GMT, +08:00, +0800, +08.
/// Nothing else, above all no day numbers of spreadsheets: they look like any integer. nullopt if it is not a date.
[[nodiscard]] std::optional<ParsedDate> parseDateText(QStringView text, DateOrder order);

/// Days since 1970-01-01 of the date as written; a time or zone beside it is passed over.
[[nodiscard]] std::optional<std::int32_t> parseDate(QStringView text, DateOrder order);

/// Milliseconds since 1970-01-01 UTC. Without a zone in the text the time is taken as local to `zone`; without a time
/// as the first moment of the day there.
[[nodiscard]] std::optional<std::int64_t> parseInstant(QStringView text, DateOrder order, const QTimeZone &zone);

/// What a whole column says about its order.
struct DateColumn {
    DateOrder order = DateOrder::YearMonthDay;
    bool isAmbiguous = false; ///< Another order reads as many values, and differently: ask the person.
    qint64 dates = 0;         ///< Values that are dates in `order`.
    qint64 contradicting = 0; ///< Dates only in another order: 13/05 among 05/13. They will be rejected.
    qint64 unreadable = 0;    ///< No date in any order.
};

/// Finds the order that reads the most values of a column. Ties: values parted by dots are day first (no one writes
/// 08.15.2024), else `preferred`. Empty values do not count. Not thread safe.
class DateOrderFinder {
public:
    explicit DateOrderFinder(DateOrder preferred = DateOrder::DayMonthYear) : m_preferred(preferred) {}

    void add(QStringView text);
    [[nodiscard]] DateColumn finding() const;

private:
    DateOrder m_preferred;
    qint64 m_readable[3] = {0, 0, 0}; ///< By order; only values whose order is not fixed.
    qint64 m_fixed = 0;
    qint64 m_open = 0; ///< Values readable in some order, not fixed.
    qint64 m_openWithDots = 0;
    qint64 m_unreadable = 0;
    bool m_differ[3][3] = {}; ///< Two orders read some value differently.
};

} // namespace fieldfare::exchange
