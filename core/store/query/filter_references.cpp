// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/filter_references.h"

#include "core/model/choice_seeds.h"
#include "core/store/query/filter_sql.h"

namespace fieldfare::store {

using model::Catalog;
using model::Entity;
using model::Field;
using model::FieldType;

namespace {

QString entityLiteral(model::EntityId entity)
{
    return QStringLiteral("x'%1'").arg(entity, 4, 16, QLatin1Char('0'));
}

/// The columns by which people name a record: its number, its title, and where there is one its sign-in or Chinese name.
QStringList namingColumns(const Entity &target, FilterOperator op)
{
    QStringList columns;
    if (const Field *title = target.titleField(); title != nullptr && title->hasColumn())
        columns.append(title->column);
    if (const Field *number = target.numberField(); number != nullptr && op == FilterOperator::Equal)
        columns.append(number->column);
    for (const char *name : {"name", "name_zh"}) {
        const Field *field = target.field(QLatin1StringView(name));
        if (field != nullptr && field->type == FieldType::Text && !columns.contains(field->column))
            columns.append(field->column);
    }
    return columns;
}

/// Ids of records of `target` as the reference column holds them.
SqlCondition idsByName(const Field &field, const Entity &target, FilterOperator op, const QString &text)
{
    const QString shown = field.targets.size() == 1 ? QStringLiteral("id")
                                                    : QStringLiteral("CAST(%1 || id AS BLOB)").arg(entityLiteral(target.id()));
    SqlCondition ids;
    for (const QString &column : namingColumns(target, op)) {
        if (!ids.isEmpty())
            ids += QStringLiteral(" UNION ALL ");
        // Trashed ones too; said so that the indexes, which begin with the mark, can be used.
        ids += QStringLiteral("SELECT %1 FROM %2 WHERE trashed IN (0, 1) AND ").arg(shown, quotedName(target.table()));
        ids += textCondition(quotedName(column), op, text);
    }
    return ids;
}

struct TaggingColumns {
    const Entity *tagging = nullptr;
    const Entity *tag = nullptr;
    const Field *record = nullptr;
    const Field *tagField = nullptr;
    const Field *tagName = nullptr;
    [[nodiscard]] bool isComplete() const { return record != nullptr && tagField != nullptr && tagName != nullptr; }
};

TaggingColumns taggingColumns(const Catalog &catalog)
{
    TaggingColumns columns;
    columns.tagging = catalog.entity(QStringLiteral("tagging"));
    columns.tag = catalog.entity(QStringLiteral("tag"));
    if (columns.tagging != nullptr && columns.tag != nullptr) {
        columns.record = columns.tagging->field(QStringLiteral("record"));
        columns.tagField = columns.tagging->field(QStringLiteral("tag"));
        columns.tagName = columns.tag->titleField();
    }
    return columns;
}

const SqlCondition kNever{QStringLiteral("0"), {}};

} // namespace

QString escapedLike(const QString &text)
{
    QString pattern;
    for (const QChar c : text) {
        if (c == u'\\' || c == u'%' || c == u'_')
            pattern += u'\\';
        pattern += c;
    }
    return pattern;
}

SqlCondition textCondition(const QString &column, FilterOperator op, const QString &text)
{
    switch (op) {
    case FilterOperator::Contains:
        return {QStringLiteral("%1 LIKE ? ESCAPE '\\'").arg(column), {QLatin1Char('%') + escapedLike(text) + QLatin1Char('%')}};
    case FilterOperator::StartsWith: {
        // A range instead of LIKE, as SQLite cannot see that a bound pattern ends in %. U+10FFFF sorts behind all texts.
        const char32_t last = 0x10FFFF;
        return {QStringLiteral("(%1 COLLATE NOCASE >= ? AND %1 COLLATE NOCASE < ?)").arg(column),
                {text, text + QString::fromUcs4(&last, 1)}};
    }
    default:
        return {QStringLiteral("%1 COLLATE NOCASE = ?").arg(column), {text}};
    }
}

SqlCondition referenceCondition(const Catalog &catalog, const Field &field, const QString &column, FilterOperator op,
                                const QString &text)
{
    SqlCondition ids;
    const auto id = op == FilterOperator::Equal ? base::Id::fromString(text) : std::nullopt;
    for (const model::EntityId targetId : field.targets) {
        const Entity *target = catalog.entity(targetId);
        SqlCondition part;
        if (id)
            part = {QStringLiteral("SELECT ?"), {referenceBytes(field, targetId, *id)}};
        else if (target != nullptr)
            part = idsByName(field, *target, op, text);
        if (part.isEmpty())
            continue;
        if (!ids.isEmpty())
            ids += QStringLiteral(" UNION ALL ");
        ids += part;
    }
    if (ids.isEmpty())
        return kNever;
    if (id && field.targets.size() == 1)
        return {column + QStringLiteral(" = ?"), ids.values};
    return {QStringLiteral("%1 IN (%2)").arg(column, ids.sql), ids.values};
}

SqlCondition tagCondition(const Catalog &catalog, const Entity &entity, const QString &idColumn, FilterOperator op,
                          const QString &text)
{
    const TaggingColumns names = taggingColumns(catalog);
    if (!names.isComplete())
        return kNever;
    SqlCondition tags;
    if (op == FilterOperator::Equal) // by the id that follows from the name, and by the name it may have got later
        tags = {QStringLiteral("SELECT ? UNION ALL "), {model::tagId(text).toBytes()}};
    tags += QStringLiteral("SELECT id FROM %1 WHERE ").arg(quotedName(names.tag->table()));
    tags += textCondition(quotedName(names.tagName->column), op, text);

    const QString record = quotedName(names.record->column);
    const bool withEntity = names.record->targets.size() > 1;
    SqlCondition condition;
    condition += QStringLiteral("%1 IN (SELECT %2 FROM %3 WHERE trashed IS NOT 1%4 AND %5 IN (")
                     .arg(idColumn, withEntity ? QStringLiteral("substr(%1, 3)").arg(record) : record,
                          quotedName(names.tagging->table()),
                          withEntity ? QStringLiteral(" AND substr(%1, 1, 2) = %2").arg(record, entityLiteral(entity.id())) : QString(),
                          quotedName(names.tagField->column));
    condition += tags;
    condition += QStringLiteral("))");
    return condition;
}

SqlCondition untaggedCondition(const Catalog &catalog, const Entity &entity, const QString &idColumn)
{
    const TaggingColumns names = taggingColumns(catalog);
    if (!names.isComplete())
        return {QStringLiteral("1"), {}};
    const QString key = names.record->targets.size() > 1
        ? QStringLiteral("CAST(%1 || %2 AS BLOB)").arg(entityLiteral(entity.id()), idColumn)
        : idColumn;
    return {QStringLiteral("NOT EXISTS (SELECT 1 FROM %1 WHERE %2 = %3 AND trashed IS NOT 1)")
                .arg(quotedName(names.tagging->table()), quotedName(names.record->column), key),
            {}};
}

} // namespace fieldfare::store
