// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/record_json.h"

#include "core/model/value_text.h"

#include <QDateTime>
#include <QJsonArray>

namespace fieldfare::exchange {

using model::Field;
using model::FieldType;
using model::Value;

namespace {

QString instantText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace

QList<const Field *> shownFields(const model::Entity &entity)
{
    QList<const Field *> fields;
    for (const Field &field : entity.fields()) {
        if (!field.has(model::Removed) && !field.has(model::Hidden))
            fields.append(&field);
    }
    return fields;
}

QJsonValue jsonValue(const Field &field, const Value &value)
{
    if (value.isEmpty())
        return QJsonValue::Null;
    if (const std::int64_t *number = value.integer()) {
        switch (field.valueType()) {
        case FieldType::Integer:
            return QJsonValue(qint64(*number));
        case FieldType::Decimal:
            return QJsonValue(double(*number) / 1e6);
        case FieldType::YesNo:
            return QJsonValue(*number != 0);
        default:
            break;
        }
    }
    return QJsonValue(model::formatValue(field, value));
}

QJsonObject recordJson(const model::Entity &entity, const store::RowView &row)
{
    QJsonObject object;
    object.insert(QStringLiteral("id"), row.record.id.toString());
    for (const Field *field : shownFields(entity)) {
        if (field->type == FieldType::Tags) {
            object.insert(field->name, QJsonArray::fromStringList(row.record.tags));
            continue;
        }
        const Value &value = row.record.value(*field);
        if (!field->isReference()) {
            object.insert(field->name, jsonValue(*field, value));
            continue;
        }
        const QString title = row.referenceTitle(*field);
        const QJsonValue id = jsonValue(*field, value);
        object.insert(field->name, title.isEmpty() ? id : QJsonValue(title));
        object.insert(field->name + QStringLiteral("_id"), id);
    }
    object.insert(QStringLiteral("created_at"), instantText(row.record.createdAt));
    object.insert(QStringLiteral("modified_at"), instantText(row.record.modifiedAt));
    object.insert(QStringLiteral("trashed"), row.record.trashed);
    return object;
}

} // namespace fieldfare::exchange
