// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/testlib/simulation/ram_server_storage.h"

#include <functional>

namespace fieldfare::simulation {

/// A server's program and disk, without network. Two implementations, as of DeviceMachine.
class ServerMachine {
public:
    using Work = std::function<base::Result<void>()>;

    virtual ~ServerMachine() = default;
    /// The object stays the same while generation() does.
    virtual server::ServerStorage &storage() = 0;
    [[nodiscard]] virtual int generation() const { return 0; }
    /// What is committed now. Valid until the next call that changes something.
    virtual const ServerDisk &disk() = 0;
    /// One transaction; an error rolls back. With `crash` the program dies before the commit.
    virtual base::Result<void> write(const Work &work, bool crash = false) = 0;
    virtual base::Result<void> read(const Work &work) = 0;
    /// True once after a write() in which the power went: the outcome is unknown, the server is up again.
    virtual bool takeLostPower() { return false; }
    /// Pulls do not see these versions yet (mutant: commits out of order).
    virtual void setHidden(const std::vector<changes::Version> &, bool) {}
    [[nodiscard]] virtual QString violation() { return {}; }
    /// At the end: the whole file is looked through. Empty when it is sound.
    [[nodiscard]] virtual QString check() { return {}; }

    bool mayLosePower = true; ///< In the middle of a write().
};

/// In memory.
class RamServerMachine final : public ServerMachine {
public:
    explicit RamServerMachine(bool forgetsBases);

    server::ServerStorage &storage() override { return m_storage; }
    const ServerDisk &disk() override { return m_storage.disk; }
    base::Result<void> write(const Work &work, bool crash) override;
    base::Result<void> read(const Work &work) override { return work(); }
    void setHidden(const std::vector<changes::Version> &versions, bool hidden) override;

private:
    RamServerStorage m_storage;
};

} // namespace fieldfare::simulation
