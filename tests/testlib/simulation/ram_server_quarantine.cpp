// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/ram_server_storage.h"

namespace fieldfare::simulation {

using base::Id;
using base::Result;
using server::HandIn;
using server::QuarantinedOperation;

Result<std::optional<HandIn>> RamServerStorage::handIn(const Id &device)
{
    const auto found = disk.handIns.find(device);
    if (found == disk.handIns.end())
        return std::optional<HandIn>();
    return std::optional<HandIn>(found->second);
}

Result<void> RamServerStorage::putHandIn(const HandIn &handIn)
{
    disk.handIns[handIn.device] = handIn;
    return {};
}

Result<std::vector<HandIn>> RamServerStorage::handIns()
{
    std::vector<HandIn> all;
    for (const auto &[device, stored] : disk.handIns)
        all.push_back(stored);
    return all;
}

Result<server::QuarantineCounts> RamServerStorage::quarantineCounts(const Id &device)
{
    server::QuarantineCounts counts;
    std::set<Id> records;
    for (auto it = disk.quarantine.lower_bound({device, 0}); it != disk.quarantine.end() && it->first.first == device; ++it) {
        ++quarantinedRead;
        if (it->second.refused) {
            ++counts.refused;
            continue;
        }
        ++counts.waiting;
        counts.bytes += it->second.content.size();
        records.insert(it->second.record);
    }
    counts.records = std::int64_t(records.size());
    return counts;
}

Result<std::int64_t> RamServerStorage::quarantineBytes()
{
    std::int64_t bytes = 0;
    for (const auto &[key, operation] : disk.quarantine)
        bytes += operation.refused ? 0 : operation.content.size();
    quarantinedRead += disk.quarantine.size();
    return bytes;
}

Result<std::vector<QuarantinedOperation>> RamServerStorage::quarantined(const Id &device, std::uint64_t after, int limit)
{
    std::vector<QuarantinedOperation> operations;
    for (auto it = disk.quarantine.upper_bound({device, after});
         it != disk.quarantine.end() && it->first.first == device && operations.size() < size_t(limit); ++it)
        operations.push_back(it->second);
    quarantinedRead += operations.size();
    return operations;
}

Result<std::vector<QuarantinedOperation>> RamServerStorage::quarantinedAbout(model::EntityId entity, const Id &record)
{
    std::vector<QuarantinedOperation> operations;
    for (const auto &[key, operation] : disk.quarantine) {
        if (operation.entity == entity && operation.record == record)
            operations.push_back(operation);
    }
    return operations;
}

Result<void> RamServerStorage::putQuarantined(const QuarantinedOperation &operation)
{
    disk.quarantine[{operation.name.device, operation.name.n}] = operation;
    return {};
}

Result<void> RamServerStorage::removeQuarantined(const changes::OperationName &name)
{
    disk.quarantine.erase({name.device, name.n});
    return {};
}

Result<void> RamServerStorage::removeWaiting(const Id &device, std::uint64_t after, std::uint64_t upTo)
{
    std::erase_if(disk.quarantine, [&](const auto &entry) {
        return entry.first.first == device && entry.first.second > after && entry.first.second <= upTo && !entry.second.refused;
    });
    return {};
}

Result<int> RamServerStorage::dropDecidedQuarantine(std::int64_t beforeMs, int limit)
{
    int dropped = 0;
    std::erase_if(disk.quarantine, [&](const auto &entry) {
        const bool isOld = entry.second.refused && entry.second.decidedAt < beforeMs && dropped < limit;
        dropped += isOld ? 1 : 0;
        return isOld;
    });
    return dropped;
}

} // namespace fieldfare::simulation
