// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/server/audit/audit_entry.h"

#include <vector>

namespace fieldfare::server {

/// Where the audit log lies. The caller holds a write transaction around append() and forgetDetails().
class AuditTable {
public:
    virtual ~AuditTable() = default;

    virtual base::Result<base::Id> company() = 0;
    /// Of number 0 while there is none; its chain is empty then.
    virtual base::Result<AuditHead> head() = 0;
    virtual base::Result<void> append(const AuditEntry &entry) = 0;
    /// Entries with a number above, in order.
    virtual base::Result<std::vector<AuditEntry>> after(std::int64_t number, int limit) = 0;
    /// Empty for an entry that is not there.
    virtual base::Result<QByteArray> chainAt(std::int64_t number) = 0;
    /// The amounts of all entries of a kind at or after that time; of one user, or of all (null).
    virtual base::Result<std::int64_t> sum(const QString &kind, const base::Id &user, std::int64_t sinceMs) = 0;
    /// Removes the details of at most `limit` entries from before that time; how many.
    virtual base::Result<int> forgetDetails(std::int64_t beforeMs, int limit) = 0;
};

} // namespace fieldfare::server
