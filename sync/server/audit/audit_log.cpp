// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/audit/audit_log.h"

#include "sync/server/audit/anomaly_rules.h"
#include "sync/server/audit/audit_chain.h"

#include <QDateTime>
#include <QJsonDocument>

namespace fieldfare::server {

using base::Result;

namespace {

constexpr int kSaltBytes = 16;
constexpr int kAtOnce = 1000;

} // namespace

Result<AuditEntry> AuditLog::append(const AuditEvent &event)
{
    FIELDFARE_ASSIGN(AuditHead head, m_table.head());
    if (head.number == 0) {
        FIELDFARE_ASSIGN(const base::Id company, m_table.company());
        head.chain = firstAuditChain(company);
    }
    AuditEntry entry;
    entry.number = head.number + 1;
    entry.at = m_clock.wallMs();
    entry.kind = event.kind;
    entry.user = event.user;
    entry.device = event.device;
    entry.amount = event.amount;
    entry.salt = m_random.bytes(kSaltBytes);
    entry.detail = QJsonDocument(event.detail).toJson(QJsonDocument::Compact);
    entry.detailHash = auditDetailHash(entry.salt, *entry.detail);
    entry.chain = auditChain(head.chain, entry);
    FIELDFARE_TRY(m_table.append(entry));
    return entry;
}

Result<void> AuditLog::note(const AuditEvent &event)
{
    FIELDFARE_ASSIGN(const AuditEntry entry, append(event));
    const int hour = QDateTime::fromMSecsSinceEpoch(entry.at).time().hour();
    FIELDFARE_ASSIGN(const auto alerts, alertsOf(m_table, entry, hour));
    for (const AuditEvent &alert : alerts)
        FIELDFARE_TRY(append(alert));
    return {};
}

Result<VerifiedAudit> verifyAudit(AuditTable &table, const AuditHead &expected)
{
    FIELDFARE_ASSIGN(const base::Id company, table.company());
    AuditCheck check(company);
    if (expected.number > 0)
        check.expect(expected);
    for (;;) {
        FIELDFARE_ASSIGN(const auto entries, table.after(check.head().number, kAtOnce));
        for (const AuditEntry &entry : entries)
            FIELDFARE_TRY(check.add(entry));
        if (entries.empty())
            break;
    }
    FIELDFARE_TRY(check.finish());
    return VerifiedAudit{check.head(), check.withoutDetail()};
}

Result<std::int64_t> AuditLog::forgetDetails(std::int64_t beforeMs)
{
    std::int64_t forgotten = 0;
    for (;;) {
        FIELDFARE_ASSIGN(const int some, m_table.forgetDetails(beforeMs, kAtOnce));
        forgotten += some;
        if (some < kAtOnce)
            break;
    }
    if (forgotten > 0)
        FIELDFARE_TRY(note({QLatin1StringView(audit::kForgotten), {}, {}, forgotten, {{QStringLiteral("before"), qint64(beforeMs)}}}));
    return forgotten;
}

} // namespace fieldfare::server
