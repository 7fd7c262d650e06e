// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/row_event.h"
#include "core/store/views.h"

namespace fieldfare::store {

/// A line of history with what only the store needs to know.
struct HistoryLine : HistoryEntry {
    qint64 aid = 0;                   ///< Local number of the action; 0 for what arrived.
    qint64 undoes = 0;                ///< The action that this one takes back; 0 for none.
    std::optional<changes::Version> version; ///< What the server answered; empty while the operation waits.
};

/// The tables `history` and `action` (core/store/docs/tables.md).
class HistoryLog {
public:
    explicit HistoryLog(storage::Connection &connection) : m_connection(connection) {}

    /// Writes what the events mean. `aid` 0 for what arrived. Rows that went away take their history along, as erasure asks.
    base::Result<void> write(const std::vector<RowEvent> &events, qint64 aid, const changes::ReplicaState &state);

    base::Result<std::vector<HistoryLine>> ofRecord(const base::Id &record, int limit);
    /// Newest first: lines of an action with a seq below `before`.
    base::Result<std::vector<HistoryLine>> ofAction(qint64 aid, qint64 before, int limit);

    /// The action's local number; made when it is new.
    base::Result<qint64> openAction(const ChangeSet &set, const base::Id &id, qint64 atMs, const base::Id &user);
    base::Result<void> countAction(qint64 aid, const CommitReport &report, const ChangeSet &set);
    base::Result<std::optional<qint64>> actionNumber(const base::Id &id);
    base::Result<std::optional<ActionEntry>> action(qint64 aid);
    base::Result<std::vector<ActionEntry>> actions(int limit, bool unfinishedOnly);
    /// Notes that `undo` takes `undone` back.
    base::Result<void> linkUndo(qint64 undo, qint64 undone);
    /// See Store::lastUndoable.
    base::Result<std::optional<base::Id>> lastUndoable();

private:
    base::Result<void> writeLine(const RowEvent &event, HistoryKind kind, const changes::FieldValue *after, qint64 aid,
                                 const changes::ReplicaState &state);
    storage::Connection &m_connection;
};

} // namespace fieldfare::store
