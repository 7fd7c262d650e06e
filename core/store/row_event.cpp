// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/row_event.h"

#include <algorithm>

namespace fieldfare::store {

using base::Result;
using changes::FieldValue;
using model::FieldKey;
using model::Value;

namespace {

const Value kNone;

const FieldValue *find(const std::vector<FieldValue> &values, const FieldKey &field)
{
    const auto it = std::find_if(values.begin(), values.end(), [&](const FieldValue &entry) { return entry.field == field; });
    return it == values.end() ? nullptr : &*it;
}

} // namespace

const Value &RowEvent::now(const FieldKey &field) const
{
    if (kind == Kind::Removed)
        return kNone;
    if (const FieldValue *changed = find(after, field))
        return changed->value;
    return row.value(field);
}

const Value &RowEvent::former(const FieldKey &field) const
{
    return kind == Kind::Inserted ? kNone : row.value(field);
}

bool RowEvent::changes(const FieldKey &field) const
{
    if (kind == Kind::Changed)
        return find(after, field) != nullptr;
    return !row.value(field).isEmpty();
}

changes::ReplicatedRow RowEvent::rowNow() const
{
    changes::ReplicatedRow result = row;
    for (const FieldValue &entry : after)
        result.setValue(entry.field, entry.value);
    return result;
}

Result<void> ChangeCollector::rowInserted(changes::ReplicaRow &&row, Cause cause)
{
    if (cause == Cause::Download) {
        FIELDFARE_ASSIGN(const qint64 rid, m_storage.rid(row.entity, row.id));
        RidRange &range = m_downloaded[row.entity];
        range.first = range.first == 0 ? rid : std::min(range.first, rid);
        range.last = std::max(range.last, rid);
        return {};
    }
    FIELDFARE_ASSIGN(const qint64 rid, m_storage.rid(row.entity, row.id));
    const changes::RowStamp stamp = row.stamp;
    m_events.push_back({RowEvent::Kind::Inserted, cause, rid, std::move(row), {}, stamp, {}});
    if (cause == Cause::Own)
        m_events.back().operations = m_storage.takeLogged();
    return {};
}

Result<void> ChangeCollector::rowChanged(const changes::ReplicaRow &before, const std::vector<FieldValue> &after,
                                         const changes::RowStamp &stamp, Cause cause)
{
    FIELDFARE_ASSIGN(const qint64 rid, m_storage.rid(before.entity, before.id));
    m_events.push_back({RowEvent::Kind::Changed, cause, rid, before, after, stamp, {}});
    if (cause == Cause::Own)
        m_events.back().operations = m_storage.takeLogged();
    return {};
}

Result<void> ChangeCollector::rowRemoved(const changes::ReplicaRow &row, Cause cause)
{
    FIELDFARE_ASSIGN(const qint64 rid, m_storage.rid(row.entity, row.id));
    m_events.push_back({RowEvent::Kind::Removed, cause, rid, row, {}, row.stamp, {}});
    return {};
}

std::vector<RowEvent> ChangeCollector::take()
{
    return std::exchange(m_events, {});
}

QHash<model::EntityId, RidRange> ChangeCollector::takeDownloaded()
{
    return std::exchange(m_downloaded, {});
}

void ChangeCollector::clear()
{
    m_events.clear();
    m_downloaded.clear();
}

} // namespace fieldfare::store
