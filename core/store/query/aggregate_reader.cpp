// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/list_reader.h"

#include "core/store/query/row_reader.h"

#include <QDateTime>

#include <map>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using model::Entity;
using model::Field;
using model::FieldType;
using storage::Statement;

namespace {

const QDate kEpoch(1970, 1, 1);
/// All zones of today differ from UTC by whole quarters of an hour, so grouping by these keeps days apart.
constexpr std::int64_t kQuarterHourMs = 15 * 60 * 1000;
constexpr int kMaxKeys = 2;

/// One field that is grouped by.
struct Key {
    Field field;
    DateBucket bucket = DateBucket::None;

    [[nodiscard]] bool isInstantBucket() const { return bucket != DateBucket::None && field.valueType() == FieldType::Instant; }
    [[nodiscard]] QString sql() const
    {
        const QString column = QStringLiteral("t.") + quotedName(field.column);
        return isInstantBucket() ? QStringLiteral("%1 / %2").arg(column).arg(kQuarterHourMs) : column;
    }
};

std::int64_t bucketStart(QDate day, DateBucket bucket)
{
    if (bucket == DateBucket::Week)
        day = day.addDays(1 - day.dayOfWeek());
    else if (bucket == DateBucket::Month)
        day = QDate(day.year(), day.month(), 1);
    return kEpoch.daysTo(day);
}

SqlValue readKey(const Statement &statement, int column, const Key &key, const FilterContext &context)
{
    if (statement.isNull(column))
        return {};
    switch (key.field.valueType()) {
    case FieldType::Reference:
    case FieldType::User:
        return statement.blob(column);
    case FieldType::Instant:
        if (key.bucket != DateBucket::None) {
            const auto time = QDateTime::fromMSecsSinceEpoch(statement.int64(column) * kQuarterHourMs, context.zone);
            return bucketStart(time.date(), key.bucket);
        }
        return std::int64_t(statement.int64(column));
    case FieldType::Date:
        if (key.bucket != DateBucket::None)
            return bucketStart(kEpoch.addDays(statement.int64(column)), key.bucket);
        return std::int64_t(statement.int64(column));
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Duration:
    case FieldType::YesNo:
        return std::int64_t(statement.int64(column));
    default:
        return statement.text(column);
    }
}

model::Value toValue(const SqlValue &raw, const Field &field)
{
    if (const auto *integer = std::get_if<std::int64_t>(&raw))
        return model::Value(*integer);
    if (const auto *text = std::get_if<QString>(&raw))
        return model::Value(*text);
    const auto *bytes = std::get_if<QByteArray>(&raw);
    if (bytes == nullptr)
        return {};
    if (bytes->size() == base::Id::kSize)
        return model::Value(model::Reference{field.targets.value(0), base::Id::fromBytes(*bytes)});
    if (bytes->size() != base::Id::kSize + 2)
        return {};
    const auto entity = model::EntityId((quint8(bytes->at(0)) << 8) | quint8(bytes->at(1)));
    return model::Value(model::Reference{entity, base::Id::fromBytes(bytes->mid(2))});
}

Result<std::vector<Key>> keysOf(const model::Catalog &catalog, const Entity &entity, const QList<GroupKey> &groupBy)
{
    if (groupBy.size() > kMaxKeys)
        return {ErrorCode::InvalidArgument, QStringLiteral("grouped by more than %1 fields").arg(kMaxKeys)};
    std::vector<Key> keys;
    for (const GroupKey &group : groupBy) {
        FIELDFARE_ASSIGN(Field field, findListField(catalog, entity, group.field));
        const bool isTime = field.valueType() == FieldType::Date || field.valueType() == FieldType::Instant;
        if (!field.hasColumn() || (group.bucket != DateBucket::None && !isTime))
            return {ErrorCode::BadExpression, QStringLiteral("rows cannot be grouped so by %1").arg(field.name), {field.name}};
        keys.push_back({std::move(field), group.bucket});
    }
    return keys;
}

void addMoney(std::vector<model::Money> &sums, std::int64_t minor, const QString &currency)
{
    for (model::Money &sum : sums) {
        if (sum.currencyCode() == currency) {
            sum.minor += minor;
            return;
        }
    }
    sums.push_back(model::Money::of(minor, currency));
    std::sort(sums.begin(), sums.end(), [](const model::Money &a, const model::Money &b) { return a.currency < b.currency; });
}

} // namespace

Result<std::vector<AggregateGroup>> ListReader::aggregate(const AggregateQuery &query)
{
    FIELDFARE_ASSIGN(const SqlCondition where, list_sql::where(*m_catalog, {query.entity, query.filter, {}, TrashedRows::Hide}, m_context));
    const Entity &entity = *m_catalog->entity(query.entity);
    FIELDFARE_ASSIGN(const std::vector<Key> keys, keysOf(*m_catalog, entity, query.groupBy));

    QStringList groups;
    for (const Key &key : keys)
        groups.append(key.sql());
    QStringList columns = groups;
    columns.append(QStringLiteral("count(*)"));
    bool sumsMoney = false;
    if (!query.sum.isEmpty()) {
        FIELDFARE_ASSIGN(const Field summed, findListField(*m_catalog, entity, query.sum));
        if (!summed.hasColumn() || !summed.isNumeric())
            return {ErrorCode::BadExpression, QStringLiteral("%1 cannot be added up").arg(summed.name), {summed.name}};
        columns.append(QStringLiteral("sum(t.%1)").arg(quotedName(summed.column)));
        sumsMoney = summed.valueType() == FieldType::Money;
        if (sumsMoney) {
            columns.append(QStringLiteral("t.") + quotedName(summed.currencyColumn()));
            groups.append(columns.last());
        }
    }
    SqlCondition sql{list_sql::background(QLatin1StringView("figures")) + QStringLiteral("SELECT %1 FROM %2 t WHERE ").arg(columns.join(QLatin1StringView(", ")), quotedName(entity.table())), {}};
    sql += where;
    if (!groups.isEmpty())
        sql += QStringLiteral(" GROUP BY ") + groups.join(QLatin1StringView(", "));

    std::map<std::vector<SqlValue>, AggregateGroup> found;
    FIELDFARE_ASSIGN(const std::unique_ptr<Statement> statement, m_connection.prepare(sql.sql));
    bindValues(*statement, sql.values);
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, statement->step());
        if (!row)
            break;
        std::vector<SqlValue> raw;
        int column = 0;
        for (const Key &key : keys)
            raw.push_back(readKey(*statement, column++, key, m_context));
        AggregateGroup &group = found[raw];
        group.count += statement->int64(column++);
        if (query.sum.isEmpty() || statement->isNull(column))
            continue;
        if (sumsMoney)
            addMoney(group.money, statement->int64(column), statement->text(column + 1));
        else
            group.sum += statement->int64(column);
    }

    RowReader titles(m_connection, m_catalog);
    std::vector<AggregateGroup> result;
    for (auto &[raw, group] : found) {
        for (size_t i = 0; i < keys.size(); ++i) {
            group.keys.push_back(toValue(raw[i], keys[i].field));
            QString title;
            if (const model::Reference *reference = group.keys.back().reference()) {
                FIELDFARE_ASSIGN(title, titles.title(*reference));
            }
            group.titles.append(title);
        }
        result.push_back(std::move(group));
    }
    return result;
}

} // namespace fieldfare::store
