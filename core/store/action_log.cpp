// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The table `action`: what was done at once, under which label, and what took it back.
#include "core/store/history_log.h"

#include <limits>

namespace fieldfare::store {

using base::Id;
using base::Result;

namespace {

constexpr QLatin1StringView kSelect(
    "SELECT a.id, a.label, a.cause, a.at, a.user, a.created, a.updated, a.trashed, a.restored, a.finished, a.resume, "
    "(SELECT b.id FROM action b WHERE b.aid = a.undoes), (SELECT b.id FROM action b WHERE b.aid = a.undone_by) FROM action a");

ActionEntry readAction(const storage::Statement &row)
{
    ActionEntry entry;
    entry.id = readId(row, 0);
    entry.label = row.text(1);
    entry.cause = Cause(row.int64(2));
    entry.at = row.int64(3);
    entry.user = readId(row, 4);
    entry.created = int(row.int64(5));
    entry.updated = int(row.int64(6));
    entry.trashed = int(row.int64(7));
    entry.restored = int(row.int64(8));
    entry.finished = row.int64(9) == 1;
    entry.resumeCursor = row.blob(10);
    entry.undoes = readId(row, 11);
    entry.undoneBy = readId(row, 12);
    return entry;
}

} // namespace

Result<std::optional<qint64>> HistoryLog::actionNumber(const Id &id)
{
    storage::Statement &query = m_connection.statement(QLatin1StringView("SELECT aid FROM action WHERE id = ?"));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? std::optional<qint64>(query.int64(0)) : std::nullopt;
}

Result<qint64> HistoryLog::openAction(const ChangeSet &set, const Id &id, qint64 atMs, const Id &user)
{
    FIELDFARE_ASSIGN(const auto known, actionNumber(id));
    if (known)
        return *known;
    storage::Statement &insert = m_connection.statement(QLatin1StringView(
        "INSERT INTO action(id, label, cause, at, user, created, updated, trashed, restored, finished, depth) "
        "VALUES (?, ?, ?, ?, ?, 0, 0, 0, 0, 0, 0)"));
    bindId(insert, 1, id);
    insert.bindText(2, set.label);
    insert.bind(3, int(set.cause));
    insert.bind(4, atMs);
    bindId(insert, 5, user);
    FIELDFARE_TRY(insert.run());
    return m_connection.lastInsertRowId();
}

Result<void> HistoryLog::countAction(qint64 aid, const CommitReport &report, const ChangeSet &set)
{
    storage::Statement &update = m_connection.statement(QLatin1StringView(
        "UPDATE action SET created = created + ?, updated = updated + ?, trashed = trashed + ?, restored = restored + ?, "
        "finished = ?, resume = ? WHERE aid = ?"));
    update.bind(1, report.created);
    update.bind(2, report.updated);
    update.bind(3, report.trashed);
    update.bind(4, report.restored);
    update.bind(5, set.finished);
    if (!set.finished && !set.resumeCursor.isEmpty())
        update.bindBlob(6, set.resumeCursor);
    update.bind(7, aid);
    return update.runLater();
}

Result<std::optional<ActionEntry>> HistoryLog::action(qint64 aid)
{
    storage::Statement &query = m_connection.statement(QString(kSelect) + QStringLiteral(" WHERE a.aid = ?"));
    const storage::StatementReset reset(query);
    query.bind(1, aid);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? std::optional<ActionEntry>(readAction(query)) : std::nullopt;
}

Result<std::vector<ActionEntry>> HistoryLog::actions(int limit, bool unfinishedOnly)
{
    storage::Statement &query = m_connection.statement(
        QString(kSelect) + (unfinishedOnly ? QStringLiteral(" WHERE a.finished = 0") : QString())
        + QStringLiteral(" ORDER BY a.aid DESC LIMIT ?"));
    const storage::StatementReset reset(query);
    query.bind(1, limit);
    std::vector<ActionEntry> entries;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return entries;
        entries.push_back(readAction(query));
    }
}

Result<void> HistoryLog::linkUndo(qint64 undo, qint64 undone)
{
    storage::Statement &first = m_connection.statement(QLatin1StringView(
        "UPDATE action SET undoes = ?1, depth = (SELECT b.depth + 1 FROM action b WHERE b.aid = ?1) WHERE aid = ?2"));
    first.bind(1, undone);
    first.bind(2, undo);
    FIELDFARE_TRY(first.run());
    storage::Statement &second = m_connection.statement(QLatin1StringView("UPDATE action SET undone_by = ? WHERE aid = ?"));
    second.bind(1, undo);
    second.bind(2, undone);
    return second.run();
}

Result<std::optional<Id>> HistoryLog::lastUndoable()
{
    // An odd depth is an undo; an even one did something, or did it again.
    storage::Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT id FROM action WHERE undone_by IS NULL AND depth % 2 = 0 AND cause <> ? "
        "AND created + updated + trashed + restored > 0 ORDER BY aid DESC LIMIT 1"));
    const storage::StatementReset reset(query);
    query.bind(1, int(Cause::Seed));
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? std::optional<Id>(readId(query, 0)) : std::nullopt;
}

} // namespace fieldfare::store
