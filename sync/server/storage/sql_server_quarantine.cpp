// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What devices of disabled accounts handed in (core/changes/docs/quarantine.md).
#include "sync/server/storage/all_rows.h"
#include "sync/server/storage/id_binding.h"
#include "sync/server/storage/sql_server_storage.h"

namespace fieldfare::server {

using base::Id;
using base::Result;
using storage::Statement;
using storage::StatementReset;

namespace {

constexpr const char *kSelectHandIns = "SELECT device, last_n, closed, at FROM hand_ins ";
constexpr const char *kSelectQuarantined =
    "SELECT device, n, incarnation, origin_device, origin_incarnation, origin_n, origin_hash, entity, record, hash, rolling, "
    "at, refused, reason, decided_at, content FROM quarantine ";

HandIn readHandIn(const Statement &row)
{
    return {readId(row, 0), std::uint64_t(row.int64(1)), row.int64(2) != 0, row.int64(3)};
}

QuarantinedOperation readQuarantined(const Statement &row)
{
    QuarantinedOperation operation;
    operation.name = {readId(row, 0), std::uint32_t(row.int64(2)), std::uint64_t(row.int64(1))};
    if (!row.isNull(3)) {
        operation.origin = changes::Origin{{readId(row, 3), std::uint32_t(row.int64(4)), std::uint64_t(row.int64(5))}, row.blob(6)};
    }
    operation.entity = model::EntityId(row.int64(7));
    operation.record = readId(row, 8);
    operation.hash = row.blob(9);
    operation.rolling = row.blob(10);
    operation.at = row.int64(11);
    if (!row.isNull(12))
        operation.refused = changes::Outcome(row.int64(12));
    operation.reason = row.text(13);
    operation.decidedAt = row.int64(14);
    operation.content = row.blob(15);
    return operation;
}

} // namespace

Result<std::optional<HandIn>> SqlServerStorage::handIn(const Id &device)
{
    static const QString sql = QString::fromLatin1(kSelectHandIns) + QStringLiteral("WHERE device=?1");
    Statement &query = m_connection.statement(sql);
    const StatementReset reset(query);
    bindId(query, 1, device);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? std::optional<HandIn>(readHandIn(query)) : std::nullopt;
}

Result<std::vector<HandIn>> SqlServerStorage::handIns()
{
    static const QString sql = QString::fromLatin1(kSelectHandIns) + QStringLiteral("ORDER BY at DESC");
    Statement &query = m_connection.statement(sql);
    return allRows(query, &readHandIn);
}

Result<QuarantineCounts> SqlServerStorage::quarantineCounts(const Id &device)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT count(*) FILTER (WHERE refused IS NULL), count(DISTINCT record) FILTER (WHERE refused IS NULL), "
        "coalesce(sum(length(content)) FILTER (WHERE refused IS NULL), 0), count(refused) FROM quarantine WHERE device=?1"));
    const StatementReset reset(query);
    bindId(query, 1, device);
    FIELDFARE_TRY(query.step());
    return QuarantineCounts{query.int64(0), query.int64(1), query.int64(2), query.int64(3)};
}

Result<std::int64_t> SqlServerStorage::quarantineBytes()
{
    FIELDFARE_ASSIGN(const qint64 bytes, m_connection.queryInt64(QLatin1StringView(
                                             "SELECT coalesce(sum(length(content)), 0) FROM quarantine WHERE refused IS NULL")));
    return std::int64_t(bytes);
}

Result<void> SqlServerStorage::putHandIn(const HandIn &handIn)
{
    Statement &put = m_connection.statement(
        QLatin1StringView("INSERT INTO hand_ins(device, last_n, closed, at) VALUES(?1,?2,?3,?4) "
                          "ON CONFLICT(device) DO UPDATE SET last_n=?2, closed=?3, at=?4"));
    bindId(put, 1, handIn.device);
    put.bind(2, qint64(handIn.lastN));
    put.bind(3, handIn.closed);
    put.bind(4, qint64(handIn.at));
    return put.run();
}

Result<std::vector<QuarantinedOperation>> SqlServerStorage::quarantined(const Id &device, std::uint64_t after, int limit)
{
    static const QString sql = QString::fromLatin1(kSelectQuarantined) + QStringLiteral("WHERE device=?1 AND n>?2 ORDER BY n LIMIT ?3");
    Statement &query = m_connection.statement(sql);
    bindId(query, 1, device);
    query.bind(2, qint64(after));
    query.bind(3, limit);
    return allRows(query, &readQuarantined);
}

Result<std::vector<QuarantinedOperation>> SqlServerStorage::quarantinedAbout(model::EntityId entity, const Id &record)
{
    static const QString sql = QString::fromLatin1(kSelectQuarantined) + QStringLiteral("WHERE entity=?1 AND record=?2");
    Statement &query = m_connection.statement(sql);
    query.bind(1, qint64(entity));
    bindId(query, 2, record);
    return allRows(query, &readQuarantined);
}

Result<void> SqlServerStorage::putQuarantined(const QuarantinedOperation &operation)
{
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO quarantine(device, n, incarnation, origin_device, origin_incarnation, origin_n, origin_hash, entity, "
        "record, hash, rolling, at, refused, reason, decided_at, content) VALUES(?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13,?14,?15,?16) "
        "ON CONFLICT(device, n) DO UPDATE SET incarnation=?3, origin_device=?4, origin_incarnation=?5, origin_n=?6, origin_hash=?7, entity=?8, "
        "record=?9, hash=?10, rolling=?11, at=?12, refused=?13, reason=?14, decided_at=?15, content=?16"));
    bindId(put, 1, operation.name.device);
    put.bind(2, qint64(operation.name.n));
    put.bind(3, qint64(operation.name.incarnation));
    if (operation.origin) {
        bindId(put, 4, operation.origin->name.device);
        put.bind(5, qint64(operation.origin->name.incarnation));
        put.bind(6, qint64(operation.origin->name.n));
        put.bindBlob(7, operation.origin->hash);
    } else {
        for (int column = 4; column <= 7; ++column)
            put.bindNull(column);
    }
    put.bind(8, qint64(operation.entity));
    bindId(put, 9, operation.record);
    put.bindBlob(10, operation.hash);
    put.bindBlob(11, operation.rolling);
    put.bind(12, qint64(operation.at));
    if (operation.refused)
        put.bind(13, int(*operation.refused));
    else
        put.bindNull(13);
    put.bindText(14, operation.reason);
    put.bind(15, qint64(operation.decidedAt));
    put.bindBlob(16, operation.content);
    return put.run();
}

Result<void> SqlServerStorage::removeQuarantined(const changes::OperationName &name)
{
    Statement &remove = m_connection.statement(QLatin1StringView("DELETE FROM quarantine WHERE device=?1 AND n=?2"));
    bindId(remove, 1, name.device);
    remove.bind(2, qint64(name.n));
    return remove.run();
}

Result<void> SqlServerStorage::removeWaiting(const Id &device, std::uint64_t after, std::uint64_t upTo)
{
    Statement &remove = m_connection.statement(
        QLatin1StringView("DELETE FROM quarantine WHERE device=?1 AND n>?2 AND n<=?3 AND refused IS NULL"));
    bindId(remove, 1, device);
    remove.bind(2, qint64(after));
    remove.bind(3, qint64(upTo));
    return remove.run();
}

Result<int> SqlServerStorage::dropDecidedQuarantine(std::int64_t beforeMs, int limit)
{
    Statement &remove = m_connection.statement(QLatin1StringView(
        "DELETE FROM quarantine WHERE (device, n) IN (SELECT device, n FROM quarantine "
        "WHERE refused IS NOT NULL AND decided_at<?1 LIMIT ?2)"));
    remove.bind(1, qint64(beforeMs));
    remove.bind(2, limit);
    FIELDFARE_TRY(remove.run());
    return m_connection.changes();
}

} // namespace fieldfare::server
