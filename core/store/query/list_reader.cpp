// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/list_reader.h"

#include "core/store/query/row_reader.h"
#include "core/store/query/target_order.h"

#include <algorithm>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using model::Entity;
using model::Field;
using storage::Statement;
using storage::StatementReset;

namespace {

/// Conditions typed by people make ever new statements, which the connection need not keep.
Result<std::unique_ptr<Statement>> prepared(storage::Connection &connection, const SqlCondition &sql)
{
    FIELDFARE_ASSIGN(std::unique_ptr<Statement> statement, connection.prepare(sql.sql));
    bindValues(*statement, sql.values);
    return statement;
}

/// As NOCASE compares: ASCII letters alone.
QByteArray foldedAscii(const QString &text)
{
    return text.toUtf8().toLower();
}

} // namespace

Result<void> ListReader::appendRids(const SqlCondition &sql, Rids &rids)
{
    FIELDFARE_ASSIGN(const std::unique_ptr<Statement> statement, prepared(m_connection, sql));
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, statement->step());
        if (!row)
            return {};
        rids.push_back(statement->int64(0));
    }
}

Result<ListReader::Rids> ListReader::rids(const ListQuery &query, int limit)
{
    FIELDFARE_ASSIGN(std::optional<Rids> byTarget, TargetOrder(m_connection, *m_catalog, m_context).rids(query, limit));
    if (byTarget)
        return std::move(*byTarget);
    Rids rids;
    FIELDFARE_ASSIGN(const SqlCondition sql, list_sql::rids(*m_catalog, query, m_context, limit));
    FIELDFARE_TRY(appendRids(sql, rids));
    return rids;
}

Result<std::vector<std::int64_t>> ListReader::firstRids(const ListQuery &query, int limit)
{
    return rids(query, std::max(limit, 1));
}

Result<RowOrder> ListReader::order(const ListQuery &query)
{
    if (query.sorts.isEmpty()) {
        // Any index that covers the condition is read faster than the table itself; sorting numbers costs next to nothing.
        FIELDFARE_ASSIGN(const SqlCondition where, list_sql::where(*m_catalog, query, m_context, list_sql::rowsOfWhole(query)));
        SqlCondition sql{list_sql::background(QLatin1StringView("order")) + QStringLiteral("SELECT t.rid FROM %1 t WHERE ").arg(quotedName(m_catalog->entity(query.entity)->table())), {}};
        sql += where;
        Rids unsorted;
        FIELDFARE_TRY(appendRids(sql, unsorted));
        std::sort(unsorted.begin(), unsorted.end(), std::greater<>());
        return RowOrder(std::make_shared<const Rids>(std::move(unsorted)));
    }
    FIELDFARE_ASSIGN(Rids sorted, rids(query, 0));
    return RowOrder(std::make_shared<const Rids>(std::move(sorted)));
}

Result<std::int64_t> ListReader::count(const ListQuery &query)
{
    FIELDFARE_ASSIGN(const SqlCondition sql, list_sql::count(*m_catalog, query, m_context));
    FIELDFARE_ASSIGN(const std::unique_ptr<Statement> statement, prepared(m_connection, sql));
    FIELDFARE_ASSIGN(const bool row, statement->step());
    return row ? std::int64_t(statement->int64(0)) : std::int64_t(0);
}

Result<std::vector<RowView>> ListReader::rows(model::EntityId entity, std::span<const std::int64_t> rids)
{
    return RowReader(m_connection, m_catalog).read(entity, rids);
}

Result<ListReader::ReadableRows> ListReader::readableRows(model::EntityId entity, std::span<const std::int64_t> rids)
{
    RowReader reader(m_connection, m_catalog, OnDamage::Mark);
    ReadableRows readable;
    FIELDFARE_ASSIGN(readable.rows, reader.read(entity, rids));
    readable.damage = reader.damage();
    return readable;
}

Result<std::vector<RowView>> ListReader::firstRows(const ListQuery &query, int limit)
{
    FIELDFARE_ASSIGN(const Rids first, firstRids(query, limit));
    return rows(query.entity, first);
}

Result<std::vector<RowView>> ListReader::rowsById(model::EntityId entityId, std::span<const base::Id> ids)
{
    const Entity *entity = m_catalog->entity(entityId);
    if (entity == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(entityId), {QString::number(entityId)}};
    Statement &find = m_connection.statement(QStringLiteral("SELECT rid FROM %1 WHERE id = ?").arg(quotedName(entity->table())));
    Rids found;
    for (const base::Id &id : ids) {
        const StatementReset reset(find);
        find.bindBlob(1, id.toBytes());
        FIELDFARE_ASSIGN(const bool row, find.step());
        if (row)
            found.push_back(find.int64(0));
    }
    return rows(entityId, found);
}

Result<std::vector<base::Id>> ListReader::ids(model::EntityId entityId, std::span<const std::int64_t> rids)
{
    const Entity *entity = m_catalog->entity(entityId);
    if (entity == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(entityId), {QString::number(entityId)}};
    Statement &find = m_connection.statement(QStringLiteral("SELECT id FROM %1 WHERE rid = ?").arg(quotedName(entity->table())));
    std::vector<base::Id> found;
    found.reserve(rids.size());
    for (const std::int64_t rid : rids) {
        const StatementReset reset(find);
        find.bind(1, qint64(rid));
        FIELDFARE_ASSIGN(const bool row, find.step());
        if (row)
            found.push_back(base::Id::fromBytes(find.blob(0)));
    }
    return found;
}

Result<qint64> ListReader::positionOf(const RowOrder &order, model::EntityId entityId, const base::Id &id)
{
    const Entity *entity = m_catalog->entity(entityId);
    if (entity == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(entityId), {QString::number(entityId)}};
    Statement &find = m_connection.statement(QStringLiteral("SELECT rid FROM %1 WHERE id = ?").arg(quotedName(entity->table())));
    const StatementReset reset(find);
    find.bindBlob(1, id.toBytes());
    FIELDFARE_ASSIGN(const bool row, find.step());
    if (!row)
        return qint64(-1);
    const auto at = std::find(order->begin(), order->end(), find.int64(0));
    return at == order->end() ? qint64(-1) : qint64(at - order->begin());
}

Result<qint64> ListReader::positionOfPrefix(const RowOrder &order, const ListQuery &query, const QString &prefix)
{
    const Entity *entity = m_catalog->entity(query.entity);
    const Field *field = entity != nullptr && !query.sorts.isEmpty() ? entity->field(query.sorts.first().field) : nullptr;
    if (field == nullptr || !field->hasColumn() || field->isReference() || field->isNumeric())
        return {ErrorCode::InvalidArgument, QStringLiteral("the list is not sorted by a text")};
    const bool descending = query.sorts.first().descending;
    Statement &read = m_connection.statement(
        QStringLiteral("SELECT %1 FROM %2 WHERE rid = ?").arg(quotedName(field->column), quotedName(entity->table())));
    const QByteArray wanted = foldedAscii(prefix);

    qint64 low = 0;
    qint64 high = qint64(order->size());
    while (low < high) {
        const qint64 middle = low + (high - low) / 2;
        const StatementReset reset(read);
        read.bind(1, qint64((*order)[size_t(middle)]));
        FIELDFARE_ASSIGN(const bool present, read.step());
        // Empty texts stand last; rows that have gone since are taken for such, which moves the answer by a row at most.
        bool comesBefore = false;
        if (present && !read.isNull(0)) {
            const QByteArray text = foldedAscii(read.text(0));
            comesBefore = descending ? text > wanted && !text.startsWith(wanted) : text < wanted;
        }
        if (comesBefore)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

} // namespace fieldfare::store
