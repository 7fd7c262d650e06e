// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/sim_server.h"

#include "core/model/entities/entities.h"
#include "tests/testlib/simulation/sim_catalog.h"

namespace fieldfare::simulation {

using base::Id;
using base::Result;

SimServer::SimServer(const Mutants &mutants, Scheduler &scheduler, Dice &dice, Oracle &oracle)
    : m_mutants(mutants), m_scheduler(scheduler), m_dice(dice), m_oracle(oracle), m_clock(scheduler),
      m_merger(storage, simulationCatalog(), m_clock, mutants.merger), m_puller(storage, simulationCatalog(), m_clock, mutants.puller)
{
    storage.forgetsBases = mutants.serverForgetsBases;
    storage.conflictEntity = model::entities::kConflict.id;
    storage.conflictRecordField = simulationCatalog()->entity(storage.conflictEntity)->field(QStringLiteral("record"))->key;
}

Result<protocol::PushReply> SimServer::push(const protocol::PushRequest &request)
{
    const ServerDisk before = storage.disk;
    auto reply = m_merger.push(request);
    if (!reply.ok()) {
        storage.disk = before;
        m_oracle.fail(QStringLiteral("the server failed: ") + reply.error().detail);
        return reply;
    }
    if (chaos && m_dice.chance(4)) {
        storage.disk = before;
        return {base::ErrorCode::ServerFailed, QStringLiteral("crashed before the commit")};
    }
    m_oracle.noteCommit(request, before, storage.disk);
    if (m_mutants.commitsBecomeVisibleLate && m_dice.chance(50)) {
        std::vector<changes::Version> versions;
        for (std::uint64_t n = before.counter + 1; n <= storage.disk.counter; ++n)
            versions.push_back((storage.disk.epoch << changes::kCounterBits) | n);
        storage.hidden.insert(versions.begin(), versions.end());
        m_scheduler.after(700, [this, versions] {
            for (const changes::Version version : versions)
                storage.hidden.erase(version);
        });
    }
    return reply;
}

protocol::EnrolReply SimServer::enrol(const Id &user)
{
    protocol::EnrolReply reply;
    reply.device = Id::fromBytes(m_dice.bytes(Id::kSize));
    reply.user = user;
    reply.incarnation = 1;
    reply.epoch = storage.disk.epoch;
    server::DeviceRecord device;
    device.device = reply.device;
    device.incarnation = 1;
    device.user = user;
    device.name = QStringLiteral("device-%1").arg(++m_devices);
    device.rolling = changes::firstRollingHash();
    storage.disk.devices[reply.device] = device;
    if (!storage.disk.rows.contains({model::entities::kUser.id, user})) {
        const model::Entity *entity = simulationCatalog()->entity(model::entities::kUser.id);
        const auto key = [&](const char *name) { return entity->field(QString::fromLatin1(name))->key; };
        const auto written = m_merger.writeAsServer(entity->id(), user,
                                                    {{key("name"), model::Value(QStringLiteral("ann"))},
                                                     {key("role"), model::Value(QStringLiteral("system_administrator"))}},
                                                    Id());
        if (!written.ok())
            m_oracle.fail(QStringLiteral("the server could not write a user"));
    }
    return reply;
}

void SimServer::setDisabled(const Id &device, bool disabled)
{
    storage.disk.devices[device].userDisabled = disabled;
}

} // namespace fieldfare::simulation
