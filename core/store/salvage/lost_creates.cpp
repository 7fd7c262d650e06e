// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage/lost_creates.h"

#include "core/store/table_layout.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>
#include <set>

namespace fieldfare::store {

using base::Id;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;
using changes::ReplicaStorage;
using changes::StoredOperation;
using model::Entity;
using model::Field;

namespace {

constexpr size_t kChangesAtOnce = 200;

Result<std::vector<std::pair<Id, std::uint64_t>>> placesOf(storage::Connection &connection, const Entity &entity)
{
    FIELDFARE_ASSIGN(const auto query,
                     connection.prepare(QStringLiteral("SELECT id, created_n FROM %1 WHERE created_n IS NOT NULL "
                                                       "AND created_n NOT IN (SELECT n FROM outbox)")
                                            .arg(quoted(entity.table()))));
    std::vector<std::pair<Id, std::uint64_t>> places;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return places;
        places.emplace_back(readId(*query, 0), std::uint64_t(query->int64(1)));
    }
}

Result<std::vector<StoredOperation>> waiting(ReplicaStorage &rows)
{
    return rows.operationsAfter(0, std::numeric_limits<int>::max());
}

} // namespace

/// An empty field is not among the values.
bool LostCreates::Record::saysAsMuch(const changes::FieldValue &said) const
{
    const auto &values = create.values;
    if (!said.value.isEmpty())
        return std::find(values.begin(), values.end(), said) != values.end();
    const auto isOfField = [&said](const changes::FieldValue &one) { return one.field == said.field; };
    return std::none_of(values.begin(), values.end(), isOfField) && std::none_of(later.begin(), later.end(), isOfField);
}

Result<LostCreates> LostCreates::find(Store &store)
{
    std::set<Id> erased;
    FIELDFARE_ASSIGN(const std::vector<StoredOperation> operations, waiting(store.replicaRows()));
    for (const StoredOperation &stored : operations) {
        if (stored.operation.kind == OperationKind::Erase)
            erased.insert(stored.operation.record);
    }
    LostCreates lost;
    const model::CatalogPointer catalog = store.catalog();
    for (const Entity &entity : catalog->entities()) {
        FIELDFARE_ASSIGN(const auto places, placesOf(store.connection(), entity));
        for (const auto &[id, place] : places) {
            if (erased.contains(id))
                lost.m_erased.emplace_back(entity.id(), id);
            else
                lost.m_places.emplace(id, place);
        }
    }
    for (const Entity &entity : catalog->entities()) {
        FIELDFARE_ASSIGN(const auto places, placesOf(store.connection(), entity));
        for (const auto &[id, place] : places) {
            if (lost.contains(id))
                FIELDFARE_TRY(lost.take(store, entity, id));
        }
    }
    std::sort(lost.m_records.begin(), lost.m_records.end(), [&lost](const Record &one, const Record &other) {
        return lost.m_places.at(one.create.record) < lost.m_places.at(other.create.record);
    });
    return lost;
}

Result<bool> LostCreates::isThereBefore(Store &store, const model::Reference &reference, std::uint64_t n) const
{
    FIELDFARE_ASSIGN(const auto target, store.replicaRows().findRow(reference.entity, reference.id));
    return target && target->createdByN < n;
}

Result<void> LostCreates::take(Store &store, const Entity &entity, const Id &id)
{
    FIELDFARE_ASSIGN(const auto row, store.replicaRows().findRow(entity.id(), id));
    Record record;
    record.isTrashed = row->isTrashed();
    record.create.kind = OperationKind::Create;
    record.create.entity = entity.id();
    record.create.record = id;
    for (const Field &field : entity.fields()) {
        const model::Value value = row->value(field.key);
        if (!field.isReplicated() || value.isEmpty())
            continue;
        bool isLater = false;
        if (const model::Reference *reference = value.reference();
            reference != nullptr && !field.has(model::Required)) {
            FIELDFARE_ASSIGN(const bool isThere, isThereBefore(store, *reference, m_places.at(id)));
            isLater = !isThere;
        }
        (isLater ? record.later : record.create.values).push_back({field.key, value});
    }
    m_records.push_back(std::move(record));
    return {};
}

/// Of a record that is created anew. What the create holds as well may stay, as it then changes nothing; it counts
/// where the server has the record after all, because it took the create and its answer was lost.
Result<void> LostCreates::dropSaid(ReplicaStorage &rows, const model::Catalog &catalog,
                                   const StoredOperation &stored) const
{
    const changes::Operation &operation = stored.operation;
    const auto place = m_places.find(operation.record);
    if (place == m_places.end())
        return {};
    if (operation.kind == OperationKind::Set) {
        const auto record =
            std::lower_bound(m_records.begin(), m_records.end(), place->second,
                             [this](const Record &one, std::uint64_t n) { return m_places.at(one.create.record) < n; });
        const Field *field = catalog.entity(operation.entity)->field(operation.field());
        const bool isDifference = field == nullptr || field->merge == model::Merge::Counter; // which would count twice
        if (!isDifference && record->saysAsMuch(operation.values.front()))
            return {};
    }
    return rows.removeOperation(operation.name.n);
}

/// A group is decided as one, and only what stands side by side is one.
void LostCreates::keepGroups(const std::vector<StoredOperation> &operations)
{
    for (Record &record : m_records) {
        const auto behind = std::lower_bound(
            operations.begin(), operations.end(), m_places.at(record.create.record),
            [](const StoredOperation &stored, std::uint64_t n) { return stored.operation.name.n < n; });
        if (behind == operations.begin() || behind == operations.end())
            continue;
        const Id &group = behind->operation.group;
        if (group == std::prev(behind)->operation.group)
            record.create.group = group;
    }
}

Result<void> LostCreates::commit(Store &store, std::vector<LocalChange> changes) const
{
    for (size_t at = 0; at < changes.size(); at += kChangesAtOnce) {
        ChangeSet set;
        set.label = QCoreApplication::translate("Repair", "Salvage: records that the server does not have yet");
        set.isTaken = true;
        const auto first = changes.begin() + std::ptrdiff_t(at);
        set.changes.assign(
            std::make_move_iterator(first),
            std::make_move_iterator(first + std::ptrdiff_t(std::min(kChangesAtOnce, changes.size() - at))));
        FIELDFARE_TRY(store.commit(std::move(set)));
    }
    return {};
}

Result<void> LostCreates::issue(Store &store)
{
    const model::CatalogPointer catalog = store.catalog();
    const auto removed = store.applyRemote([&](changes::Replica &, ReplicaStorage &rows) -> Result<void> {
        FIELDFARE_ASSIGN(const std::vector<StoredOperation> operations, waiting(rows));
        keepGroups(operations);
        for (const StoredOperation &stored : operations)
            FIELDFARE_TRY(dropSaid(rows, *catalog, stored));
        for (const Record &record : m_records)
            FIELDFARE_TRY(rows.removeRow(record.create.entity, record.create.record));
        for (const auto &[entity, id] : m_erased)
            FIELDFARE_TRY(rows.removeRow(entity, id));
        return {};
    });
    FIELDFARE_TRY(removed);
    std::vector<LocalChange> creates;
    std::vector<LocalChange> rest;
    for (const Record &record : m_records) {
        creates.push_back(record.create);
        if (!record.later.empty())
            rest.push_back({.kind = OperationKind::Set,
                            .entity = record.create.entity,
                            .record = record.create.record,
                            .values = record.later,
                            .guards = {},
                            .group = {}});
        if (record.isTrashed)
            rest.push_back({.kind = OperationKind::Trash,
                            .entity = record.create.entity,
                            .record = record.create.record,
                            .values = {},
                            .guards = {},
                            .group = {}});
    }
    FIELDFARE_TRY(commit(store, std::move(creates)));
    for (const Record &record : m_records) {
        FIELDFARE_ASSIGN(const auto row, store.replicaRows().findRow(record.create.entity, record.create.record));
        if (row)
            m_order.emplace(row->createdByN, m_places.at(record.create.record));
    }
    return commit(store, std::move(rest));
}

} // namespace fieldfare::store
