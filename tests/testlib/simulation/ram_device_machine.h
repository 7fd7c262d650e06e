// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testlib/simulation/device_machine.h"
#include "tests/testlib/simulation/mutants.h"
#include "tests/testlib/simulation/scheduler.h"

namespace fieldfare::simulation {

/// The production replica over maps. What a power cut leaves is what was durable; the mutants of rule 11 stand here.
class RamDeviceMachine final : public DeviceMachine, public changes::ReplicaListener {
public:
    RamDeviceMachine(const Mutants &mutants, const base::Clock &clock, Dice &dice) : m_mutants(mutants), m_clock(clock), m_dice(dice) {}

    const DeviceDisk &disk() override { return m_storage.disk; }
    base::Result<void> run(Kind kind, const Work &work) override;
    void crash() override { m_storage.disk = m_durable; }
    void backUp() override { m_backup = m_durable; }
    bool restoreBackup() override;
    [[nodiscard]] const DeviceDisk *backup() const override { return m_backup ? &*m_backup : nullptr; }
    void copyFrom(DeviceMachine &other) override;
    [[nodiscard]] QString violation() override { return m_storage.violation; }

    // ReplicaListener
    base::Result<void> rowInserted(changes::ReplicaRow &&, Cause) override { return {}; }
    base::Result<void> rowChanged(const changes::ReplicaRow &, const std::vector<changes::FieldValue> &, const changes::RowStamp &, Cause) override { return {}; }
    base::Result<void> rowRemoved(const changes::ReplicaRow &, Cause) override { return {}; }

private:
    void makeDurable(Kind kind);

    const Mutants &m_mutants;
    const base::Clock &m_clock;
    Dice &m_dice;
    RamReplicaStorage m_storage;
    DeviceDisk m_durable;
    std::optional<DeviceDisk> m_backup;
};

} // namespace fieldfare::simulation
