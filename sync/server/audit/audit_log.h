// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "sync/server/audit/audit_table.h"

namespace fieldfare::server {

/// The company's audit log: who signed in, who was let do what, and what came of it, as a chain of hashes
/// (sync/server/docs/audit.md). Written in the transaction of what it tells of: neither is there without the other.
///
/// Does not own what it refers to; on the thread of the table.
class AuditLog {
public:
    AuditLog(AuditTable &table, const base::Clock &clock, base::RandomSource &random) : m_table(table), m_clock(clock), m_random(random) {}

    /// Appends the event, and the alerts it gives rise to. Inside a write transaction.
    [[nodiscard]] base::Result<void> note(const AuditEvent &event);
    [[nodiscard]] base::Result<AuditHead> head() { return m_table.head(); }
    /// Removes the details of entries from before that time for good, and notes that it did. How many there were.
    [[nodiscard]] base::Result<std::int64_t> forgetDetails(std::int64_t beforeMs);

private:
    [[nodiscard]] base::Result<AuditEntry> append(const AuditEvent &event);

    AuditTable &m_table;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
};

struct VerifiedAudit {
    AuditHead head;
    std::int64_t withoutDetail = 0; ///< Entries whose details were removed.
};

/// Reads all of a log. AuditBroken. `expected`: what somebody else remembers of it; of number 0: nothing.
[[nodiscard]] base::Result<VerifiedAudit> verifyAudit(AuditTable &table, const AuditHead &expected = {});

} // namespace fieldfare::server
