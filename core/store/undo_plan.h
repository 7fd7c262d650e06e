// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/field_standing.h"
#include "core/store/record_reader.h"

#include <map>
#include <set>

namespace fieldfare::store {

/// Finds the changes that take an action back (DESIGN 3): a field only where it still is what the action made it, a created
/// record only when nobody else touched it or points to it; the rest is listed. Reads only.
class UndoPlan {
public:
    UndoPlan(HistoryLog &history, RecordReader &reader, SqlReplicaStorage &storage, base::IdGenerator &ids, qint64 action);

    /// Looks at the next lines of the action, newest first. False when these were the last.
    base::Result<bool> next(int lines);
    /// What next() found to do; hands it over.
    std::vector<changes::LocalChange> takeChanges();

    [[nodiscard]] int undone() const { return m_undone; }
    [[nodiscard]] int total() const { return m_total; }
    [[nodiscard]] const std::vector<UndoKept> &kept() const { return m_kept; }

private:
    base::Result<void> addCreate(const HistoryLine &line);
    base::Result<void> addField(const HistoryLine &line);
    base::Result<bool> isUnmoved(const HistoryLine &line, const changes::ReplicaRow &row);
    void keep(const HistoryLine &line, UndoKept::Reason reason, const HistoryLine *by);

    HistoryLog &m_history;
    RecordReader &m_reader;
    SqlReplicaStorage &m_storage;
    base::IdGenerator &m_ids;
    qint64 m_action;
    qint64 m_before;
    std::set<std::pair<base::Id, model::FieldKey>> m_seen;
    std::vector<changes::LocalChange> m_changes;
    std::map<base::Id, size_t> m_setByRecord; // index in m_changes
    std::vector<UndoKept> m_kept;
    int m_undone = 0;
    int m_total = 0;
};

} // namespace fieldfare::store
