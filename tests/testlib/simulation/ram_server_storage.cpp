// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/ram_server_storage.h"

#include <algorithm>
#include <limits>

namespace fieldfare::simulation {

using base::Id;
using base::Result;
using namespace changes;
using model::EntityId;
using server::ChangeEntry;
using server::DeviceRecord;
using server::LabelledRow;
using server::LabelNumber;
using server::LoggedOperation;
using server::Writer;

Result<std::optional<DeviceRecord>> RamServerStorage::device(const Id &device)
{
    const auto it = disk.devices.find(device);
    return it == disk.devices.end() ? std::optional<DeviceRecord>() : std::optional<DeviceRecord>(it->second);
}

Result<void> RamServerStorage::putDevice(const DeviceRecord &device)
{
    disk.devices[device.device] = device;
    return {};
}

Result<std::optional<std::int64_t>> RamServerStorage::bootOffset(const Id &device, const QByteArray &bootId)
{
    const auto it = disk.bootOffsets.find({device, bootId});
    return it == disk.bootOffsets.end() ? std::optional<std::int64_t>() : std::optional<std::int64_t>(it->second);
}

Result<void> RamServerStorage::putBootOffset(const Id &device, const QByteArray &bootId, std::int64_t offset)
{
    disk.bootOffsets[{device, bootId}] = offset;
    return {};
}

Result<std::optional<LoggedOperation>> RamServerStorage::operation(const OperationName &name)
{
    const auto it = disk.log.find(name);
    return it == disk.log.end() ? std::optional<LoggedOperation>() : std::optional<LoggedOperation>(it->second);
}

Result<std::optional<LoggedOperation>> RamServerStorage::operationByOrigin(const Origin &origin)
{
    const auto [first, last] = disk.byOriginHash.equal_range(origin.hash);
    for (auto it = first; it != last; ++it) {
        const LoggedOperation &logged = disk.log.at(it->second);
        if (logged.origin == origin)
            return std::optional<LoggedOperation>(logged);
    }
    return std::optional<LoggedOperation>();
}

Result<void> RamServerStorage::putOperation(const LoggedOperation &operation)
{
    disk.log[operation.name] = operation;
    disk.byOriginHash.emplace(operation.origin.hash, operation.name);
    if (operation.version != 0)
        disk.byVersion[operation.version] = operation.name;
    return {};
}

Result<void> RamServerStorage::letVerdictsGo(const Id &device, std::uint32_t incarnation, std::uint64_t upToN)
{
    for (auto it = disk.log.lower_bound({device, incarnation, 0}); it != disk.log.end() && it->first.device == device
         && it->first.incarnation == incarnation && it->first.n <= upToN; ++it) {
        it->second.verdict.reset();
        it->second.pushedValue.reset();
        if (forgetsBases)
            it->second.standsFor = it->second.version;
    }
    return {};
}

Result<void> RamServerStorage::clearVerdictValues(EntityId entity, const Id &record)
{
    for (auto &[name, logged] : disk.log) {
        if (logged.entity == entity && logged.record == record) {
            if (logged.verdict)
                logged.verdict->value = model::Value();
            logged.pushedValue.reset();
        }
    }
    return {};
}

Result<std::optional<Writer>> RamServerStorage::writer(Version version)
{
    const auto it = disk.byVersion.find(version);
    if (it == disk.byVersion.end())
        return std::optional<Writer>();
    const LoggedOperation &logged = disk.log.at(it->second);
    const auto device = disk.devices.find(logged.name.device);
    return std::optional<Writer>(Writer{logged.name, logged.origin, logged.user,
                                        device == disk.devices.end() ? QString() : device->second.name, logged.time});
}

Result<std::optional<LabelledRow>> RamServerStorage::row(EntityId entity, const Id &id)
{
    const auto it = disk.rows.find({entity, id});
    return it == disk.rows.end() ? std::optional<LabelledRow>() : std::optional<LabelledRow>(it->second);
}

Result<void> RamServerStorage::insertRow(const LabelledRow &row)
{
    disk.rows[{row.entity, row.id}] = row;
    return {};
}

Result<void> RamServerStorage::updateRow(const ReplicatedRow &row, const std::vector<model::FieldKey> &)
{
    static_cast<ReplicatedRow &>(disk.rows[{row.entity, row.id}]) = row;
    return {};
}

Result<void> RamServerStorage::setLabel(const model::Reference &row, LabelNumber label, Version since)
{
    LabelledRow &stored = disk.rows.at({row.entity, row.id});
    stored.label = label;
    stored.labelSince = since;
    return {};
}

Result<std::vector<model::Reference>> RamServerStorage::childrenOf(const model::Reference &parent)
{
    std::vector<model::Reference> children;
    for (const auto &[key, row] : disk.rows) {
        const auto *reference = key.first == parentField.first ? row.value(parentField.second).reference() : key.first == conflictEntity ? row.value(conflictRecordField).reference() : nullptr;
        if (reference != nullptr && *reference == parent)
            children.push_back({key.first, key.second});
    }
    return children;
}

Result<LabelNumber> RamServerStorage::labelNumber(const server::Label &label)
{
    const auto known = std::find(disk.labels.begin(), disk.labels.end(), label);
    const auto number = LabelNumber(known - disk.labels.begin() + 1);
    if (known == disk.labels.end())
        disk.labels.push_back(label);
    return number;
}

Result<server::Label> RamServerStorage::label(LabelNumber number)
{
    return disk.labels.at(number - 1);
}

Result<std::vector<std::pair<LabelNumber, server::Label>>> RamServerStorage::labels()
{
    std::vector<std::pair<LabelNumber, server::Label>> labels;
    for (const server::Label &label : disk.labels)
        labels.emplace_back(LabelNumber(labels.size() + 1), label);
    return labels;
}

Result<void> RamServerStorage::removeRow(EntityId entity, const Id &id)
{
    disk.rows.erase({entity, id});
    return {};
}

Result<std::vector<Id>> RamServerStorage::conflictsAbout(const model::Reference &record)
{
    std::vector<Id> ids;
    for (auto it = disk.rows.lower_bound({conflictEntity, Id()}); it != disk.rows.end() && it->first.first == conflictEntity; ++it) {
        const auto *reference = it->second.value(conflictRecordField).reference();
        if (reference != nullptr && *reference == record)
            ids.push_back(it->first.second);
    }
    return ids;
}

Result<std::vector<server::ServerStorage::Child>> RamServerStorage::childrenComeAfter(const model::Reference &parent, Version after, int limit)
{
    std::vector<Child> children;
    for (auto it = disk.rows.lower_bound({parentField.first, Id()}); it != disk.rows.end() && it->first.first == parentField.first; ++it) {
        const server::LabelledRow &row = it->second;
        const auto *reference = row.value(parentField.second).reference();
        if (reference != nullptr && *reference == parent && (row.versions.base() > after || row.labelSince > after) && !row.isTrashed())
            children.push_back({row.versions.base(), {row.entity, row.id}});
    }
    std::sort(children.begin(), children.end(), [](const Child &one, const Child &other) { return one.version > other.version; });
    if (children.size() > size_t(limit))
        children.resize(size_t(limit));
    return children;
}

Result<bool> RamServerStorage::isErased(EntityId entity, const Id &id)
{
    return disk.erased.contains({entity, id});
}

Result<void> RamServerStorage::putErased(EntityId entity, const Id &id)
{
    disk.erased.insert({entity, id});
    return {};
}

Result<bool> RamServerStorage::isRefusedCreate(EntityId entity, const Id &id)
{
    return disk.refused.contains({entity, id});
}

Result<void> RamServerStorage::putRefusedCreate(EntityId entity, const Id &id)
{
    disk.refused.insert({entity, id});
    return {};
}

Result<void> RamServerStorage::putChange(const ChangeEntry &entry)
{
    const std::pair key{RowKey{entry.entity, entry.row}, entry.label};
    if (const auto it = disk.indexOf.find(key); it != disk.indexOf.end())
        disk.index.erase({it->second, entry.label});
    const protocol::PullPosition position{entry.seq, entry.row};
    disk.index[{position, entry.label}] = entry;
    disk.indexOf[key] = position;
    return {};
}

Result<std::vector<ChangeEntry>> RamServerStorage::changesAfter(const protocol::PullPosition &position, int limit)
{
    std::vector<ChangeEntry> entries;
    for (auto it = disk.index.upper_bound({position, std::numeric_limits<LabelNumber>::max()}); it != disk.index.end(); ++it) {
        if (entries.size() >= size_t(limit) && (it->second.seq != entries.back().seq || it->second.row != entries.back().row))
            break;
        if (!hidden.contains(it->second.seq))
            entries.push_back(it->second);
    }
    return entries;
}

Result<std::vector<LabelledRow>> RamServerStorage::rowsAfter(EntityId entity, const Id &after, int limit)
{
    std::vector<LabelledRow> rows;
    for (auto it = disk.rows.upper_bound({entity, after}); it != disk.rows.end() && it->first.first == entity && rows.size() < size_t(limit); ++it)
        rows.push_back(it->second);
    return rows;
}

Result<std::uint64_t> RamServerStorage::rowCount(EntityId entity)
{
    std::uint64_t count = 0;
    for (auto it = disk.rows.lower_bound({entity, Id()}); it != disk.rows.end() && it->first.first == entity; ++it)
        ++count;
    return count;
}

Result<server::RowPage> RamServerStorage::rowsLabelled(EntityId entity, const Id &after, const server::LabelSet &labels, int limit)
{
    constexpr int kMostPassed = 3; // few, so that pages without rows occur
    server::RowPage page{{}, after, false};
    auto it = disk.rows.upper_bound({entity, after});
    for (int passed = 0; passed < kMostPassed && page.rows.size() < size_t(limit); ++passed, ++it) {
        if (it == disk.rows.end() || it->first.first != entity)
            return server::RowPage{std::move(page.rows), server::largestId(), true};
        page.upTo = it->first.second;
        if (labels.contains(it->second.label))
            page.rows.push_back(it->second);
    }
    return page;
}

Result<std::uint64_t> RamServerStorage::countLabelled(EntityId entity, const server::LabelSet &labels)
{
    return std::uint64_t(std::count_if(disk.rows.begin(), disk.rows.end(), [&](const auto &entry) { return entry.first.first == entity && labels.contains(entry.second.label); }));
}

Result<void> RamServerStorage::setFloor(Version floor)
{
    disk.floor = floor;
    return {};
}

Result<int> RamServerStorage::dropTombstones(Version upTo, int limit)
{
    int dropped = 0;
    for (auto it = disk.index.begin(); it != disk.index.end() && it->second.seq <= upTo && dropped < limit;) {
        if (it->second.kind == ChangeEntry::Kind::Written) {
            ++it;
            continue;
        }
        disk.indexOf.erase({{it->second.entity, it->second.row}, it->second.label});
        it = disk.index.erase(it);
        ++dropped;
    }
    return dropped;
}

Result<std::optional<Version>> RamServerStorage::lowestLeasedCursor(std::int64_t nowMs)
{
    std::optional<Version> lowest;
    for (const auto &[id, device] : disk.devices) {
        if (device.downloadLeaseUntil > nowMs && !device.revoked)
            lowest = std::min(lowest.value_or(device.downloadCursor), device.downloadCursor);
    }
    return lowest;
}

} // namespace fieldfare::simulation
