// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/replica_access.h"
#include "tests/testlib/simulation/ram_replica_storage.h"

#include <memory>

namespace fieldfare::simulation {

/// A laptop's program and disk, without network: where a simulated device keeps its rows and log. Two implementations: maps
/// in memory, and a whole store in an encrypted file on a disk that forgets what was not synced.
class DeviceMachine {
public:
    using Work = engine::ReplicaAccess::Work;
    enum class Kind { OwnEdit, Sync };

    virtual ~DeviceMachine() = default;
    /// What is committed now. Valid until the next call that changes something.
    virtual const DeviceDisk &disk() = 0;
    /// One transaction; an error rolls back.
    virtual base::Result<void> run(Kind kind, const Work &work) = 0;
    /// True once after a run() in which the power went: the outcome is unknown, the machine is up again.
    virtual bool takeLostPower() { return false; }
    /// The power goes now, and comes back.
    virtual void crash() = 0;
    virtual void backUp() = 0;
    /// False without a backup.
    virtual bool restoreBackup() = 0;
    [[nodiscard]] virtual const DeviceDisk *backup() const = 0;
    /// The profile's folder is copied here. Both are of the same kind.
    virtual void copyFrom(DeviceMachine &other) = 0;
    /// What broke below the rules: a version that went back, a file that does not open. Empty when all held.
    [[nodiscard]] virtual QString violation() = 0;
    /// At the end, when all is acknowledged: the whole file is looked through. Empty when it is sound.
    [[nodiscard]] virtual QString check(const QByteArray &serverChecksum)
    {
        Q_UNUSED(serverChecksum)
        return {};
    }

    bool mayLosePower = true; ///< In the middle of a run().
};

/// As a backup restores it: all but clocks.
[[nodiscard]] bool isSame(const DeviceDisk &one, const DeviceDisk &other);

} // namespace fieldfare::simulation
