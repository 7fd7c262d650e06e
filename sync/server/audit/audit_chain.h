// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/server/audit/audit_entry.h"

namespace fieldfare::server {

/// The hash chain of the audit log, written down in sync/server/docs/audit.md. Free of storage, so that an exported log is
/// checked by the same code on any computer.

/// SHA-256 of salt and detail. The salt keeps who has the hash from guessing a detail that was removed.
[[nodiscard]] QByteArray auditDetailHash(const QByteArray &salt, const QByteArray &detail);
/// What stands before entry 1.
[[nodiscard]] QByteArray firstAuditChain(const base::Id &company);
/// Of all of the entry but chain, salt and detail, behind the one before.
[[nodiscard]] QByteArray auditChain(const QByteArray &before, const AuditEntry &entry);

/// Looks through entries in order. What it finds is final: after a failure it says the same again.
class AuditCheck {
public:
    explicit AuditCheck(const base::Id &company) : m_head{0, firstAuditChain(company)} {}

    /// AuditBroken with the number of the entry: one is missing, or says something else than when it was written.
    [[nodiscard]] base::Result<void> add(const AuditEntry &entry);
    /// AuditBroken unless this entry was added with this chain. Asked for while the entries go by: `expect` before add().
    void expect(const AuditHead &head) { m_expected = head; }
    /// At the end: whether what was expected came by.
    [[nodiscard]] base::Result<void> finish() const;

    [[nodiscard]] const AuditHead &head() const { return m_head; }
    /// Entries whose details were removed.
    [[nodiscard]] std::int64_t withoutDetail() const { return m_withoutDetail; }

private:
    AuditHead m_head;
    std::optional<AuditHead> m_expected;
    std::optional<base::Error> m_failure;
    std::int64_t m_withoutDetail = 0;
};

/// One line of an exported log and back. InvalidArgument for a line that is none.
[[nodiscard]] QJsonObject toJson(const AuditEntry &entry);
[[nodiscard]] base::Result<AuditEntry> auditEntryFromJson(const QJsonObject &line);

} // namespace fieldfare::server
