// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/list_reader.h"

#include "core/store/query/row_reader.h"

#include <algorithm>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using model::Entity;
using model::Field;
using storage::Statement;
using storage::StatementReset;

namespace {

/// A reference is sorted target by target up to so many targets: users, teams, stages. Above that, row by row.
constexpr int kMaxTargets = 2000;

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

/// The order of a list whose first key is a reference: the targets in their order, then each one's rows from the index of
/// the reference. A sort of all rows by a looked-up title takes seconds at a million rows, this takes none. False: not
/// such a list, `rids` is untouched. Gives the same order as list_sql::rids().
Result<bool> ListReader::ridsByTarget(const ListQuery &query, int limit, Rids &rids)
{
    const Entity *entity = m_catalog->entity(query.entity);
    const Field *field = entity != nullptr && !query.sorts.isEmpty() ? entity->field(query.sorts.first().field) : nullptr;
    if (field == nullptr || !field->isReference() || field->targets.size() != 1)
        return false;
    const Entity *target = m_catalog->entity(field->targets.first());
    if (target == nullptr)
        return false;
    const bool descending = query.sorts.first().descending;
    const QString table = quotedName(target->table());
    const QString column = QStringLiteral("t.") + quotedName(field->column);

    QStringList terms;
    for (const QString &term : list_sql::targetOrder(*target).mid(0, 1))
        terms.append(term + (descending ? QLatin1StringView(" DESC") : QLatin1StringView(" NULLS LAST")));
    if (terms.isEmpty())
        return false;
    // A target without a title sorts with those that are not here, at the end.
    const QString named = list_sql::targetOrder(*target).first() + QStringLiteral(" IS NOT NULL");
    terms.append(descending ? QStringLiteral("id DESC") : QStringLiteral("id"));
    std::vector<QByteArray> targets;
    {
        FIELDFARE_ASSIGN(const auto statement,
                         m_connection.prepare(QStringLiteral("SELECT id FROM %1 WHERE %2 ORDER BY %3 LIMIT %4")
                                                  .arg(table, named, terms.join(QLatin1StringView(", ")))
                                                  .arg(kMaxTargets + 1)));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, statement->step());
            if (!row)
                break;
            targets.push_back(statement->blob(0));
        }
    }
    if (targets.size() > size_t(kMaxTargets))
        return false;

    FIELDFARE_ASSIGN(const SqlCondition where, list_sql::where(*m_catalog, query, m_context));
    QList<SortKey> others = query.sorts.mid(1);
    const auto tie = [&](const QList<SortKey> &keys) -> Result<QString> {
        if (keys.isEmpty())
            return descending ? QStringLiteral(" ORDER BY t.rid DESC") : QStringLiteral(" ORDER BY t.rid");
        return list_sql::orderBy(*m_catalog, *entity, keys);
    };
    FIELDFARE_ASSIGN(const QString order, tie(others));
    const QString limitText = limit > 0 ? QStringLiteral(" LIMIT ?") : QString();
    const auto isFull = [&] { return limit > 0 && rids.size() >= size_t(limit); };

    SqlCondition one{QStringLiteral("SELECT t.rid FROM %1 t WHERE %2 AND %3 = ?%4%5")
                         .arg(quotedName(entity->table()), where.sql, column, order, limitText), where.values};
    FIELDFARE_ASSIGN(const std::unique_ptr<Statement> each, m_connection.prepare(one.sql));
    for (const QByteArray &id : targets) {
        if (isFull())
            return true;
        int next = bindValues(*each, where.values);
        each->bindBlob(next++, id);
        if (limit > 0)
            each->bind(next, qint64(limit) - qint64(rids.size()));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, each->step());
            if (!row)
                break;
            rids.push_back(each->int64(0));
        }
        each->reset();
    }
    if (isFull())
        return true;
    // Empty references, and those to records that are not here or have no title.
    const QString tailOrder = QStringLiteral(" ORDER BY %1%2").arg(column, descending ? QLatin1StringView(" DESC") : QLatin1StringView(" NULLS LAST"))
        + QStringLiteral(", ") + order.mid(int(qstrlen(" ORDER BY ")));
    SqlCondition tail{QStringLiteral("SELECT t.rid FROM %1 t WHERE ").arg(quotedName(entity->table())), {}};
    tail += where;
    tail += QStringLiteral(" AND (%1 IS NULL OR %1 NOT IN (SELECT id FROM %2 WHERE %3))").arg(column, table, named) + tailOrder;
    if (limit > 0)
        tail += SqlCondition{limitText, {std::int64_t(limit) - std::int64_t(rids.size())}};
    FIELDFARE_TRY(appendRids(tail, rids));
    return true;
}

Result<ListReader::Rids> ListReader::rids(const ListQuery &query, int limit)
{
    Rids rids;
    FIELDFARE_ASSIGN(const bool byTarget, ridsByTarget(query, limit, rids));
    if (!byTarget) {
        FIELDFARE_ASSIGN(const SqlCondition sql, list_sql::rids(*m_catalog, query, m_context, limit));
        FIELDFARE_TRY(appendRids(sql, rids));
    }
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
        FIELDFARE_ASSIGN(const SqlCondition where, list_sql::where(*m_catalog, query, m_context));
        SqlCondition sql{QStringLiteral("SELECT t.rid FROM %1 t WHERE ").arg(quotedName(m_catalog->entity(query.entity)->table())), {}};
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
