// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/undo_plan.h"

#include <algorithm>
#include <limits>

namespace fieldfare::store {

using base::Id;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;
using model::FieldKey;

namespace {

constexpr int kLinesOfRecord = 5000; ///< More history than that on one record counts as touched by others.

} // namespace

UndoPlan::UndoPlan(HistoryLog &history, RecordReader &reader, SqlReplicaStorage &storage, base::IdGenerator &ids, qint64 action)
    : m_history(history), m_reader(reader), m_storage(storage), m_ids(ids), m_action(action),
      m_before(std::numeric_limits<qint64>::max())
{
}

std::vector<LocalChange> UndoPlan::takeChanges()
{
    m_setByRecord.clear();
    return std::exchange(m_changes, {});
}

void UndoPlan::keep(const HistoryLine &line, UndoKept::Reason reason, const HistoryLine *by)
{
    m_kept.push_back({line.entity, line.record, line.field, reason, by ? by->user : Id(), by ? by->at : 0});
}

Result<bool> UndoPlan::next(int limit)
{
    FIELDFARE_ASSIGN(const std::vector<HistoryLine> lines, m_history.ofAction(m_action, m_before, limit));
    for (const HistoryLine &line : lines) {
        m_before = line.seq;
        if (line.kind == HistoryKind::Remove || !m_seen.emplace(line.record, line.field).second)
            continue;
        ++m_total;
        if (line.kind == HistoryKind::Create)
            FIELDFARE_TRY(addCreate(line));
        else
            FIELDFARE_TRY(addField(line));
    }
    return int(lines.size()) == limit;
}

Result<void> UndoPlan::addCreate(const HistoryLine &line)
{
    FIELDFARE_ASSIGN(const auto row, m_storage.findRow(line.entity, line.record));
    if (!row) {
        keep(line, UndoKept::Reason::Gone, nullptr);
        return {};
    }
    if (row->isTrashed()) {
        --m_total; // taken back by somebody already; neither undone nor in the way
        return {};
    }
    FIELDFARE_ASSIGN(const std::vector<HistoryLine> lines, m_history.ofRecord(line.record, kLinesOfRecord));
    std::map<FieldKey, std::vector<HistoryLine>> fields;
    for (const HistoryLine &other : lines) {
        if (other.kind == HistoryKind::Set)
            fields[other.field].push_back(other);
    }
    for (const auto &[field, fieldLines] : fields) {
        const FieldStanding standing(fieldLines);
        if (const HistoryLine *other = standing.other(m_action)) {
            keep(line, UndoKept::Reason::Touched, other);
            return {};
        }
    }
    FIELDFARE_ASSIGN(const auto pointing, m_reader.referencing({line.entity, line.record}, 1, m_action));
    if (!pointing.empty()) {
        FIELDFARE_ASSIGN(const auto history, m_history.ofRecord(pointing.front().id, 1));
        keep(line, UndoKept::Reason::Referenced, history.empty() ? nullptr : &history.front());
        return {};
    }
    LocalChange trash;
    trash.kind = OperationKind::Trash;
    trash.entity = line.entity;
    trash.record = line.record;
    m_changes.push_back(std::move(trash));
    ++m_undone;
    return {};
}

/// The version is looked at as well as history: another device may have set the field away and back between two pulls.
Result<bool> UndoPlan::isUnmoved(const HistoryLine &line, const changes::ReplicaRow &row)
{
    if (!line.version)
        return true; // the operation waits, or the profile has no server
    FIELDFARE_ASSIGN(const auto dirty, m_storage.dirtyFields(line.entity, line.record));
    for (const changes::DirtyField &field : dirty) {
        if (field.field == line.field)
            return true; // a later own operation that guards it
    }
    return row.versions.of(line.field) == *line.version;
}

Result<void> UndoPlan::addField(const HistoryLine &line)
{
    FIELDFARE_ASSIGN(const auto row, m_storage.findRow(line.entity, line.record));
    if (!row) {
        keep(line, UndoKept::Reason::Gone, nullptr);
        return {};
    }
    FIELDFARE_ASSIGN(std::vector<HistoryLine> lines, m_history.ofRecord(line.record, kLinesOfRecord));
    const auto isOwnCreate = [&](const HistoryLine &other) { return other.kind == HistoryKind::Create && other.aid == m_action; };
    if (line.kind != HistoryKind::Set && std::any_of(lines.begin(), lines.end(), isOwnCreate)) {
        --m_total; // trashed by the action that made it: taking the create back means the trash, too
        return {};
    }
    std::erase_if(lines, [&](const HistoryLine &other) { return other.field != line.field || other.kind == HistoryKind::Create; });
    const FieldStanding standing(lines);
    const std::optional<model::Value> before = standing.before(m_action);
    FIELDFARE_ASSIGN(const bool unmoved, isUnmoved(lines.empty() ? line : lines.front(), *row));
    if (!before || !unmoved) {
        keep(line, UndoKept::Reason::ChangedSince, lines.empty() ? nullptr : &lines.front());
        return {};
    }
    ++m_undone;
    LocalChange change;
    change.entity = line.entity;
    change.record = line.record;
    if (line.kind != HistoryKind::Set) {
        change.kind = before->integerOr(0) == 1 ? OperationKind::Trash : OperationKind::Restore;
        m_changes.push_back(std::move(change));
        return {};
    }
    const auto known = m_setByRecord.find(line.record);
    if (known != m_setByRecord.end()) {
        LocalChange &together = m_changes[known->second];
        together.values.push_back({line.field, *before});
        if (together.group.isNull())
            together.group = m_ids.next();
        return {};
    }
    change.kind = OperationKind::Set;
    change.values = {{line.field, *before}};
    m_setByRecord.emplace(line.record, m_changes.size());
    m_changes.push_back(std::move(change));
    return {};
}

} // namespace fieldfare::store
