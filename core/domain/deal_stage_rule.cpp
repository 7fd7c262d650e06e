// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/deal_stage_rule.h"

#include "core/model/entities/entities.h"

namespace fieldfare::domain {

using base::Result;
using model::Field;
using model::Value;

namespace {

constexpr qint64 kDayMs = 86'400'000;

const changes::FieldValue *given(const changes::LocalChange &change, const Field *field)
{
    for (const changes::FieldValue &entry : change.values) {
        if (field != nullptr && entry.field == field->key)
            return &entry;
    }
    return nullptr;
}

void addUnlessGiven(changes::LocalChange &change, const Field *field, const Value &value)
{
    if (field != nullptr && given(change, field) == nullptr)
        change.values.push_back({field->key, value});
}

store::ListQuery firstStage(model::EntityId stages, const changes::FieldValue *pipeline)
{
    using store::Filter;
    using store::FilterOperator;
    store::ListQuery query;
    query.entity = stages;
    query.filter = Filter::comparison(QStringLiteral("kind"), FilterOperator::Equal, QStringLiteral("open"))
        && Filter::comparison(QStringLiteral("retired"), FilterOperator::NotEqual, QStringLiteral("yes"));
    if (pipeline != nullptr && pipeline->value.reference() != nullptr)
        query.filter = query.filter && Filter::comparison(QStringLiteral("pipeline"), FilterOperator::Equal, pipeline->value.reference()->id.toString());
    query.sorts = {{QStringLiteral("sort_order"), false}};
    return query;
}

} // namespace

Result<void> DealStageRule::complete(const Context &context, changes::LocalChange &change) const
{
    if (change.entity != model::entities::kDeal.id)
        return {};
    const model::Entity *deal = context.catalog.entity(change.entity);
    const model::Entity *stages = context.catalog.entity(model::entities::kStage.id);
    if (deal == nullptr || stages == nullptr)
        return {};
    const Field *stageField = deal->field(QStringLiteral("stage"));
    const changes::FieldValue *stage = given(change, stageField);
    std::optional<model::Record> record;
    if (stage != nullptr && stage->value.reference() != nullptr) {
        FIELDFARE_ASSIGN(record, context.find(stages->id(), stage->value.reference()->id));
    } else if (change.kind == changes::OperationKind::Create && stageField != nullptr && context.cause == store::Cause::User) {
        FIELDFARE_ASSIGN(record, context.first(firstStage(stages->id(), given(change, deal->field(QStringLiteral("pipeline"))))));
        if (record) {
            std::erase_if(change.values, [stageField](const changes::FieldValue &entry) { return entry.field == stageField->key; });
            change.values.push_back({stageField->key, Value(model::Reference{stages->id(), record->id})});
        }
    }
    if (!record)
        return {};
    const auto stageValue = [&](const char *name) {
        const Field *field = stages->field(QString::fromLatin1(name));
        return field ? record->value(*field) : Value();
    };
    addUnlessGiven(change, deal->field(QStringLiteral("probability")), stageValue("probability"));
    addUnlessGiven(change, deal->field(QStringLiteral("pipeline")), stageValue("pipeline"));
    const Field *closedAt = deal->field(QStringLiteral("closed_at"));
    const bool isOpen = stageValue("kind").textOrEmpty() == QLatin1String("open");
    if (closedAt == nullptr || given(change, closedAt) != nullptr)
        return {};
    Value closed;
    if (change.kind == changes::OperationKind::Set) {
        FIELDFARE_ASSIGN(const auto standing, context.find(deal->id(), change.record));
        if (standing)
            closed = standing->value(*closedAt);
    }
    if (isOpen && !closed.isEmpty())
        addUnlessGiven(change, closedAt, Value());
    else if (!isOpen && closed.isEmpty())
        addUnlessGiven(change, closedAt, Value(std::int64_t(context.nowMs / kDayMs)));
    return {};
}

} // namespace fieldfare::domain
