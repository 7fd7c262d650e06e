// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/ram_replica_storage.h"

#include <algorithm>

namespace fieldfare::simulation {

using base::Id;
using base::Result;
using namespace changes;
using model::EntityId;
using model::FieldKey;

Result<void> RamReplicaStorage::setState(const ReplicaState &state)
{
    disk.state = state;
    return {};
}

Result<std::optional<ReplicaRow>> RamReplicaStorage::findRow(EntityId entity, const Id &id)
{
    const auto it = disk.rows.find({entity, id});
    return it == disk.rows.end() ? std::optional<ReplicaRow>() : std::optional<ReplicaRow>(it->second);
}

Result<void> RamReplicaStorage::insertRow(const ReplicaRow &row)
{
    if (!disk.rows.emplace(RowKey{row.entity, row.id}, row).second)
        return {base::ErrorCode::Internal, QStringLiteral("row inserted twice")};
    return {};
}

Result<void> RamReplicaStorage::updateRow(const RowUpdate &update)
{
    const auto it = disk.rows.find({update.entity, update.id});
    if (it == disk.rows.end())
        return {base::ErrorCode::Internal, QStringLiteral("update of a missing row")};
    ReplicaRow &row = it->second;
    for (const auto &[field, version] : row.versions.exceptions()) {
        if (update.versions.of(field) < version && violation.isEmpty())
            violation = QStringLiteral("a field's acknowledged version went back");
    }
    for (const FieldValue &entry : update.shown)
        row.setValue(entry.field, entry.value);
    row.versions = update.versions;
    row.createdByN = update.createdByN;
    row.stamp = update.stamp;
    return {};
}

Result<void> RamReplicaStorage::removeRow(EntityId entity, const Id &id)
{
    disk.rows.erase({entity, id});
    disk.dirty.erase({entity, id});
    return {};
}

Result<std::vector<Id>> RamReplicaStorage::acknowledgedIds(EntityId entity, const Id &after, const Id &upTo)
{
    std::vector<Id> ids;
    for (auto it = disk.rows.upper_bound({entity, after}); it != disk.rows.end() && it->first.first == entity && it->first.second <= upTo; ++it) {
        if (it->second.createdByN == 0)
            ids.push_back(it->first.second);
    }
    return ids;
}

Result<std::vector<DirtyField>> RamReplicaStorage::dirtyFields(EntityId entity, const Id &id)
{
    std::vector<DirtyField> fields;
    if (const auto it = disk.dirty.find({entity, id}); it != disk.dirty.end()) {
        for (const auto &[key, field] : it->second)
            fields.push_back(field);
    }
    return fields;
}

Result<void> RamReplicaStorage::putDirtyField(EntityId entity, const Id &id, const DirtyField &field)
{
    disk.dirty[{entity, id}][field.field] = field;
    return {};
}

Result<void> RamReplicaStorage::removeDirtyField(EntityId entity, const Id &id, const FieldKey &field)
{
    const auto it = disk.dirty.find({entity, id});
    if (it != disk.dirty.end()) {
        it->second.erase(field);
        if (it->second.empty())
            disk.dirty.erase(it);
    }
    return {};
}

Result<void> RamReplicaStorage::appendOperation(const StoredOperation &operation)
{
    disk.outbox[operation.operation.name.n] = operation;
    return {};
}

Result<std::optional<StoredOperation>> RamReplicaStorage::findOperation(std::uint64_t n)
{
    const auto it = disk.outbox.find(n);
    return it == disk.outbox.end() ? std::optional<StoredOperation>() : std::optional<StoredOperation>(it->second);
}

Result<std::vector<StoredOperation>> RamReplicaStorage::operationsAfter(std::uint64_t after, int limit)
{
    std::vector<StoredOperation> operations;
    for (auto it = disk.outbox.upper_bound(after); it != disk.outbox.end() && operations.size() < size_t(limit); ++it)
        operations.push_back(it->second);
    return operations;
}

Result<void> RamReplicaStorage::removeOperation(std::uint64_t n)
{
    disk.outbox.erase(n);
    return {};
}

Result<std::uint64_t> RamReplicaStorage::firstPendingN()
{
    return disk.outbox.empty() ? 0 : disk.outbox.begin()->first;
}

Result<std::uint64_t> RamReplicaStorage::lowestPendingBase()
{
    std::uint64_t lowest = 0;
    for (const auto &[n, stored] : disk.outbox) {
        const auto &own = stored.operation.base.own;
        if (own && own->name.device == disk.state.device && own->name.incarnation == disk.state.incarnation)
            lowest = lowest == 0 ? own->name.n : std::min(lowest, own->name.n);
    }
    return lowest;
}

Result<void> RamReplicaStorage::replaceOutbox(const std::vector<StoredOperation> &operations,
                                              const std::vector<std::pair<std::uint64_t, std::uint64_t>> &renumbered)
{
    const std::map<std::uint64_t, std::uint64_t> numbers(renumbered.begin(), renumbered.end());
    const auto renumber = [&](std::uint64_t &n) {
        if (const auto it = numbers.find(n); it != numbers.end())
            n = it->second;
    };
    for (auto &[key, row] : disk.rows)
        renumber(row.createdByN);
    for (auto &[key, fields] : disk.dirty) {
        for (auto &[field, entry] : fields)
            renumber(entry.lastN);
    }
    disk.outbox.clear();
    for (const StoredOperation &operation : operations)
        disk.outbox[operation.operation.name.n] = operation;
    return {};
}

Result<Version> RamReplicaStorage::tombstone(EntityId entity, const Id &id)
{
    const auto it = disk.tombstones.find({entity, id});
    return it == disk.tombstones.end() ? 0 : it->second;
}

Result<void> RamReplicaStorage::putTombstone(EntityId entity, const Id &id, Version version)
{
    Version &stored = disk.tombstones[{entity, id}];
    stored = std::max(stored, version);
    return {};
}

Result<void> RamReplicaStorage::setExportNotes(const ExportNotes &notes)
{
    disk.exportNotes = notes;
    return {};
}

Result<AuditMark> RamReplicaStorage::auditMark()
{
    return disk.auditMark;
}

Result<void> RamReplicaStorage::setAuditMark(const AuditMark &mark)
{
    disk.auditMark = mark;
    return {};
}

Result<void> RamReplicaStorage::setHandedIn(const HandedIn &handedIn)
{
    disk.handedIn = handedIn;
    return {};
}

Result<void> RamReplicaStorage::addTrayEntry(const TrayEntry &entry)
{
    disk.tray.push_back(entry);
    return {};
}

} // namespace fieldfare::simulation
