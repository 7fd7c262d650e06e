// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/list_questions.h"

#include <array>
#include <utility>

namespace fieldfare::bench {

using base::Result;

namespace {

constexpr std::array kListed{"customer", "contact", "interaction", "deal", "ticket"};

/// Entity, filter, sort.
constexpr std::array<std::array<const char *, 3>, 10> kFilters{{
    {"customer", "stage = lead", "name"},
    {"customer", "region = north and level = a", "modified_at:desc"},
    {"customer", "owner = me and next_step_at <= today+7d", "next_step_at"},
    {"customer", "(level = a or level = b) and not status = lost", "number"},
    {"customer", "name startswith Al", "name"},
    {"customer", "name contains 科技", "name"},
    {"deal", "owner = me and state = open", "amount:desc"},
    {"deal", "stage = Negotiation and amount > 10000", "expected_close"},
    {"ticket", "status = open and severity = urgent", "due_at"},
    {"ticket", "assignee = me and (status = new or status = open)", "due_at"},
}};

bool canSort(const model::Field &field)
{
    return field.hasColumn() && field.valueType() != model::FieldType::Tags && field.valueType() != model::FieldType::File;
}

} // namespace

Result<ListQuestions> listQuestions(const model::Catalog &catalog)
{
    ListQuestions questions;
    for (const char *name : kListed) {
        const model::Entity &entity = *catalog.entity(QLatin1StringView(name));
        store::ListQuery newest;
        newest.entity = entity.id();
        questions.sorts.append(newest);
        for (const model::Field &field : entity.fields()) {
            if (!canSort(field))
                continue;
            for (const bool descending : {false, true}) {
                store::ListQuery query;
                query.entity = entity.id();
                query.sorts = {{field.name, descending}};
                (field.has(model::Sortable) ? questions.sorts : questions.otherSorts).append(query);
            }
        }
    }
    for (const auto &[entity, filter, sort] : kFilters) {
        store::ListQuery query;
        query.entity = catalog.entity(QLatin1StringView(entity))->id();
        FIELDFARE_ASSIGN(query.filter, store::Filter::parse(QString::fromUtf8(filter)));
        FIELDFARE_ASSIGN(query.sorts, store::parseSorts(QString::fromLatin1(sort)));
        questions.filters.append(query);
    }
    return questions;
}

QString words(const model::Catalog &catalog, const store::ListQuery &query)
{
    QString text = catalog.entity(query.entity)->name();
    if (!query.filter.isEmpty())
        text += QStringLiteral(" where ") + query.filter.toText();
    return text + QStringLiteral(" by ") + (query.sorts.isEmpty() ? QStringLiteral("newest") : store::sortsText(query.sorts));
}

store::FilterContext listContext(std::int64_t nowMs, const base::Id &user)
{
    store::FilterContext context;
    context.nowMs = nowMs;
    context.zone = QTimeZone::utc();
    context.user = user;
    return context;
}

} // namespace fieldfare::bench
