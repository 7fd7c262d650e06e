// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/list_query.h"

#include <QCoreApplication>

#include <algorithm>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using model::Catalog;
using model::Entity;
using model::Field;
using model::FieldType;

namespace {

constexpr int kMaxSorts = 4;

QString qualified(const QString &column)
{
    return QStringLiteral("t.") + quotedName(column);
}

/// For each entity that the parent can be: the values of the reference to those in the trash.
QStringList trashedParents(const Catalog &catalog, const Field &parent)
{
    QStringList selects;
    for (const model::EntityId targetId : parent.targets) {
        const Entity *target = catalog.entity(targetId);
        if (target == nullptr)
            continue;
        const QString key = parent.targets.size() > 1 ? QStringLiteral("CAST(x'%1' || p.id AS BLOB)").arg(targetId, 4, 16, QLatin1Char('0'))
                                                      : QStringLiteral("p.id");
        selects.append(QStringLiteral("SELECT %1 FROM %2 p WHERE p.trashed = 1").arg(key, quotedName(target->table())));
    }
    return selects;
}

/// The same as parentIsNotTrashed(), for reading many rows. The plus signs keep the look-up of children out of it.
QString parentIsNoneOfTheTrash(const Catalog &catalog, const Entity &entity)
{
    QString sql;
    if (const Field *parent = entity.parentField(); parent != nullptr) {
        for (const QString &trashed : trashedParents(catalog, *parent))
            sql += QStringLiteral(" AND (+%1 IS NULL OR +%1 NOT IN (%2))").arg(qualified(parent->column), trashed);
    }
    return sql;
}

/// The same, for reading all rows.
QString isNoChildOfTheTrash(const Catalog &catalog, const Entity &entity)
{
    QString sql;
    if (const Field *parent = entity.parentField(); parent != nullptr) {
        for (const QString &trashed : trashedParents(catalog, *parent))
            sql += QStringLiteral(" AND t.rid NOT IN (SELECT c.rid FROM %1 c WHERE c.%2 IN (%3))")
                       .arg(quotedName(entity.table()), quotedName(parent->column), trashed);
    }
    return sql;
}

QString parentIsShown(const Catalog &catalog, const Entity &entity, list_sql::RowsRead read)
{
    switch (read) {
    case list_sql::RowsRead::All: return isNoChildOfTheTrash(catalog, entity);
    case list_sql::RowsRead::Many: return parentIsNoneOfTheTrash(catalog, entity);
    case list_sql::RowsRead::Few: break;
    }
    return list_sql::parentIsNotTrashed(catalog, entity, QStringLiteral("t"));
}

/// The filter as a whole, or one of the conditions that it joins by `and`, is an equality that passes `test`.
template <typename Test>
bool demandsEquality(const Entity &entity, const Filter &filter, Test test)
{
    if (filter.isEmpty())
        return false;
    const auto is = [&](const FilterNode &node) {
        const Field *field = node.kind == FilterNode::Kind::Comparison && node.op == FilterOperator::Equal ? entity.field(node.field) : nullptr;
        return field != nullptr && test(*field);
    };
    const FilterNode &root = filter.root();
    return root.kind == FilterNode::Kind::All ? std::any_of(root.children.begin(), root.children.end(), is) : is(root);
}

/// The filter asks for the rows of one other record: contacts of a customer. Their index is the one to use then, whatever
/// the sort; SQLite, which keeps no statistics here, would take trashed = 0 for as choosy.
bool isFoundByReference(const Entity &entity, const Filter &filter)
{
    return demandsEquality(entity, filter, [](const Field &field) { return field.isReference() && !field.has(model::Sortable); });
}

/// The index (trashed, field) finds the rows.
bool isFoundBySortIndex(const Entity &entity, const Filter &filter)
{
    return demandsEquality(entity, filter, [](const Field &field) { return field.has(model::Sortable); });
}

QString scanMark(const Entity &entity, const ListQuery &query, int limit)
{
    if (limit == 0)
        return list_sql::background(QLatin1StringView("order"));
    const Field *sort = query.sorts.isEmpty() ? nullptr : entity.field(query.sorts.first().field);
    const bool sortsByIndex = query.sorts.isEmpty() || (sort != nullptr && sort->has(model::Sortable));
    const bool isFound = query.filter.isEmpty() ? sortsByIndex : isFoundByReference(entity, query.filter);
    return isFound ? QString() : list_sql::background(QLatin1StringView("first rows"));
}

/// What a row sorts by in one field; several for references, so that equal titles of different records stay apart.
Result<QStringList> sortTerms(const Catalog &catalog, const Field &field)
{
    const QString column = qualified(field.column);
    switch (field.valueType()) {
    case FieldType::Tags:
        return {ErrorCode::BadExpression, QCoreApplication::translate("Details", "rows cannot be sorted by %1").arg(field.name), {field.name}};
    case FieldType::Reference:
    case FieldType::User: {
        QStringList titles;
        for (const model::EntityId targetId : field.targets) {
            const Entity *target = catalog.entity(targetId);
            const QStringList columns = target != nullptr ? list_sql::targetOrder(*target) : QStringList();
            if (columns.isEmpty())
                continue;
            const QString key = field.targets.size() > 1 ? QStringLiteral("substr(%1, 3)").arg(column) : column;
            titles.append(QStringLiteral("(SELECT p.%1 FROM %2 p WHERE p.id = %3)").arg(columns.first(), quotedName(target->table()), key));
        }
        if (titles.isEmpty())
            return QStringList{column};
        // A subquery does not carry its column's collation.
        const QString title = titles.size() == 1 ? titles.first() : QStringLiteral("coalesce(%1)").arg(titles.join(QLatin1StringView(", ")));
        return QStringList{title + QStringLiteral(" COLLATE NOCASE"), column};
    }
    case FieldType::LongText:
    case FieldType::Phone:
    case FieldType::Url:
    case FieldType::Address:
    case FieldType::File:
        return QStringList{column + QStringLiteral(" COLLATE NOCASE")};
    default:
        return QStringList{column};
    }
}

} // namespace

Result<QList<SortKey>> parseSorts(const QString &text)
{
    QList<SortKey> sorts;
    if (text.trimmed().isEmpty())
        return sorts;
    for (const QString &part : text.split(QLatin1Char(','))) {
        const QString name = part.section(QLatin1Char(':'), 0, 0).trimmed();
        const QString direction = part.section(QLatin1Char(':'), 1).trimmed().toLower();
        const bool known = direction.isEmpty() || direction == QLatin1StringView("asc") || direction == QLatin1StringView("desc");
        if (name.isEmpty() || !known || sorts.size() == kMaxSorts) {
            return {ErrorCode::BadExpression, QCoreApplication::translate("Details", "\"%1\" is no sort order; at most %2 of field, field:desc").arg(part.left(80)).arg(kMaxSorts),
                    {part.left(80)}};
        }
        sorts.append({name, direction == QLatin1StringView("desc")});
    }
    return sorts;
}

QString sortsText(const QList<SortKey> &sorts)
{
    QStringList parts;
    for (const SortKey &key : sorts)
        parts.append(key.descending ? key.field + QStringLiteral(":desc") : key.field);
    return parts.join(QLatin1Char(','));
}

namespace list_sql {

QString parentIsNotTrashed(const Catalog &catalog, const Entity &entity, const QString &alias)
{
    const Field *parent = entity.parentField();
    QString sql;
    if (parent == nullptr)
        return sql;
    const QString column = alias + QLatin1Char('.') + quotedName(parent->column);
    for (const model::EntityId targetId : parent->targets) {
        const Entity *target = catalog.entity(targetId);
        if (target == nullptr)
            continue;
        const bool wide = parent->targets.size() > 1;
        const QString key = wide ? QStringLiteral("substr(%1, 3)").arg(column) : column;
        sql += QStringLiteral(" AND NOT EXISTS (SELECT 1 FROM %1 p WHERE p.id = %2 AND p.trashed = 1").arg(quotedName(target->table()), key);
        if (wide)
            sql += QStringLiteral(" AND substr(%1, 1, 2) = x'%2'").arg(column).arg(targetId, 4, 16, QLatin1Char('0'));
        sql += QLatin1Char(')');
    }
    return sql;
}

QStringList targetOrder(const Entity &target)
{
    QStringList columns;
    if (const Field *order = target.field(QStringLiteral("sort_order")); order != nullptr && order->hasColumn())
        columns.append(quotedName(order->column));
    if (const Field *title = target.titleField(); title != nullptr && title->hasColumn())
        columns.append(quotedName(title->column));
    return columns;
}

RowsRead rowsOfWhole(const ListQuery &query)
{
    return query.filter.isEmpty() ? RowsRead::All : RowsRead::Many;
}

Result<SqlCondition> where(const Catalog &catalog, const ListQuery &query, const FilterContext &context, RowsRead read)
{
    const Entity *entity = catalog.entity(query.entity);
    if (entity == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(query.entity), {QString::number(query.entity)}};
    SqlCondition condition;
    switch (query.trashed) {
    case TrashedRows::Hide:
        // A plus sign keeps a term from being looked up in an index.
        if (isFoundByReference(*entity, query.filter))
            condition += QStringLiteral("+");
        condition += QStringLiteral("t.trashed = 0") + parentIsShown(catalog, *entity, read);
        break;
    case TrashedRows::Only:
        condition += QStringLiteral("t.trashed = 1");
        break;
    case TrashedRows::All:
        condition += QStringLiteral("1");
        break;
    }
    FIELDFARE_ASSIGN(const SqlCondition filter, compileFilter(catalog, *entity, query.filter, context));
    if (!filter.isEmpty()) {
        condition += QStringLiteral(" AND (");
        condition += filter;
        condition += QStringLiteral(")");
    }
    return condition;
}

Result<QString> orderBy(const Catalog &catalog, const Entity &entity, const QList<SortKey> &sorts)
{
    QStringList terms;
    for (const SortKey &key : sorts) {
        if (key.field == QLatin1StringView("id")) {
            terms.append(key.descending ? QStringLiteral("t.id DESC") : QStringLiteral("t.id"));
            continue;
        }
        FIELDFARE_ASSIGN(const Field field, findListField(catalog, entity, key.field));
        FIELDFARE_ASSIGN(const QStringList columns, sortTerms(catalog, field));
        // NULL is the least value: last by itself when descending.
        for (const QString &column : columns)
            terms.append(column + (key.descending ? QLatin1StringView(" DESC") : QLatin1StringView(" NULLS LAST")));
    }
    const bool ridDescends = sorts.isEmpty() || sorts.last().descending;
    terms.append(ridDescends ? QStringLiteral("t.rid DESC") : QStringLiteral("t.rid"));
    return QStringLiteral(" ORDER BY ") + terms.join(QLatin1StringView(", "));
}

Result<SqlCondition> rids(const Catalog &catalog, const ListQuery &query, const FilterContext &context, int limit)
{
    FIELDFARE_ASSIGN(SqlCondition condition, where(catalog, query, context, limit == 0 ? rowsOfWhole(query) : RowsRead::Many));
    const Entity &entity = *catalog.entity(query.entity);
    // Newest first is the order of the table itself; an index on the mark would have all rows sorted.
    if (query.sorts.isEmpty() && condition.sql.startsWith(QLatin1StringView("t.trashed")) && !isFoundBySortIndex(entity, query.filter))
        condition.sql.prepend(QLatin1Char('+'));
    FIELDFARE_ASSIGN(const QString order, orderBy(catalog, entity, query.sorts));
    SqlCondition sql{scanMark(entity, query, limit) + QStringLiteral("SELECT t.rid FROM %1 t WHERE ").arg(quotedName(entity.table())), {}};
    sql += condition;
    sql += order;
    if (limit > 0)
        sql += SqlCondition{QStringLiteral(" LIMIT ?"), {std::int64_t(limit)}};
    return sql;
}

Result<SqlCondition> count(const Catalog &catalog, const ListQuery &query, const FilterContext &context)
{
    FIELDFARE_ASSIGN(const SqlCondition condition, where(catalog, query, context, rowsOfWhole(query)));
    SqlCondition sql{background(QLatin1StringView("count")) + QStringLiteral("SELECT count(*) FROM %1 t WHERE ").arg(quotedName(catalog.entity(query.entity)->table())), {}};
    sql += condition;
    return sql;
}

} // namespace list_sql
} // namespace fieldfare::store
