// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/day_marks.h"

namespace fieldfare::storage {

using base::Result;

/// Sorts as the days do.
QString DayMarks::nameOf(std::int64_t day) const
{
    return m_prefix + QStringLiteral("%1").arg(day, 8, 10, QLatin1Char('0'));
}

Result<bool> DayMarks::isMarked(std::int64_t day)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT 1 FROM meta WHERE name = ?"));
    const StatementReset reset(query);
    query.bindText(1, nameOf(day));
    return query.step();
}

Result<void> DayMarks::mark(std::int64_t day, qint64 number)
{
    Statement &note = m_connection.statement(QLatin1StringView("INSERT INTO meta(name, value) VALUES(?1, ?2) ON CONFLICT DO NOTHING"));
    note.bindText(1, nameOf(day));
    note.bind(2, number);
    return note.run();
}

Result<qint64> DayMarks::numberUpTo(std::int64_t day)
{
    const QString first(m_prefix); // is before every day
    QString found;
    qint64 number = 0;
    {
        Statement &query = m_connection.statement(
            QLatin1StringView("SELECT name, value FROM meta WHERE name >= ?1 AND name <= ?2 ORDER BY name DESC LIMIT 1"));
        const StatementReset reset(query);
        query.bindText(1, first);
        query.bindText(2, nameOf(day));
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return number;
        found = query.text(0);
        number = query.int64(1);
    }
    Statement &forget = m_connection.statement(QLatin1StringView("DELETE FROM meta WHERE name >= ?1 AND name < ?2"));
    forget.bindText(1, first);
    forget.bindText(2, found);
    FIELDFARE_TRY(forget.run());
    return number;
}

} // namespace fieldfare::storage
