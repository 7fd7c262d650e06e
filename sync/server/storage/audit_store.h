// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "sync/server/audit/audit_table.h"

namespace fieldfare::server {

/// The audit log in the store: `audit` holds the chain and is only ever added to, `audit_details` what may be removed. As
/// those of accounts the tables never leave the server. Same thread and life as the connection.
class AuditStore final : public AuditTable {
public:
    explicit AuditStore(storage::Connection &connection) : m_connection(connection) {}

    base::Result<base::Id> company() override;
    base::Result<AuditHead> head() override;
    base::Result<void> append(const AuditEntry &entry) override;
    base::Result<std::vector<AuditEntry>> after(std::int64_t number, int limit) override;
    base::Result<QByteArray> chainAt(std::int64_t number) override;
    base::Result<std::int64_t> sum(const QString &kind, const base::Id &user, std::int64_t sinceMs) override;
    base::Result<int> forgetDetails(std::int64_t beforeMs, int limit) override;

    /// How far a device has told what was exported on it; 0: nothing yet.
    [[nodiscard]] base::Result<std::uint64_t> exportsTold(const base::Id &device);
    [[nodiscard]] base::Result<void> setExportsTold(const base::Id &device, std::uint64_t number);

private:
    storage::Connection &m_connection;
};

} // namespace fieldfare::server
