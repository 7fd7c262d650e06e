// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "sync/server/merge/server_storage.h"

namespace fieldfare::server {

/// Rule 10: tombstones at or below the floor are dropped; floor = min(cursors under lease, 90 days). A device whose cursor
/// is below the floor downloads again, which forgets what is gone (rule 9), so that dropping loses nothing. What the quarantine keeps of refused operations goes after as long.
/// Free of SQL; the caller holds one write transaction around each call.
class Compactor {
public:
    static constexpr std::int64_t kKeptMs = 90LL * 24 * 3600 * 1000;
    static constexpr int kTombstonesAStep = 500; ///< A few milliseconds, so that pushes need not wait.
    static constexpr int kDecidedAStep = 100;    ///< Contents go with them, a page or more each.

    Compactor(ServerStorage &storage, const base::Clock &clock) : m_storage(storage), m_clock(clock) {}

    /// Raises the floor to the version, or as far as leases allow, and drops a step's worth. True when more is to be dropped.
    /// `wanted` is the newest version of \a kKeptMs ago.
    base::Result<bool> step(changes::Version wanted);

private:
    ServerStorage &m_storage;
    const base::Clock &m_clock;
};

} // namespace fieldfare::server
