// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/ram_device_machine.h"

namespace fieldfare::simulation {

using base::Result;

Result<void> RamDeviceMachine::run(Kind kind, const Work &work)
{
    const DeviceDisk before = m_storage.disk;
    changes::Replica replica(m_storage, *this, m_clock, m_mutants.replica);
    Result<void> result = work(replica, m_storage);
    if (result.ok())
        makeDurable(kind);
    else
        m_storage.disk = before;
    return result;
}

bool RamDeviceMachine::restoreBackup()
{
    if (!m_backup)
        return false;
    m_storage.disk = *m_backup;
    m_durable = m_storage.disk;
    return true;
}

void RamDeviceMachine::copyFrom(DeviceMachine &other)
{
    m_storage.disk = static_cast<RamDeviceMachine &>(other).m_durable;
    m_durable = m_storage.disk;
}

void RamDeviceMachine::makeDurable(Kind kind)
{
    if (m_mutants.receiptBeforeSync && m_dice.chance(60))
        return;
    if (kind == Kind::Sync && m_mutants.cursorBeforeData && m_dice.chance(60)) {
        m_durable.state.cursor = m_storage.disk.state.cursor;
        return;
    }
    m_durable = m_storage.disk;
}

bool isSame(const DeviceDisk &one, const DeviceDisk &other)
{
    const auto sameOutbox = [](const auto &a, const auto &b) {
        return a.first == b.first && a.second.hash == b.second.hash && a.second.rolling == b.second.rolling
            && a.second.operation.origin == b.second.operation.origin;
    };
    const auto sameDirty = [](const auto &a, const auto &b) {
        return a.first == b.first && a.second.acknowledged == b.second.acknowledged && a.second.lastN == b.second.lastN;
    };
    const auto sameRow = [](const auto &a, const auto &b) {
        return a.first == b.first && a.second == b.second && a.second.createdByN == b.second.createdByN;
    };
    const auto sameFields = [&](const auto &a, const auto &b) {
        return a.first == b.first && std::equal(a.second.begin(), a.second.end(), b.second.begin(), b.second.end(), sameDirty);
    };
    return one.state.lastN == other.state.lastN && one.state.cursor == other.state.cursor && one.state.rolling == other.state.rolling
        && one.state.acknowledgedN == other.state.acknowledgedN && one.state.downloadAfter == other.state.downloadAfter
        && one.state.device == other.state.device && one.tray.size() == other.tray.size()
        && std::equal(one.outbox.begin(), one.outbox.end(), other.outbox.begin(), other.outbox.end(), sameOutbox)
        && std::equal(one.rows.begin(), one.rows.end(), other.rows.begin(), other.rows.end(), sameRow)
        && std::equal(one.dirty.begin(), one.dirty.end(), other.dirty.begin(), other.dirty.end(), sameFields);
}

} // namespace fieldfare::simulation
