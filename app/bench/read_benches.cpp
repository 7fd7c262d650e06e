// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// search-typeahead, list-window, start: what a person waits for.
#include "app/bench/bench.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stopwatch.h"
#include "core/store/query/list_reader.h"
#include "core/store/search/search.h"

namespace fieldfare::bench {

using base::Result;

namespace {

constexpr double kFrameMs = 16;

struct QueryClass {
    const char *name;
    QStringList texts;
};

QList<QueryClass> queryClasses()
{
    return {
        {"one Latin letter", {QStringLiteral("a"), QStringLiteral("g"), QStringLiteral("n"), QStringLiteral("s")}},
        {"Latin prefix", {QStringLiteral("gol"), QStringLiteral("silv"), QStringLiteral("ston"), QStringLiteral("rap")}},
        {"two Latin words", {QStringLiteral("golden riv"), QStringLiteral("blue forge"), QStringLiteral("north clo")}},
        {"one CJK character", {QStringLiteral("张"), QStringLiteral("伟"), QStringLiteral("陈")}},
        {"two CJK characters", {QStringLiteral("张伟"), QStringLiteral("王芳"), QStringLiteral("李娜")}},
        {"three CJK characters", {QStringLiteral("张伟强"), QStringLiteral("王芳丽")}},
        {"pinyin", {QStringLiteral("zhangwei"), QStringLiteral("zw"), QStringLiteral("wangf")}},
        {"end of a phone", {QStringLiteral("4711"), QStringLiteral("90210"), QStringLiteral("003")}},
        {"number", {QStringLiteral("C-0012"), QStringLiteral("C-000777")}},
        {"nothing", {QStringLiteral("qqqzzz"), QStringLiteral("龘龘")}},
    };
}

Result<double> firstPageMs(storage::Connection &connection, const model::CatalogPointer &catalog, const store::ListQuery &query)
{
    const Stopwatch watch;
    store::ListReader reader(connection, catalog, store::FilterContext{});
    FIELDFARE_TRY(reader.firstRows(query, 50));
    return watch.seconds() * 1000;
}

Result<QList<store::ListQuery>> everySort(const model::Catalog &catalog)
{
    const model::Entity &customer = *catalog.entity(QStringLiteral("customer"));
    QList<store::ListQuery> queries;
    for (const model::Field *field : customer.fieldsWith(model::Sortable)) {
        for (const bool descending : {false, true}) {
            store::ListQuery query;
            query.entity = customer.id();
            query.sorts = {{field->name, descending}};
            queries.append(query);
        }
    }
    return queries;
}

Result<double> worstSortMs(SampleProfile &profile)
{
    FIELDFARE_ASSIGN(const auto queries, everySort(*profile.store().catalog()));
    double worst = 0;
    for (const store::ListQuery &query : queries) {
        std::vector<double> samples;
        for (int i = 0; i < 9; ++i) {
            FIELDFARE_ASSIGN(const double ms, firstPageMs(profile.store().connection(), profile.store().catalog(), query));
            samples.push_back(ms);
        }
        worst = std::max(worst, median(samples));
    }
    return worst;
}

/// Opens the file, the key being derived, and reads the first page of the customers by name.
Result<double> startMs(SampleProfile &profile)
{
    std::vector<double> samples;
    for (int i = 0; i < 9; ++i) {
        const Stopwatch watch;
        FIELDFARE_TRY(profile.reopen());
        store::ListQuery query;
        query.entity = profile.store().catalog()->entity(QStringLiteral("customer"))->id();
        query.sorts = {{QStringLiteral("name"), false}};
        FIELDFARE_TRY(firstPageMs(profile.store().connection(), profile.store().catalog(), query));
        samples.push_back(watch.seconds() * 1000);
    }
    return median(samples);
}

} // namespace

Result<QList<Line>> searchTypeahead(const Options &options)
{
    FIELDFARE_ASSIGN(const auto profile, SampleProfile::create());
    FIELDFARE_TRY(profile->insertCustomers(0, options.rows));
    FIELDFARE_TRY(profile->foldSearch());
    store::Search search(profile->store().connection(), *profile->store().catalog());
    QList<Line> lines;
    double worst = 0;
    for (const QueryClass &group : queryClasses()) {
        std::vector<double> samples;
        for (int round = 0; round < 40; ++round) {
            for (const QString &text : group.texts) {
                store::SearchRequest request;
                request.text = text;
                request.limit = 50;
                const Stopwatch watch;
                FIELDFARE_TRY(search.find(request));
                samples.push_back(watch.seconds() * 1000);
            }
        }
        const double p99 = percentile(samples, 0.99);
        worst = std::max(worst, p99);
        lines.append({QStringLiteral("search-typeahead/") + QString::fromLatin1(group.name), p99, QStringLiteral("ms p99"), kFrameMs, options.rows});
    }
    lines.prepend({QStringLiteral("search-typeahead"), worst, QStringLiteral("ms p99"), kFrameMs, options.rows});
    return lines;
}

Result<QList<Line>> listWindow(const Options &options)
{
    FIELDFARE_ASSIGN(const auto small, SampleProfile::create());
    FIELDFARE_TRY(small->insertCustomers(0, 1000));
    FIELDFARE_ASSIGN(const double baseline, worstSortMs(*small));
    FIELDFARE_ASSIGN(const auto large, SampleProfile::create());
    FIELDFARE_TRY(large->insertCustomers(0, options.rows));
    FIELDFARE_ASSIGN(const double value, worstSortMs(*large));
    return QList<Line>{{QStringLiteral("list-window"), value, QStringLiteral("ms"), baseline, options.rows}};
}

Result<QList<Line>> start(const Options &options)
{
    FIELDFARE_ASSIGN(const auto empty, SampleProfile::create());
    FIELDFARE_ASSIGN(const double baseline, startMs(*empty));
    FIELDFARE_ASSIGN(const auto full, SampleProfile::create());
    FIELDFARE_TRY(full->insertCustomers(0, options.rows));
    FIELDFARE_TRY(full->foldSearch());
    FIELDFARE_ASSIGN(const double value, startMs(*full));
    return QList<Line>{{QStringLiteral("start"), value, QStringLiteral("ms"), baseline, options.rows}};
}

} // namespace fieldfare::bench
