// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/outbox_table.h"

#include "core/store/table_layout.h"

namespace fieldfare::store {

using base::Result;
using changes::StoredOperation;

namespace {

constexpr QLatin1StringView kColumns("SELECT device, incarnation, n, origin_device, origin_incarnation, origin_n, origin_hash, "
                                     "content, hash, rolling FROM outbox");

Result<StoredOperation> readOperation(const storage::Statement &row)
{
    StoredOperation stored;
    stored.content = row.blob(7);
    FIELDFARE_ASSIGN(stored.operation, changes::decodeContent(stored.content));
    stored.operation.name = readName(row, 0);
    stored.operation.origin = readOrigin(row, 3);
    stored.hash = row.blob(8);
    stored.rolling = row.blob(9);
    return stored;
}

} // namespace

void bindName(storage::Statement &statement, int index, const changes::OperationName &name)
{
    bindId(statement, index, name.device);
    statement.bind(index + 1, qint64(name.incarnation));
    statement.bind(index + 2, qint64(name.n));
}

void bindOrigin(storage::Statement &statement, int index, const std::optional<changes::Origin> &origin)
{
    if (!origin) {
        for (int i = 0; i < 4; ++i)
            statement.bindNull(index + i);
        return;
    }
    bindName(statement, index, origin->name);
    statement.bindBlob(index + 3, origin->hash);
}

changes::OperationName readName(const storage::Statement &statement, int column)
{
    return {readId(statement, column), std::uint32_t(statement.int64(column + 1)), std::uint64_t(statement.int64(column + 2))};
}

std::optional<changes::Origin> readOrigin(const storage::Statement &statement, int column)
{
    if (statement.isNull(column + 3))
        return std::nullopt;
    return changes::Origin{readName(statement, column), statement.blob(column + 3)};
}

Result<void> OutboxTable::append(const StoredOperation &stored)
{
    storage::Statement &insert = m_connection.statement(QLatin1StringView(
        "INSERT INTO outbox(device, incarnation, n, origin_device, origin_incarnation, origin_n, origin_hash, content, hash, "
        "rolling, base_n) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    const changes::Operation &operation = stored.operation;
    bindName(insert, 1, operation.name);
    bindOrigin(insert, 4, operation.origin);
    insert.bindBlob(8, stored.content);
    insert.bindBlob(9, stored.hash);
    insert.bindBlob(10, stored.rolling);
    const auto &own = operation.base.own;
    if (own && own->name.device == operation.name.device && own->name.incarnation == operation.name.incarnation)
        insert.bind(11, qint64(own->name.n));
    return insert.runLater();
}

Result<std::optional<StoredOperation>> OutboxTable::find(std::uint64_t n)
{
    storage::Statement &query = m_connection.statement(QString(kColumns) + QStringLiteral(" WHERE n = ?"));
    const storage::StatementReset reset(query);
    query.bind(1, qint64(n));
    FIELDFARE_ASSIGN(const bool found, query.step());
    if (!found)
        return std::optional<StoredOperation>();
    FIELDFARE_ASSIGN(StoredOperation stored, readOperation(query));
    return std::optional<StoredOperation>(std::move(stored));
}

Result<std::vector<StoredOperation>> OutboxTable::after(std::uint64_t n, int limit)
{
    storage::Statement &query = m_connection.statement(QString(kColumns) + QStringLiteral(" WHERE n > ? ORDER BY n LIMIT ?"));
    const storage::StatementReset reset(query);
    query.bind(1, qint64(n));
    query.bind(2, limit);
    std::vector<StoredOperation> operations;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return operations;
        FIELDFARE_ASSIGN(StoredOperation stored, readOperation(query));
        operations.push_back(std::move(stored));
    }
}

Result<void> OutboxTable::remove(std::uint64_t n)
{
    storage::Statement &statement = m_connection.statement(QLatin1StringView("DELETE FROM outbox WHERE n = ?"));
    statement.bind(1, qint64(n));
    return statement.run();
}

Result<void> OutboxTable::clear()
{
    return m_connection.statement(QLatin1StringView("DELETE FROM outbox")).run();
}

Result<std::uint64_t> OutboxTable::firstN()
{
    FIELDFARE_ASSIGN(const qint64 n, m_connection.queryInt64(QLatin1StringView("SELECT min(n) FROM outbox")));
    return std::uint64_t(n);
}

Result<std::uint64_t> OutboxTable::lowestBase()
{
    FIELDFARE_ASSIGN(const qint64 n, m_connection.queryInt64(QLatin1StringView(
                                         "SELECT min(base_n) FROM outbox WHERE base_n IS NOT NULL")));
    return std::uint64_t(n);
}

} // namespace fieldfare::store
