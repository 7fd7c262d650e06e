// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/sql_condition.h"

#include "core/storage/statement.h"

namespace fieldfare::store {

SqlCondition &SqlCondition::operator+=(const SqlCondition &other)
{
    sql += other.sql;
    values.insert(values.end(), other.values.begin(), other.values.end());
    return *this;
}

SqlCondition &SqlCondition::operator+=(const QString &text)
{
    sql += text;
    return *this;
}

int bindValues(storage::Statement &statement, const std::vector<SqlValue> &values, int first)
{
    for (const SqlValue &value : values) {
        if (const auto *integer = std::get_if<std::int64_t>(&value))
            statement.bind(first, qint64(*integer));
        else if (const auto *text = std::get_if<QString>(&value))
            statement.bindText(first, *text);
        else if (const auto *bytes = std::get_if<QByteArray>(&value))
            statement.bindBlob(first, *bytes);
        else
            statement.bindNull(first);
        ++first;
    }
    return first;
}

QString quotedName(const QString &identifier)
{
    return QLatin1Char('"') + QString(identifier).remove(QLatin1Char('"')) + QLatin1Char('"');
}

QByteArray entityReferenceBytes(model::EntityId target, const base::Id &id)
{
    QByteArray bytes;
    bytes.append(char(target >> 8));
    bytes.append(char(target & 0xFF));
    return bytes + id.toBytes();
}

QByteArray referenceBytes(const model::Field &field, model::EntityId target, const base::Id &id)
{
    return field.targets.size() == 1 ? id.toBytes() : entityReferenceBytes(target, id);
}

} // namespace fieldfare::store
