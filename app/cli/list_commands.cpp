// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// list, count, search
#include "app/cli/command.h"
#include "app/cli/record_output.h"

#include "core/exchange/record_json.h"
#include "core/model/value_text.h"
#include "core/store/query/list_reader.h"
#include "core/store/search/search.h"
#include "core/store/search/search_index.h"

#include <QCoreApplication>

namespace fieldfare::app::commands_impl {

using base::Result;

namespace {

constexpr size_t kPage = 500;

Result<int> limitOf(CommandContext &context, const Arguments &arguments, int fallback)
{
    if (!arguments.has("limit"))
        return fallback;
    bool ok = false;
    const int limit = arguments.value("limit").toInt(&ok);
    if (!ok || limit < 1)
        return context.usage(QCoreApplication::translate("Details", "--limit needs a number from 1"));
    return limit;
}

QString tableCell(const model::Field &field, const store::RowView &row)
{
    if (field.type == model::FieldType::Tags)
        return row.record.tags.join(QStringLiteral(", "));
    const QString title = field.isReference() ? row.referenceTitle(field) : QString();
    QString text = title.isEmpty() ? model::formatValue(field, row.record.value(field)) : title;
    return text.replace(QLatin1Char('\n'), QLatin1Char(' ')).replace(QLatin1Char('\t'), QLatin1Char(' '));
}

void printRow(CommandContext &context, const model::Entity &entity, const QList<const model::Field *> &columns, const store::RowView &row)
{
    if (context.json) {
        context.print(exchange::recordJson(entity, row));
        return;
    }
    QStringList cells;
    for (const model::Field *field : columns)
        cells.append(tableCell(*field, row));
    context.say(cells.join(QLatin1Char('\t')));
}

QString rankName(store::HitRank rank)
{
    switch (rank) {
    case store::HitRank::Exact:
        return QStringLiteral("exact");
    case store::HitRank::Prefix:
        return QStringLiteral("prefix");
    case store::HitRank::Recent:
        return QStringLiteral("recent");
    case store::HitRank::Mine:
        return QStringLiteral("mine");
    case store::HitRank::Word:
        return QStringLiteral("word");
    case store::HitRank::Text:
        return QStringLiteral("text");
    }
    return {};
}

} // namespace

Result<void> list(CommandContext &context, const Arguments &arguments)
{
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.words.at(0)));
    FIELDFARE_ASSIGN(const int limit, limitOf(context, arguments, 0));
    FIELDFARE_ASSIGN(const store::FilterContext filter, context.filterContext());
    store::ListQuery query;
    query.entity = entity->id();
    FIELDFARE_ASSIGN(query.filter, store::Filter::parse(arguments.value("where")));
    FIELDFARE_ASSIGN(query.sorts, store::parseSorts(arguments.value("sort")));
    query.trashed = arguments.has("trashed") ? store::TrashedRows::Only : store::TrashedRows::Hide;
    store::ListReader reader(context.store.connection(), catalog, filter);
    std::vector<std::int64_t> rids;
    if (limit > 0) {
        FIELDFARE_ASSIGN(rids, reader.firstRids(query, limit));
    } else {
        FIELDFARE_ASSIGN(const store::RowOrder order, reader.order(query));
        rids = *order;
    }
    QList<const model::Field *> columns = entity->fieldsWith(model::InList);
    if (!context.json) {
        QStringList heading;
        for (const model::Field *field : std::as_const(columns))
            heading.append(field->name);
        context.say(heading.join(QLatin1Char('\t')));
    }
    for (size_t at = 0; at < rids.size(); at += kPage) {
        if (context.idle && context.idle())
            return {base::ErrorCode::Cancelled, QString()};
        FIELDFARE_ASSIGN(const auto rows, reader.rows(entity->id(), std::span(rids).subspan(at, std::min(kPage, rids.size() - at))));
        for (const store::RowView &row : rows)
            printRow(context, *entity, columns, row);
    }
    return {};
}

Result<void> count(CommandContext &context, const Arguments &arguments)
{
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.words.at(0)));
    FIELDFARE_ASSIGN(const store::FilterContext filter, context.filterContext());
    store::ListQuery query;
    query.entity = entity->id();
    FIELDFARE_ASSIGN(query.filter, store::Filter::parse(arguments.value("where")));
    store::ListReader reader(context.store.connection(), catalog, filter);
    FIELDFARE_ASSIGN(const std::int64_t rows, reader.count(query));
    if (context.json)
        context.print({{QStringLiteral("count"), qint64(rows)}});
    context.say(QString::number(rows));
    return {};
}

Result<void> search(CommandContext &context, const Arguments &arguments)
{
    const model::CatalogPointer catalog = context.store.catalog();
    store::SearchRequest request;
    request.text = arguments.words.at(0);
    if (request.text.trimmed().isEmpty())
        return context.usage(QStringLiteral("search wants a word, a number or a part of one"));
    FIELDFARE_ASSIGN(request.limit, limitOf(context, arguments, 20));
    request.limit = std::min(request.limit, store::Search::kMaxCandidates);
    request.withText = arguments.has("text");
    if (arguments.has("entity")) {
        FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.value("entity")));
        request.entities.append(entity->id());
    }
    FIELDFARE_ASSIGN(const changes::ReplicaState state, context.store.replicaState());
    request.user = state.user;
    // Nothing indexes in the background of a command line: what large imports left is caught up with here.
    for (bool more = true; more;) {
        FIELDFARE_ASSIGN(more, store::search::foldSome(context.store.connection(), *catalog, std::chrono::milliseconds(200)));
        if (context.idle && context.idle())
            return {base::ErrorCode::Cancelled, QString()};
    }
    store::Search finder(context.store.connection(), *catalog);
    FIELDFARE_ASSIGN(const store::SearchResult result, finder.find(request));
    for (const store::EntityHits &hits : result.entities) {
        const model::Entity *entity = catalog->entity(hits.entity);
        for (const store::SearchHit &hit : hits.hits) {
            if (context.json) {
                context.print({{QStringLiteral("entity"), entity->name()},
                               {QStringLiteral("id"), hit.record.id.toString()},
                               {QStringLiteral("number"), hit.number},
                               {QStringLiteral("title"), hit.title},
                               {QStringLiteral("rank"), rankName(hit.rank)},
                               {QStringLiteral("context"), hit.context}});
            }
            context.say(QStringList{entity->name(), hit.number, hit.title, hit.context}.join(QLatin1Char('\t')));
        }
        if (hits.moreThanFound)
            context.note(QStringLiteral("%1: more than %2").arg(entity->name()).arg(hits.found));
        else if (hits.found > int(hits.hits.size()))
            context.note(QStringLiteral("%1: %2 more, which --limit shows").arg(entity->name()).arg(hits.found - int(hits.hits.size())));
    }
    if (result.entities.empty() && !context.json)
        context.note(QStringLiteral("nothing was found"));
    if (result.behind)
        context.note(QStringLiteral("indexing, %1 %: not everything was looked through").arg(result.percentIndexed));
    return {};
}

} // namespace fieldfare::app::commands_impl
