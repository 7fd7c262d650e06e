// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/history_trimming.h"

#include <QVarLengthArray>

namespace fieldfare::store {

using base::Result;
using storage::Statement;
using storage::StatementReset;

namespace {

const QString kDone = QStringLiteral("store.history-trimmed"); ///< The day on which all was looked at.

} // namespace

Result<bool> HistoryTrimming::step(std::int64_t nowMs)
{
    const std::int64_t today = storage::DayMarks::dayOf(nowMs);
    if (today != m_day) {
        FIELDFARE_ASSIGN(const bool isMarked, m_days.isMarked(today));
        if (!isMarked) {
            FIELDFARE_ASSIGN(const qint64 newest, newestLine());
            FIELDFARE_TRY(m_days.mark(today, newest));
        }
        m_day = today;
        m_seen = 0;
    }
    // Nothing of a profile without a server may go, and to find that out would be to read all of it.
    FIELDFARE_ASSIGN(const ProfileInfo info, m_meta.profileInfo());
    FIELDFARE_ASSIGN(const qint64 doneOn, m_meta.number(kDone, 0));
    if (info.isStandAlone() || doneOn == today)
        return false;
    // The day's own lines came after its mark, so what is marked for a day is at least as old as that day.
    FIELDFARE_ASSIGN(const qint64 noted, m_days.numberUpTo(storage::DayMarks::dayOf(nowMs - kKeptMs)));
    // The newest line of all stays: SQLite gives the next line the number after it.
    FIELDFARE_ASSIGN(const qint64 newest, newestLine());
    const qint64 upTo = std::min(noted, newest - 1);
    if (m_seen == 0) {
        FIELDFARE_ASSIGN(const qint64 first, m_connection.queryInt64(QLatin1StringView("SELECT coalesce(min(seq), 1) FROM history")));
        m_seen = first - 1;
    }
    if (m_seen < upTo) {
        const qint64 last = std::min(m_seen + kLinesAStep, upTo);
        FIELDFARE_TRY(drop(m_seen + 1, last));
        m_seen = last;
    }
    if (m_seen < upTo)
        return true;
    FIELDFARE_TRY(m_meta.setNumber(kDone, today));
    return false;
}

Result<qint64> HistoryTrimming::newestLine()
{
    return m_connection.queryInt64(QLatin1StringView("SELECT coalesce(max(seq), 0) FROM history"));
}

Result<void> HistoryTrimming::drop(qint64 first, qint64 last)
{
    // Conflicts name their record as entity (2 bytes) and id. They exist in every catalog of the product, not of each test.
    FIELDFARE_ASSIGN(const qint64 hasConflicts, m_connection.queryInt64(QLatin1StringView(
                                                    "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'conflict'")));
    const QString inConflict = hasConflicts != 0
        ? QStringLiteral(" AND record NOT IN (SELECT substr(record, 3) FROM conflict WHERE trashed = 0 AND status = 'open' AND record IS NOT NULL)")
        : QString();
    // What an undo of the days that are kept took back: its lines are above what is dropped.
    Statement &lines = m_connection.statement(
        QStringLiteral("DELETE FROM history WHERE seq BETWEEN ?1 AND ?2 AND NOT (n IS NOT NULL AND version IS NULL)%1 "
                       "AND (aid IS NULL OR aid IN (SELECT a.aid FROM action a WHERE a.aid = history.aid AND a.finished = 1 "
                       "AND (a.undone_by IS NULL OR NOT EXISTS (SELECT 1 FROM history u WHERE u.aid = a.undone_by AND u.seq > ?2)))) "
                       "RETURNING aid")
            .arg(inConflict));
    QVarLengthArray<qint64> actions;
    {
        const StatementReset reset(lines);
        lines.bind(1, first);
        lines.bind(2, last);
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, lines.step());
            if (!row)
                break;
            if (const qint64 aid = lines.int64(0); aid != 0 && (actions.isEmpty() || actions.last() != aid))
                actions.append(aid);
        }
    }
    for (const qint64 aid : actions) {
        Statement &empty = m_connection.statement(
            QLatin1StringView("DELETE FROM action WHERE aid = ?1 AND finished = 1 AND NOT EXISTS (SELECT 1 FROM history WHERE aid = ?1)"));
        empty.bind(1, aid);
        FIELDFARE_TRY(empty.run());
    }
    return {};
}

} // namespace fieldfare::store
