// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/engine/sync_engine.h"
#include "tests/testlib/simulation/device_machine.h"
#include "tests/testlib/simulation/sim_server.h"

namespace fieldfare::simulation {

/// One laptop: the production replica and engine over a machine, a network that loses, doubles and delays, a disk that a
/// power cut takes back to what was synced.
class SimDevice final : public engine::Transport, public engine::ReplicaAccess {
public:
    SimDevice(int number, const Mutants &mutants, Storages storages, Scheduler &scheduler, Dice &dice, SimServer &server, Oracle &oracle);

    void join(const base::Id &user);
    void copyFrom(const SimDevice &other);
    void commit(const std::vector<changes::LocalChange> &changes);
    /// The network goes after so many requests; -1: not by plan.
    void sync(int requests = -1);
    void crash();
    void restoreBackup();
    void takeBackup() { m_machine->backUp(); }
    void downloadAnew();
    /// A page of a pull comes once more, late.
    void replayPage();

    [[nodiscard]] const DeviceDisk &disk() const { return m_machine->disk(); }
    /// The whole profile is looked through; all must be acknowledged. Empty when it is sound.
    [[nodiscard]] QString check(const QByteArray &serverChecksum) { return m_machine->check(serverChecksum); }

    VirtualClock clock;
    bool chaos = true;

    // Transport
    void push(const protocol::PushRequest &request, engine::Callback<protocol::PushReply> done) override;
    void pull(const protocol::PullRequest &request, engine::Callback<protocol::PullReply> done) override;
    void beginDownload(const base::Id &device, engine::Callback<protocol::DownloadStart> done) override;
    void downloadPage(const protocol::DownloadRequest &request, engine::Callback<protocol::DownloadPage> done) override;
    void enrolAnew(const base::Id &formerDevice, engine::Callback<protocol::EnrolReply> done) override;
    void handIn(const protocol::HandInRequest &request, engine::Callback<protocol::HandInReply> done) override;
    void tellExports(const protocol::ExportsRequest &request, engine::Callback<protocol::ExportsReply> done) override;
    void cancelAll() override { ++m_connection; }
    // ReplicaAccess
    void run(Work work, std::function<void(base::Result<void>)> done) override;

private:
    void noteEdits(std::uint64_t after, const DeviceDisk &before);
    void restart();
    void registerCursorLate();
    void adoptScope();
    template <typename T>
    void send(std::function<base::Result<T>()> handle, engine::Callback<T> done);
    int m_number;
    const Mutants &m_mutants;
    Scheduler &m_scheduler;
    Dice &m_dice;
    SimServer &m_server;
    Oracle &m_oracle;
    std::unique_ptr<DeviceMachine> m_machine;
    std::vector<std::vector<changes::RowChange>> m_pages;
    std::unique_ptr<engine::SyncEngine> m_engine;
    int m_connection = 0;
    int m_boots = 1;
    int m_requestsLeft = -1;
};

} // namespace fieldfare::simulation
