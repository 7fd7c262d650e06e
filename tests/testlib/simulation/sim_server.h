// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/merge/quarantine.h"
#include "tests/testlib/simulation/mutants.h"
#include "tests/testlib/simulation/oracle.h"
#include "tests/testlib/simulation/scheduler.h"
#include "tests/testlib/simulation/server_machine.h"

namespace fieldfare::simulation {

/// What devices and server keep their data in.
enum class Storages {
    Ram,  ///< Maps: hundreds of schedules a second.
    Real, ///< The product's own, in encrypted files on disks that lose power.
};

/// The production merge and pages over a machine, with crashes before the commit.
class SimServer {
public:
    SimServer(const Mutants &mutants, Storages storages, Scheduler &scheduler, Dice &dice, Oracle &oracle);

    base::Result<protocol::PushReply> push(const protocol::PushRequest &request);
    base::Result<protocol::PullReply> pull(const protocol::PullRequest &request);
    base::Result<protocol::DownloadStart> beginDownload(const base::Id &device);
    base::Result<protocol::DownloadPage> downloadPage(const protocol::DownloadRequest &request);
    base::Result<protocol::HandInReply> handIn(const protocol::HandInRequest &request);
    protocol::EnrolReply enrol(const base::Id &user);
    /// What administrators do.
    void write(model::EntityId entity, const base::Id &id, const std::vector<changes::FieldValue> &values);
    void setDisabled(const base::Id &device, bool disabled);
    /// All accounts work again.
    void enableAll();
    /// So many operations of the device wait in the quarantine.
    [[nodiscard]] int handedIn(const base::Id &device);
    [[nodiscard]] bool isHandedIn();
    /// An administrator decides on what the device handed in: takes all, none, or by chance.
    void decideHandedIn(const base::Id &device);
    /// On what is left of all devices.
    void decideAll();
    /// Tombstones up to a version of some time ago are dropped, as far as leases allow.
    void compact(changes::Version upTo);

    [[nodiscard]] QByteArray checksum(const changes::ReplicaState &state);
    /// The whole store is looked through. Empty when it is sound.
    [[nodiscard]] QString check();

    [[nodiscard]] server::ServerStorage &storage() { return m_machine->storage(); }
    [[nodiscard]] const ServerDisk &disk() { return m_machine->disk(); }
    bool chaos = true;
    bool hasScopes = false; ///< Not everybody sees all: every answer is looked through.

private:
    struct Roles {
        server::Merger merger;
        server::Puller puller;
        server::Quarantine quarantine;
        int generation;
    };
    Roles &roles();
    void note();
    /// Nothing is told to who may not see it.
    void noteRows(const base::Id &device, const std::vector<RowKey> &rows);
    void noteVerdicts(const protocol::PushRequest &request, const protocol::PushReply &reply);
    /// What the product refuses before it reads.
    base::Result<void> checkAccount(const base::Id &device);

    const Mutants &m_mutants;
    Scheduler &m_scheduler;
    Dice &m_dice;
    Oracle &m_oracle;
    VirtualClock m_clock;
    std::unique_ptr<ServerMachine> m_machine;
    std::unique_ptr<Roles> m_roles;
    std::vector<base::Id> m_known;
};

} // namespace fieldfare::simulation
