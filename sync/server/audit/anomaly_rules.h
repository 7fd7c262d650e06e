// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/audit/audit_table.h"

#include <span>
#include <vector>

namespace fieldfare::server {

/// Something that an administrator should look at: as much of a kind within a time by one user.
struct AnomalyRule {
    const char *name;       ///< Of the alert.
    const char *kind;       ///< Whose amounts are added up.
    std::int64_t withinMs;
    std::int64_t threshold; ///< From here on it is one.
    bool perUser = true;    ///< Or of all together.
    bool atNight = false;   ///< Counts only what happens at night, by the server's clock (kNightBegins, kNightEnds).
};

inline constexpr int kNightBegins = 22; ///< o'clock
inline constexpr int kNightEnds = 5;

/// In sync/server/docs/audit.md with the reasons.
[[nodiscard]] std::span<const AnomalyRule> anomalyRules();

/// The alerts that an entry, just written, gives rise to: of each rule at most one a user within its time. `localHour` is
/// that of the entry, 0 to 23.
[[nodiscard]] base::Result<std::vector<AuditEvent>> alertsOf(AuditTable &table, const AuditEntry &entry, int localHour);

} // namespace fieldfare::server
