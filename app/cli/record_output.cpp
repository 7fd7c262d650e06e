// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/record_output.h"

#include "core/exchange/column_matching.h"
#include "core/exchange/record_json.h"
#include "core/exchange/record_lookups.h"
#include "core/model/entities/entities.h"
#include "core/model/value_text.h"

#include <QCoreApplication>
#include <QDateTime>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using exchange::RecordLookups;
using model::Field;
using model::Value;

Result<Value> readValue(CommandContext &context, const model::Entity &entity, const Field &field, const QString &text, const base::Id &pipeline)
{
    if (text.trimmed().isEmpty())
        return Value();
    if (!exchange::isImportable(field))
        return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "%1.%2 is set by the program").arg(entity.name(), field.name)};
    FIELDFARE_ASSIGN(const store::ProfileInfo info, context.store.profileInfo());
    RecordLookups lookups(context.store);
    FIELDFARE_ASSIGN(const auto answer, field.isReference() ? lookups.reference(field, text, false, pipeline) : lookups.value(field, text, info.currency));
    switch (answer.outcome) {
    case RecordLookups::Outcome::Found:
    case RecordLookups::Outcome::Created:
        return answer.value;
    case RecordLookups::Outcome::Ambiguous:
        return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "several records are called \"%1\": name one by its number or id").arg(text)};
    case RecordLookups::Outcome::Unknown:
        break;
    }
    if (field.type != model::FieldType::Choice)
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "%1 is to point to it").arg(field.name), {text}};
    FIELDFARE_ASSIGN(const QStringList keys, lookups.choiceKeys(field));
    return {ErrorCode::UnknownChoice, QCoreApplication::translate("Details", "one of %1").arg(keys.join(QStringLiteral(", "))), {field.name, text}};
}

Result<std::vector<changes::FieldValue>> readAssignments(CommandContext &context, const model::Entity &entity, const QStringList &words,
                                                         const base::Id &pipeline)
{
    std::vector<changes::FieldValue> values;
    base::Id chosen = pipeline;
    // The pipeline first: a stage's name is looked for in it.
    for (const bool isPipelineTurn : {true, false}) {
        for (const QString &word : words) {
            const qsizetype equals = word.indexOf(QLatin1Char('='));
            if (equals < 1)
                return context.usage(QCoreApplication::translate("Details", "\"%1\" is not FIELD=VALUE").arg(word));
            const QString name = word.left(equals).trimmed();
            if ((name == QLatin1String("pipeline")) != isPipelineTurn)
                continue;
            FIELDFARE_ASSIGN(const Field *const field, context.store.catalog()->findField(entity, name));
            FIELDFARE_ASSIGN(Value value, readValue(context, entity, *field, word.mid(equals + 1), chosen));
            if (isPipelineTurn)
                chosen = value.referenceId();
            values.push_back({field->key, std::move(value)});
        }
    }
    return values;
}

void printRecord(CommandContext &context, const model::Entity &entity, const store::RowView &row)
{
    const QJsonObject object = exchange::recordJson(entity, row);
    if (context.json) {
        context.print(object);
        return;
    }
    context.say(QStringLiteral("%1: %2").arg(QStringLiteral("id"), 16).arg(row.record.id.toString()));
    for (const Field *field : exchange::shownFields(entity)) {
        const Value &value = row.record.value(*field);
        QString text = field->type == model::FieldType::Tags ? row.record.tags.join(QStringLiteral(", ")) : model::formatValue(*field, value);
        if (field->isReference() && !row.referenceTitle(*field).isEmpty())
            text = row.referenceTitle(*field);
        if (!text.isEmpty())
            context.say(QStringLiteral("%1: %2").arg(field->name, 16).arg(text));
    }
    if (row.record.trashed)
        context.say(QStringLiteral("%1: yes").arg(QStringLiteral("trashed"), 16));
}

QString fieldName(const model::Entity *entity, const model::FieldKey &key)
{
    if (key.number == model::kTrashedNumber)
        return QStringLiteral("trashed");
    const Field *field = entity != nullptr ? entity->field(key) : nullptr;
    if (field != nullptr)
        return field->name;
    return key.isCustom() ? (key.custom.isNull() ? QString() : key.custom.toString()) : QString::number(key.number);
}

QString valueText(store::Store &store, const model::Entity *entity, const model::FieldKey &key, const Value &value)
{
    if (value.isEmpty())
        return {};
    if (key.number == model::kTrashedNumber)
        return value.integerOr(0) != 0 ? QStringLiteral("yes") : QString();
    if (const model::Reference *reference = value.reference()) {
        const auto title = store.title(*reference);
        return title.ok() && !title->isEmpty() ? title.value() : reference->id.toString();
    }
    const Field *field = entity != nullptr ? entity->field(key) : nullptr;
    return field != nullptr ? model::formatValue(*field, value) : model::toPortableText(value);
}

QString userName(store::Store &store, const base::Id &user)
{
    if (user.isNull())
        return {};
    const auto title = store.title({model::entities::kUser.id, user});
    return title.ok() && !title->isEmpty() ? title.value() : user.toString();
}

QString timeText(qint64 ms)
{
    return ms == 0 ? QString() : QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODateWithMs);
}

} // namespace fieldfare::app
