// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"
#include "app/composition/enrolment.h"
#include "app/composition/recovery_keeper.h"
#include "sync/engine/sync_engine.h"
#include "sync/net/server_address.h"

#include <functional>
#include <vector>

namespace fieldfare::app {

/// What --server, --ca and --fingerprint say. Without a pin the terminal is asked; CertificateUntrusted where there is none.
base::Result<net::ServerAddress> serverAddress(const Arguments &arguments, CommandOutput &output);

/// Makes this computer a device. Where the account asks for the code of its second factor, FIELDFARE_CODE or a prompt gives it;
/// SecondFactorNeeded where there is neither. As Enrolment::start().
base::Result<Enrolled> enrolHere(const net::ServerAddress &address, const SignIn &signIn, const base::Clock &clock, base::RandomSource &random,
                                 const std::function<bool()> &isStopped = {});

struct SyncOptions {
    bool json = false;
    std::function<bool()> isStopped = {};
    std::vector<std::pair<model::EntityId, qint64>> numbers = {}; ///< See SyncService::expectNumbers.
    std::shared_ptr<const RecoveryKeeper> keeper = {};                ///< See SyncService::keepSealed.
};

/// One session of an enrolled store, with a line of progress now and then. For commands that make or replace a profile.
base::Result<engine::SyncReport> syncNow(store::Store &store, const base::Clock &clock, base::RandomSource &random, CommandOutput &output,
                                         const SyncOptions &options);

} // namespace fieldfare::app
