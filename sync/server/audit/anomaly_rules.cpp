// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/audit/anomaly_rules.h"

namespace fieldfare::server {

using base::Id;
using base::Result;

namespace {

constexpr std::int64_t kMinute = 60'000;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

constexpr AnomalyRule kRules[] = {
    {"mass-export", audit::kExported, kDay, 5'000},
    {"many-downloads", audit::kDownloadBegun, kDay, 4},
    {"many-denials", audit::kDenied, 10 * kMinute, 50},
    {"many-wrong-sign-ins", audit::kSignInRefused, 10 * kMinute, 7},
    {"sign-ins-under-attack", audit::kSignInRefused, 10 * kMinute, 50, false},
    {"token-reused", audit::kTokenReused, kDay, 1},
    {"export-at-night", audit::kExported, kHour, 200, true, true},
    {"sign-in-at-night", audit::kSignedIn, kHour, 1, true, true},
};

bool isNight(int hour)
{
    return hour >= kNightBegins || hour < kNightEnds;
}

} // namespace

std::span<const AnomalyRule> anomalyRules()
{
    return kRules;
}

Result<std::vector<AuditEvent>> alertsOf(AuditTable &table, const AuditEntry &entry, int localHour)
{
    std::vector<AuditEvent> alerts;
    for (const AnomalyRule &rule : kRules) {
        if (entry.kind != QLatin1StringView(rule.kind) || (rule.atNight && !isNight(localHour)))
            continue;
        const Id user = rule.perUser ? entry.user : Id();
        if (rule.perUser && user.isNull())
            continue;
        const std::int64_t since = entry.at - rule.withinMs;
        FIELDFARE_ASSIGN(const std::int64_t amount, table.sum(entry.kind, user, since));
        if (amount < rule.threshold)
            continue;
        const QString kind = QLatin1StringView(audit::kAlertPrefix) + QLatin1StringView(rule.name);
        FIELDFARE_ASSIGN(const std::int64_t said, table.sum(kind, user, since));
        if (said == 0)
            alerts.push_back({kind, user, entry.device, 1, {{QStringLiteral("entry"), qint64(entry.number)}, {QStringLiteral("of"), entry.kind}, {QStringLiteral("amount"), qint64(amount)}}});
    }
    return alerts;
}

} // namespace fieldfare::server
