// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/merge/server_storage.h"

#include <map>
#include <set>

namespace fieldfare::simulation {

using RowKey = std::pair<model::EntityId, base::Id>;

/// All that a server keeps, as a value.
struct ServerDisk {
    std::uint64_t epoch = 1;
    std::uint64_t counter = 0;
    std::map<base::Id, server::DeviceRecord> devices;
    std::map<std::pair<base::Id, QByteArray>, std::int64_t> bootOffsets;
    std::map<changes::OperationName, server::LoggedOperation> log;
    std::map<changes::Version, changes::OperationName> byVersion;
    std::multimap<QByteArray, changes::OperationName> byOriginHash;
    std::map<RowKey, server::LabelledRow> rows;
    std::vector<server::Label> labels{server::Label()}; ///< By number less one: the first is everybody's.
    std::set<RowKey> erased;
    std::set<RowKey> refused;
    std::map<std::pair<protocol::PullPosition, server::LabelNumber>, server::ChangeEntry> index;
    std::map<std::pair<RowKey, server::LabelNumber>, protocol::PullPosition> indexOf;
    changes::Version floor = 0;
    std::map<base::Id, server::HandIn> handIns;
    std::map<std::pair<base::Id, std::uint64_t>, server::QuarantinedOperation> quarantine;
};

/// server::ServerStorage in memory.
class RamServerStorage final : public server::ServerStorage {
public:
    ServerDisk disk;
    model::EntityId conflictEntity = 0;
    model::FieldKey conflictRecordField;
    std::pair<model::EntityId, model::FieldKey> parentField; ///< Of the one entity with children.
    bool forgetsBases = false; ///< Keeps of a let-go operation no more than the rules ask for.
    size_t quarantinedRead = 0; ///< Operations that were read out of the quarantine, or counted.
    std::set<changes::Version> hidden; ///< Versions that pulls do not see yet (mutant: commits out of order).

    std::uint64_t epoch() override { return disk.epoch; }
    base::Result<changes::Version> counter() override { return (disk.epoch << changes::kCounterBits) | disk.counter; }
    base::Result<changes::Version> nextVersion() override { return (disk.epoch << changes::kCounterBits) | ++disk.counter; }
    base::Result<std::optional<server::DeviceRecord>> device(const base::Id &device) override;
    base::Result<void> putDevice(const server::DeviceRecord &device) override;
    base::Result<std::optional<std::int64_t>> bootOffset(const base::Id &device, const QByteArray &bootId) override;
    base::Result<void> putBootOffset(const base::Id &device, const QByteArray &bootId, std::int64_t offset) override;
    base::Result<std::optional<server::LoggedOperation>> operation(const changes::OperationName &name) override;
    base::Result<std::optional<server::LoggedOperation>> operationByOrigin(const changes::Origin &origin) override;
    base::Result<void> putOperation(const server::LoggedOperation &operation) override;
    base::Result<void> letVerdictsGo(const base::Id &device, std::uint32_t incarnation, std::uint64_t upToN) override;
    base::Result<void> clearVerdictValues(model::EntityId entity, const base::Id &record) override;
    base::Result<std::optional<server::Writer>> writer(changes::Version version) override;
    base::Result<std::optional<server::LabelledRow>> row(model::EntityId entity, const base::Id &id) override;
    base::Result<void> insertRow(const server::LabelledRow &row) override;
    base::Result<void> updateRow(const changes::ReplicatedRow &row, const std::vector<model::FieldKey> &changed) override;
    base::Result<void> removeRow(model::EntityId entity, const base::Id &id) override;
    base::Result<void> setLabel(const model::Reference &row, server::LabelNumber label, changes::Version since) override;
    base::Result<std::vector<model::Reference>> childrenOf(const model::Reference &parent) override;
    base::Result<server::LabelNumber> labelNumber(const server::Label &label) override;
    base::Result<server::Label> label(server::LabelNumber number) override;
    base::Result<std::vector<std::pair<server::LabelNumber, server::Label>>> labels() override;
    base::Result<std::vector<base::Id>> conflictsAbout(const model::Reference &record) override;
    base::Result<std::vector<Child>> childrenComeAfter(const model::Reference &parent, changes::Version after, int limit) override;
    base::Result<bool> isErased(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putErased(model::EntityId entity, const base::Id &id) override;
    base::Result<bool> isRefusedCreate(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putRefusedCreate(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putChange(const server::ChangeEntry &entry) override;
    base::Result<std::vector<server::ChangeEntry>> changesAfter(const protocol::PullPosition &position, int limit) override;
    base::Result<std::vector<server::LabelledRow>> rowsAfter(model::EntityId entity, const base::Id &after, int limit) override;
    base::Result<std::uint64_t> rowCount(model::EntityId entity) override;
    base::Result<server::RowPage> rowsLabelled(model::EntityId entity, const base::Id &after, const server::LabelSet &labels, int limit) override;
    base::Result<std::uint64_t> countLabelled(model::EntityId entity, const server::LabelSet &labels) override;
    base::Result<std::optional<server::HandIn>> handIn(const base::Id &device) override;
    base::Result<void> putHandIn(const server::HandIn &handIn) override;
    base::Result<std::vector<server::HandIn>> handIns() override;
    base::Result<server::QuarantineCounts> quarantineCounts(const base::Id &device) override;
    base::Result<std::int64_t> quarantineBytes() override;
    base::Result<std::vector<server::QuarantinedOperation>> quarantined(const base::Id &device, std::uint64_t after, int limit) override;
    base::Result<std::vector<server::QuarantinedOperation>> quarantinedAbout(model::EntityId entity, const base::Id &record) override;
    base::Result<void> putQuarantined(const server::QuarantinedOperation &operation) override;
    base::Result<void> removeQuarantined(const changes::OperationName &name) override;
    base::Result<void> removeWaiting(const base::Id &device, std::uint64_t after, std::uint64_t upTo) override;
    base::Result<int> dropDecidedQuarantine(std::int64_t beforeMs, int limit) override;
    base::Result<changes::Version> floor() override { return disk.floor; }
    base::Result<void> setFloor(changes::Version floor) override;
    base::Result<int> dropTombstones(changes::Version upTo, int limit) override;
    base::Result<std::optional<changes::Version>> lowestLeasedCursor(std::int64_t nowMs) override;
};

} // namespace fieldfare::simulation
