// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replica_storage.h"

#include <map>

namespace fieldfare::simulation {

using RowKey = std::pair<model::EntityId, base::Id>;

/// All that a device keeps, as a value: copying it is a backup, a clone or what a disk held before a power cut.
struct DeviceDisk {
    changes::ReplicaState state;
    std::map<RowKey, changes::ReplicaRow> rows;
    std::map<RowKey, std::map<model::FieldKey, changes::DirtyField>> dirty;
    std::map<std::uint64_t, changes::StoredOperation> outbox;
    std::map<RowKey, changes::Version> tombstones;
    std::vector<changes::TrayEntry> tray;
    changes::HandedIn handedIn;
    changes::AuditMark auditMark;
    changes::ExportNotes exportNotes;
};

/// changes::ReplicaStorage in memory. Notices when an acknowledged version of a field goes back.
class RamReplicaStorage final : public changes::ReplicaStorage {
public:
    DeviceDisk disk;
    QString violation; ///< The first one noticed.

    base::Result<changes::ReplicaState> state() override { return disk.state; }
    base::Result<void> setState(const changes::ReplicaState &state) override;
    base::Result<std::optional<changes::ReplicaRow>> findRow(model::EntityId entity, const base::Id &id) override;
    base::Result<void> insertRow(const changes::ReplicaRow &row) override;
    base::Result<void> updateRow(const changes::RowUpdate &update) override;
    base::Result<void> removeRow(model::EntityId entity, const base::Id &id) override;
    base::Result<std::vector<base::Id>> acknowledgedIds(model::EntityId entity, const base::Id &after, const base::Id &upTo) override;
    base::Result<std::vector<changes::DirtyField>> dirtyFields(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putDirtyField(model::EntityId entity, const base::Id &id, const changes::DirtyField &field) override;
    base::Result<void> removeDirtyField(model::EntityId entity, const base::Id &id, const model::FieldKey &field) override;
    base::Result<void> appendOperation(const changes::StoredOperation &operation) override;
    base::Result<std::optional<changes::StoredOperation>> findOperation(std::uint64_t n) override;
    base::Result<std::vector<changes::StoredOperation>> operationsAfter(std::uint64_t after, int limit) override;
    base::Result<void> removeOperation(std::uint64_t n) override;
    base::Result<std::uint64_t> firstPendingN() override;
    base::Result<std::uint64_t> lowestPendingBase() override;
    base::Result<void> replaceOutbox(const std::vector<changes::StoredOperation> &operations,
                                     const std::vector<std::pair<std::uint64_t, std::uint64_t>> &renumbered) override;
    base::Result<changes::Version> tombstone(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putTombstone(model::EntityId entity, const base::Id &id, changes::Version version) override;
    base::Result<changes::HandedIn> handedIn() override { return disk.handedIn; }
    base::Result<void> setHandedIn(const changes::HandedIn &handedIn) override;
    base::Result<changes::AuditMark> auditMark() override;
    base::Result<void> setAuditMark(const changes::AuditMark &mark) override;
    base::Result<changes::ExportNotes> exportNotes() override { return disk.exportNotes; }
    base::Result<void> setExportNotes(const changes::ExportNotes &notes) override;
    base::Result<void> addTrayEntry(const changes::TrayEntry &entry) override;
};

} // namespace fieldfare::simulation
