// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/merge/merger.h"
#include "sync/server/merge/puller.h"
#include "tests/testlib/simulation/oracle.h"
#include "tests/testlib/simulation/ram_server_storage.h"
#include "tests/testlib/simulation/scheduler.h"

namespace fieldfare::simulation {

/// The production merge and pages over memory, with crashes before the commit.
class SimServer {
public:
    SimServer(const Mutants &mutants, Scheduler &scheduler, Dice &dice, Oracle &oracle);

    base::Result<protocol::PushReply> push(const protocol::PushRequest &request);
    base::Result<protocol::PullReply> pull(const protocol::PullRequest &request) { return m_puller.pull(request); }
    base::Result<protocol::DownloadStart> beginDownload(const base::Id &device) { return m_puller.beginDownload(device); }
    base::Result<protocol::DownloadPage> downloadPage(const protocol::DownloadRequest &request) { return m_puller.downloadPage(request); }
    protocol::EnrolReply enrol(const base::Id &user);
    void setDisabled(const base::Id &device, bool disabled);

    RamServerStorage storage;
    bool chaos = true;

private:
    const Mutants &m_mutants;
    Scheduler &m_scheduler;
    Dice &m_dice;
    Oracle &m_oracle;
    VirtualClock m_clock;
    server::Merger m_merger;
    server::Puller m_puller;
    int m_devices = 0;
};

} // namespace fieldfare::simulation
