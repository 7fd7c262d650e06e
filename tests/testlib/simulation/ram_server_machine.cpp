// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"
#include "tests/testlib/simulation/server_machine.h"
#include "tests/testlib/simulation/sim_catalog.h"

namespace fieldfare::simulation {

using base::Result;

RamServerMachine::RamServerMachine(bool forgetsBases)
{
    m_storage.forgetsBases = forgetsBases;
    m_storage.parentField = {kThing, model::FieldKey(kParent)};
    m_storage.conflictEntity = model::entities::kConflict.id;
    m_storage.conflictRecordField = simulationCatalog()->entity(m_storage.conflictEntity)->field(QStringLiteral("record"))->key;
}

Result<void> RamServerMachine::write(const Work &work, bool crash)
{
    const ServerDisk before = m_storage.disk;
    Result<void> result = work();
    if (result.ok() && crash)
        result = {base::ErrorCode::ServerFailed, QStringLiteral("crashed before the commit")};
    if (!result.ok())
        m_storage.disk = before;
    return result;
}

void RamServerMachine::setHidden(const std::vector<changes::Version> &versions, bool hidden)
{
    for (const changes::Version version : versions) {
        if (hidden)
            m_storage.hidden.insert(version);
        else
            m_storage.hidden.erase(version);
    }
}

} // namespace fieldfare::simulation
