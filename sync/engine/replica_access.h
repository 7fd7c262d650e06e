// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replica.h"

#include <functional>

namespace fieldfare::engine {

/// Runs work on the device's replica. The desktop runs it on the database thread behind what the user does; the command
/// line at once; the simulation on its own disk.
class ReplicaAccess {
public:
    using Work = std::function<base::Result<void>(changes::Replica &, changes::ReplicaStorage &)>;

    virtual ~ReplicaAccess() = default;
    /// One transaction. \a done is called once on the caller's thread, after the transaction is on the disk (rule 11) or was
    /// rolled back with the error.
    virtual void run(Work work, std::function<void(base::Result<void>)> done) = 0;
};

} // namespace fieldfare::engine
