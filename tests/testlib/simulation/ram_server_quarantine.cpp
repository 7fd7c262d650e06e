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
    HandIn handIn = found->second;
    for (auto it = disk.quarantine.lower_bound({device, 0}); it != disk.quarantine.end() && it->first.first == device; ++it) {
        handIn.waiting += it->second.refused || it->first.second <= disk.devices.at(device).lastN ? 0 : 1;
        handIn.bytes += it->second.refused ? 0 : it->second.content.size();
    }
    return std::optional<HandIn>(handIn);
}

Result<void> RamServerStorage::putHandIn(const HandIn &handIn)
{
    HandIn stored = handIn;
    stored.waiting = stored.bytes = 0;
    disk.handIns[handIn.device] = stored;
    return {};
}

Result<std::vector<HandIn>> RamServerStorage::handIns()
{
    std::vector<HandIn> all;
    for (const auto &[device, stored] : disk.handIns) {
        FIELDFARE_ASSIGN(const auto counted, handIn(device));
        all.push_back(*counted);
    }
    return all;
}

Result<std::vector<QuarantinedOperation>> RamServerStorage::quarantined(const Id &device, std::uint64_t after, int limit)
{
    std::vector<QuarantinedOperation> operations;
    for (auto it = disk.quarantine.upper_bound({device, after});
         it != disk.quarantine.end() && it->first.first == device && operations.size() < size_t(limit); ++it)
        operations.push_back(it->second);
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

Result<void> RamServerStorage::dropDecidedQuarantine(std::int64_t beforeMs)
{
    std::erase_if(disk.quarantine, [&](const auto &entry) { return entry.second.refused && entry.second.decidedAt < beforeMs; });
    return {};
}

} // namespace fieldfare::simulation
