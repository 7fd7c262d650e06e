// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/audit_store.h"

#include "sync/server/storage/all_rows.h"
#include "sync/server/storage/id_binding.h"
#include "sync/server/storage/server_schema.h"

namespace fieldfare::server {

using base::Id;
using base::Result;
using storage::Statement;
using storage::StatementReset;

namespace {

AuditEntry readEntry(const Statement &row)
{
    AuditEntry entry;
    entry.number = row.int64(0);
    entry.at = row.int64(1);
    entry.kind = row.text(2);
    entry.user = readId(row, 3);
    entry.device = readId(row, 4);
    entry.amount = row.int64(5);
    entry.detailHash = row.blob(6);
    entry.chain = row.blob(7);
    if (!row.isNull(8)) {
        entry.salt = row.blob(8);
        entry.detail = row.blob(9);
    }
    return entry;
}

} // namespace

Result<Id> AuditStore::company()
{
    FIELDFARE_ASSIGN(const QByteArray bytes, ServerMeta(m_connection).bytes(ServerMeta::kCompanyId));
    return Id::fromBytes(bytes);
}

Result<AuditHead> AuditStore::head()
{
    Statement &last = m_connection.statement(QLatin1StringView("SELECT no, chain FROM audit ORDER BY no DESC LIMIT 1"));
    const StatementReset reset(last);
    FIELDFARE_ASSIGN(const bool found, last.step());
    return found ? AuditHead{last.int64(0), last.blob(1)} : AuditHead();
}

Result<void> AuditStore::append(const AuditEntry &entry)
{
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO audit(no, at, kind, user, device, amount, detail_hash, chain) VALUES(?1,?2,?3,?4,?5,?6,?7,?8)"));
    put.bind(1, qint64(entry.number));
    put.bind(2, qint64(entry.at));
    put.bindText(3, entry.kind);
    bindId(put, 4, entry.user);
    bindId(put, 5, entry.device);
    put.bind(6, qint64(entry.amount));
    put.bindBlob(7, entry.detailHash);
    put.bindBlob(8, entry.chain);
    FIELDFARE_TRY(put.run());
    if (!entry.detail)
        return {};
    Statement &detail = m_connection.statement(QLatin1StringView("INSERT INTO audit_details(no, salt, detail) VALUES(?1,?2,?3)"));
    detail.bind(1, qint64(entry.number));
    detail.bindBlob(2, entry.salt);
    detail.bindBlob(3, *entry.detail);
    return detail.run();
}

Result<std::vector<AuditEntry>> AuditStore::after(std::int64_t number, int limit)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT a.no, a.at, a.kind, a.user, a.device, a.amount, a.detail_hash, a.chain, d.salt, d.detail FROM audit a "
        "LEFT JOIN audit_details d ON d.no=a.no WHERE a.no>?1 ORDER BY a.no LIMIT ?2"));
    query.bind(1, qint64(number));
    query.bind(2, limit);
    return allRows(query, &readEntry);
}

Result<QByteArray> AuditStore::chainAt(std::int64_t number)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT chain FROM audit WHERE no=?1"));
    query.bind(1, qint64(number));
    const StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? query.blob(0) : QByteArray();
}

Result<std::int64_t> AuditStore::sum(const QString &kind, const Id &user, std::int64_t sinceMs)
{
    Statement &query = user.isNull()
        ? m_connection.statement(QLatin1StringView("SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM audit WHERE kind=?1 AND at>=?2"))
        : m_connection.statement(QLatin1StringView("SELECT CAST(coalesce(sum(amount), 0) AS BIGINT) FROM audit WHERE kind=?1 AND at>=?2 AND user=?3"));
    query.bindText(1, kind);
    query.bind(2, qint64(sinceMs));
    if (!user.isNull())
        bindId(query, 3, user);
    const StatementReset reset(query);
    FIELDFARE_TRY(query.step());
    return query.int64(0);
}

Result<int> AuditStore::forgetDetails(std::int64_t beforeMs, int limit)
{
    Statement &remove = m_connection.statement(QLatin1StringView(
        "DELETE FROM audit_details WHERE no IN (SELECT d.no FROM audit_details d JOIN audit a ON a.no=d.no WHERE a.at<?1 ORDER BY d.no LIMIT ?2)"));
    remove.bind(1, qint64(beforeMs));
    remove.bind(2, limit);
    FIELDFARE_TRY(remove.run());
    return m_connection.changes();
}

Result<std::uint64_t> AuditStore::exportsTold(const Id &device)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT last_number FROM export_reports WHERE device=?1"));
    bindId(query, 1, device);
    const StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? std::uint64_t(query.int64(0)) : 0;
}

Result<void> AuditStore::setExportsTold(const Id &device, std::uint64_t number)
{
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO export_reports(device, last_number) VALUES(?1,?2) ON CONFLICT(device) DO UPDATE SET last_number=excluded.last_number"));
    bindId(put, 1, device);
    put.bind(2, qint64(number));
    return put.run();
}

} // namespace fieldfare::server
