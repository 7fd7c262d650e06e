// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/filter_sql.h"

#include "core/model/choice_seeds.h"
#include "core/model/value_text.h"
#include "core/store/query/filter_references.h"
#include "core/store/query/relative_time.h"

#include <QCoreApplication>
#include <QDateTime>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using model::Catalog;
using model::Entity;
using model::Field;
using model::FieldType;

namespace {

const QDate kEpoch(1970, 1, 1);

/// Columns that every table has, described as if they were fields.
std::optional<Field> systemField(const Catalog &catalog, const QString &name)
{
    Field field;
    field.name = name;
    field.column = name;
    if (name == QLatin1StringView("created_at") || name == QLatin1StringView("modified_at")) {
        field.type = FieldType::Instant;
        return field;
    }
    if (name == QLatin1StringView("created_by") || name == QLatin1StringView("modified_by")) {
        field.type = FieldType::User;
        if (const Entity *user = catalog.entity(QStringLiteral("user")))
            field.targets.append(user->id());
        return field;
    }
    return std::nullopt;
}

/// Joins by halves: SQLite allows expressions 1,000 levels deep, and a chain of ORs is as deep as it is long.
SqlCondition joinBalanced(const std::vector<SqlCondition> &parts, size_t from, size_t to, const QString &word)
{
    if (to - from == 1)
        return parts[from];
    const size_t middle = from + (to - from) / 2;
    SqlCondition joined{QStringLiteral("("), {}};
    joined += joinBalanced(parts, from, middle, word);
    joined += word;
    joined += joinBalanced(parts, middle, to, word);
    joined += QStringLiteral(")");
    return joined;
}

SqlCondition negated(const SqlCondition &condition)
{
    return {QStringLiteral("((%1) IS NOT TRUE)").arg(condition.sql), condition.values};
}

class Compiler {
public:
    Compiler(const Catalog &catalog, const Entity &entity, const FilterContext &context, const QString &alias)
        : m_catalog(catalog), m_entity(entity), m_context(context), m_alias(alias)
    {
    }

    Result<SqlCondition> node(const FilterNode &node) const
    {
        if (node.kind == FilterNode::Kind::Comparison)
            return comparison(node);
        std::vector<SqlCondition> parts;
        for (const FilterNode &child : node.children) {
            FIELDFARE_ASSIGN(SqlCondition part, this->node(child));
            parts.push_back(std::move(part));
        }
        if (parts.empty())
            return SqlCondition{QStringLiteral("1"), {}};
        if (node.kind == FilterNode::Kind::Not)
            return negated(parts.front());
        return joinBalanced(parts, 0, parts.size(),
                            node.kind == FilterNode::Kind::All ? QStringLiteral(" AND ") : QStringLiteral(" OR "));
    }

private:
    QString columnOf(const QString &column) const { return m_alias + QLatin1Char('.') + quotedName(column); }

    Result<SqlCondition> comparison(const FilterNode &node) const
    {
        if (node.field == QLatin1StringView("id"))
            return idComparison(node);
        FIELDFARE_ASSIGN(const Field field, findListField(m_catalog, m_entity, node.field));
        return onField(field, node);
    }

    Result<SqlCondition> onField(const Field &field, const FilterNode &node) const
    {
        if (node.op == FilterOperator::IsEmpty)
            return emptiness(field);
        std::vector<SqlCondition> any;
        const FilterOperator op = node.op == FilterOperator::In || node.op == FilterOperator::NotEqual ? FilterOperator::Equal : node.op;
        for (const FilterValue &value : node.values) {
            FIELDFARE_ASSIGN(SqlCondition one, single(field, op, value));
            any.push_back(std::move(one));
        }
        if (any.empty())
            return notPossible(field, node.op);
        const SqlCondition joined = joinBalanced(any, 0, any.size(), QStringLiteral(" OR "));
        return node.op == FilterOperator::NotEqual ? negated(joined) : joined;
    }

    SqlCondition emptiness(const Field &field) const
    {
        if (field.type == FieldType::Tags)
            return untaggedCondition(m_catalog, m_entity, columnOf(QStringLiteral("id")));
        return {columnOf(field.column) + QStringLiteral(" IS NULL"), {}};
    }

    Result<SqlCondition> single(const Field &field, FilterOperator op, const FilterValue &value) const
    {
        if (value.quoted && value.text.isEmpty() && op == FilterOperator::Equal)
            return emptiness(field);
        const bool matchesText = op == FilterOperator::Equal || op == FilterOperator::Contains || op == FilterOperator::StartsWith;
        const QString column = columnOf(field.column);
        switch (field.valueType()) {
        case FieldType::Tags:
            if (!matchesText)
                return notPossible(field, op);
            return tagCondition(m_catalog, m_entity, columnOf(QStringLiteral("id")), op, value.text);
        case FieldType::Reference:
        case FieldType::User:
            if (!matchesText)
                return notPossible(field, op);
            return reference(field, column, op, value);
        case FieldType::Choice:
            if (op == FilterOperator::Equal)
                return choice(column, value.text);
            return text(column, op, value.text);
        case FieldType::Integer:
        case FieldType::Decimal:
        case FieldType::Duration:
        case FieldType::Money:
        case FieldType::YesNo:
        case FieldType::Date:
        case FieldType::Instant:
            if (matchesText && op != FilterOperator::Equal)
                return notPossible(field, op);
            return number(field, column, op, value);
        default:
            return text(column, op, value.text);
        }
    }

    static Result<SqlCondition> notPossible(const Field &field, FilterOperator op)
    {
        return {ErrorCode::BadExpression, QCoreApplication::translate("Details", "%1 cannot be compared by %2").arg(field.name, operatorText(op)),
                {field.name, operatorText(op)}};
    }

    static SqlCondition text(const QString &column, FilterOperator op, const QString &value)
    {
        switch (op) {
        case FilterOperator::Equal:
        case FilterOperator::Contains:
        case FilterOperator::StartsWith:
            return textCondition(column, op, value);
        default:
            return {QStringLiteral("%1 COLLATE NOCASE %2 ?").arg(column, operatorText(op)), {value}};
        }
    }

    static SqlCondition choice(const QString &column, const QString &value)
    {
        const QString key = model::choiceKeyFor(value);
        if (key == value)
            return {column + QStringLiteral(" = ?"), {value}};
        return {column + QStringLiteral(" IN (?, ?)"), {value, key}};
    }

    SqlCondition reference(const Field &field, const QString &column, FilterOperator op, const FilterValue &value) const
    {
        const Entity *user = m_catalog.entity(QStringLiteral("user"));
        const bool isMe = !value.quoted && op == FilterOperator::Equal && !m_context.user.isNull() && user != nullptr
            && field.targets.contains(user->id()) && value.text.compare(QLatin1StringView("me"), Qt::CaseInsensitive) == 0;
        if (isMe)
            return {column + QStringLiteral(" = ?"), {referenceBytes(field, user->id(), m_context.user)}};
        return referenceCondition(m_catalog, field, column, op, value.text);
    }

    static SqlCondition ordered(const QString &column, FilterOperator op, std::int64_t value)
    {
        return {QStringLiteral("%1 %2 ?").arg(column, operatorText(op)), {value}};
    }

    Result<SqlCondition> number(const Field &field, const QString &column, FilterOperator op, const FilterValue &value) const
    {
        const FieldType type = field.valueType();
        const bool isTime = type == FieldType::Date || type == FieldType::Instant;
        if (isTime && !value.quoted) {
            if (const auto relative = parseRelativeTime(value.text, m_context))
                return type == FieldType::Date ? onDay(column, op, *relative) : onInstant(column, op, *relative);
        }
        if (type == FieldType::Instant) {
            const QDate day = QDate::fromString(value.text.trimmed(), Qt::ISODate);
            if (day.isValid())
                return withinDay(column, op, day);
        }
        FIELDFARE_ASSIGN(const model::Value parsed, model::parseValue(field, value.text, m_context.currency));
        if (const model::Money *money = parsed.money()) {
            SqlCondition condition = ordered(column, op, money->minor);
            if (value.text.trimmed().contains(QLatin1Char(' '))) {
                condition += QStringLiteral(" AND %1 = ?").arg(columnOf(field.currencyColumn()));
                condition.values.emplace_back(money->currencyCode());
            }
            condition.sql = QLatin1Char('(') + condition.sql + QLatin1Char(')');
            return condition;
        }
        if (parsed.integer() == nullptr)
            return {ErrorCode::BadValue, QStringLiteral("%1: \"%2\" cannot be read").arg(field.name, value.text.left(80)),
                    {field.name, value.text.left(80)}};
        if (type == FieldType::YesNo)
            return ordered(QStringLiteral("ifnull(%1, 0)").arg(column), op, *parsed.integer());
        return ordered(column, op, *parsed.integer());
    }

    SqlCondition onDay(const QString &column, FilterOperator op, const RelativeTime &time) const
    {
        const QDate day = time.day.isValid() ? time.day : QDateTime::fromMSecsSinceEpoch(time.instant, m_context.zone).date();
        return ordered(column, op, kEpoch.daysTo(day));
    }

    SqlCondition onInstant(const QString &column, FilterOperator op, const RelativeTime &time) const
    {
        return time.day.isValid() ? withinDay(column, op, time.day) : ordered(column, op, time.instant);
    }

    SqlCondition withinDay(const QString &column, FilterOperator op, QDate day) const
    {
        const std::int64_t start = startOfDay(day, m_context);
        const std::int64_t end = startOfDay(day.addDays(1), m_context);
        switch (op) {
        case FilterOperator::Less:
            return ordered(column, FilterOperator::Less, start);
        case FilterOperator::LessOrEqual:
            return ordered(column, FilterOperator::Less, end);
        case FilterOperator::Greater:
            return ordered(column, FilterOperator::GreaterOrEqual, end);
        case FilterOperator::GreaterOrEqual:
            return ordered(column, FilterOperator::GreaterOrEqual, start);
        default:
            return {QStringLiteral("(%1 >= ? AND %1 < ?)").arg(column), {start, end}};
        }
    }

    Result<SqlCondition> idComparison(const FilterNode &node) const
    {
        Field field;
        field.name = node.field;
        if (node.op != FilterOperator::Equal && node.op != FilterOperator::In && node.op != FilterOperator::NotEqual)
            return notPossible(field, node.op);
        std::vector<SqlCondition> any;
        for (const FilterValue &value : node.values) {
            const auto id = base::Id::fromString(value.text);
            const Field *numberField = m_entity.numberField();
            if (id)
                any.push_back({columnOf(QStringLiteral("id")) + QStringLiteral(" = ?"), {id->toBytes()}});
            else if (numberField != nullptr)
                any.push_back(textCondition(columnOf(numberField->column), FilterOperator::Equal, value.text));
            else
                return {ErrorCode::BadValue, QStringLiteral("\"%1\" is no id").arg(value.text.left(80)), {node.field, value.text.left(80)}};
        }
        if (any.empty())
            return notPossible(field, node.op);
        const SqlCondition joined = joinBalanced(any, 0, any.size(), QStringLiteral(" OR "));
        return node.op == FilterOperator::NotEqual ? negated(joined) : joined;
    }

    const Catalog &m_catalog;
    const Entity &m_entity;
    const FilterContext &m_context;
    QString m_alias;
};

} // namespace

Result<Field> findListField(const Catalog &catalog, const Entity &entity, const QString &name)
{
    if (const Field *field = entity.field(name); field != nullptr && !field->has(model::Removed))
        return *field;
    if (const auto field = systemField(catalog, name))
        return *field;
    return {ErrorCode::UnknownField, QStringLiteral("no field %1 in %2").arg(name, entity.name()), {entity.name(), name}};
}

Result<SqlCondition> compileFilter(const Catalog &catalog, const Entity &entity, const Filter &filter,
                                   const FilterContext &context, const QString &alias)
{
    if (filter.isEmpty())
        return SqlCondition{};
    return Compiler(catalog, entity, context, alias).node(filter.root());
}

} // namespace fieldfare::store
