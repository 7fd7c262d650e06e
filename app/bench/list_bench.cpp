// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// list-window, index-advisor, start: what a person waits for when looking at a list.
#include "app/bench/bench.h"
#include "app/bench/list_questions.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stopwatch.h"
#include "core/store/search/search.h"
#include "tests/bench/statement_watch.h"

namespace fieldfare::bench {

using base::Result;
using store::ListQuery;

namespace {

constexpr int kRounds = 7;
constexpr int kShownRows = 50;
constexpr double kDragMs = 100;       // rows anywhere under the scroll bar
constexpr double kBackgroundMs = 2000;
constexpr double kFirstOfScanMs = 100;
constexpr int kDrags = 200;
constexpr double kLongestMs = 20'000; ///< A question that takes longer is interrupted and counts as this long.
constexpr double kGroupMs = 60'000;   ///< A group of background questions: what is left of it then is not asked, and told.

struct Measured {
    double ms = 0;
    QString what;
    qsizetype unasked = 0;
    void take(double other, const QString &name)
    {
        if (other > ms) {
            ms = other;
            what = name;
        }
    }
    [[nodiscard]] Line line(const char *bench, double baseline, std::int64_t rows) const
    {
        const QString left = unasked > 0 ? QStringLiteral("; %1 not asked").arg(unasked) : QString();
        return {QStringLiteral("list-window%1 (%2%3)").arg(QLatin1StringView(bench), what, left), ms, QStringLiteral("ms"), baseline, rows};
    }
};

class ListMeter {
public:
    static Result<ListMeter> of(SampleProfile &profile)
    {
        FIELDFARE_ASSIGN(const changes::ReplicaState state, profile.store().replicaState());
        FIELDFARE_ASSIGN(ListQuestions questions, listQuestions(*profile.store().catalog()));
        return ListMeter(profile, listContext(profile.store().clock().wallMs(), state.user), std::move(questions));
    }
    [[nodiscard]] const ListQuestions &questions() const { return m_questions; }

    Result<double> firstPage(const ListQuery &query)
    {
        return timed([&]() -> Result<void> {
            FIELDFARE_TRY(m_reader.firstRows(query, kShownRows));
            return {};
        });
    }
    Result<double> order(const ListQuery &query)
    {
        return timed([&]() -> Result<void> {
            FIELDFARE_TRY(m_reader.order(query));
            return {};
        });
    }
    Result<double> count(const ListQuery &query)
    {
        return timed([&]() -> Result<void> {
            FIELDFARE_TRY(m_reader.count(query));
            return {};
        });
    }
    /// The median for each query; the worst of them.
    Result<Measured> worst(const QList<ListQuery> &queries, Result<double> (ListMeter::*measure)(const ListQuery &), int rounds = kRounds)
    {
        Measured worst;
        const Stopwatch all;
        for (const ListQuery &query : queries) {
            if (all.seconds() * 1000 > kGroupMs) {
                ++worst.unasked;
                continue;
            }
            std::vector<double> samples;
            for (int i = 0; i < rounds; ++i) {
                FIELDFARE_ASSIGN(const double ms, (this->*measure)(query));
                samples.push_back(ms);
            }
            worst.take(median(samples), words(*m_profile.store().catalog(), query));
        }
        return worst;
    }
    /// Pages at places all over the list, p99.
    Result<Measured> drag(const ListQuery &query)
    {
        FIELDFARE_ASSIGN(const store::RowOrder order, m_reader.order(query));
        std::vector<double> samples;
        for (size_t i = 0; i < kDrags && order->size() > kShownRows; ++i) {
            const size_t at = (i * 7919) % kDrags * (order->size() - kShownRows) / kDrags;
            FIELDFARE_ASSIGN(const double ms, timed([&]() -> Result<void> {
                FIELDFARE_TRY(m_reader.rows(query.entity, std::span(*order).subspan(at, kShownRows)));
                return {};
            }));
            samples.push_back(ms);
        }
        return Measured{percentile(samples, 0.99), words(*m_profile.store().catalog(), query)};
    }

private:
    ListMeter(SampleProfile &profile, store::FilterContext context, ListQuestions questions)
        : m_profile(profile), m_reader(profile.store().connection(), profile.store().catalog(), std::move(context)), m_questions(std::move(questions))
    {
    }
    Result<double> timed(const std::function<Result<void>()> &work)
    {
        const Stopwatch watch;
        storage::Connection &connection = m_profile.store().connection();
        connection.setProgressHook(1000, [&watch] { return watch.seconds() * 1000 > kLongestMs; });
        const Result<void> done = work();
        connection.setProgressHook(0, {});
        if (!done.ok() && done.error().code == base::ErrorCode::Cancelled)
            return kLongestMs;
        FIELDFARE_TRY(done);
        return watch.seconds() * 1000;
    }

    SampleProfile &m_profile;
    store::ListReader m_reader;
    ListQuestions m_questions;
};

ListQuery customersByName(const model::Catalog &catalog)
{
    ListQuery query;
    query.entity = catalog.entity(QStringLiteral("customer"))->id();
    query.sorts = {{QStringLiteral("name"), false}};
    return query;
}

/// Opens the file, the key being derived, and reads the first page of the customers by name.
Result<double> startMs(SampleProfile &profile)
{
    std::vector<double> samples;
    for (int i = 0; i < 9; ++i) {
        const Stopwatch watch;
        FIELDFARE_TRY(profile.reopen());
        store::ListReader reader(profile.store().connection(), profile.store().catalog(), store::FilterContext{});
        FIELDFARE_TRY(reader.firstRows(customersByName(*profile.store().catalog()), kShownRows));
        samples.push_back(watch.seconds() * 1000);
    }
    return median(samples);
}

Result<std::unique_ptr<SampleProfile>> smallCompany(const Options &options)
{
    FIELDFARE_ASSIGN(auto small, SampleProfile::create());
    FIELDFARE_TRY(small->insertCompany(1000, options.names));
    return small;
}

} // namespace

Result<QList<Line>> listWindow(const Options &options)
{
    FIELDFARE_ASSIGN(const auto small, smallCompany(options));
    FIELDFARE_ASSIGN(ListMeter smallMeter, ListMeter::of(*small));
    FIELDFARE_ASSIGN(const Measured baseline, smallMeter.worst(smallMeter.questions().sorts, &ListMeter::firstPage));
    FIELDFARE_ASSIGN(const Measured filtered, smallMeter.worst(smallMeter.questions().filters, &ListMeter::firstPage));
    FIELDFARE_ASSIGN(SampleProfile *const large, options.company->profile());
    FIELDFARE_ASSIGN(ListMeter meter, ListMeter::of(*large));
    FIELDFARE_ASSIGN(const Measured sorts, meter.worst(meter.questions().sorts, &ListMeter::firstPage));
    FIELDFARE_ASSIGN(const Measured filters, meter.worst(meter.questions().filters, &ListMeter::firstPage));
    FIELDFARE_ASSIGN(const Measured others, meter.worst(meter.questions().otherSorts, &ListMeter::firstPage, 1));
    FIELDFARE_ASSIGN(const Measured orders, meter.worst(meter.questions().sorts, &ListMeter::order, 1));
    FIELDFARE_ASSIGN(const Measured otherOrders, meter.worst(meter.questions().otherSorts, &ListMeter::order, 1));
    FIELDFARE_ASSIGN(const Measured filterOrders, meter.worst(meter.questions().filters, &ListMeter::order, 1));
    FIELDFARE_ASSIGN(const Measured counts, meter.worst(meter.questions().filters, &ListMeter::count, 1));
    FIELDFARE_ASSIGN(const Measured drag, meter.drag(customersByName(*large->store().catalog())));
    const std::int64_t rows = options.rows;
    return QList<Line>{{QStringLiteral("list-window"), sorts.ms, QStringLiteral("ms"), baseline.ms, rows},
                       sorts.line("/first page by an index", baseline.ms, rows),
                       filters.line("/first page through a filter", filtered.ms, rows),
                       drag.line("/page anywhere, p99", kDragMs, rows),
                       others.line("/first page by another field", kFirstOfScanMs, rows),
                       orders.line("/background: order by an index", kBackgroundMs, rows),
                       otherOrders.line("/background: order by another field", kBackgroundMs, rows),
                       filterOrders.line("/background: order through a filter", kBackgroundMs, rows),
                       counts.line("/background: count", kBackgroundMs, rows)};
}

Result<QList<Line>> indexAdvisor(const Options &options)
{
    constexpr std::int64_t kMostRows = 10'000;
    constexpr std::int64_t kStepsARow = 15;
    FIELDFARE_ASSIGN(SampleProfile *const large, options.company->profile());
    FIELDFARE_ASSIGN(ListMeter meter, ListMeter::of(*large));
    sqlite3 *const handle = large->store().connection().handle();
    StatementWatch watch;
    const auto ask = [&]() -> Result<void> {
        FIELDFARE_TRY(meter.worst(meter.questions().sorts, &ListMeter::firstPage, 1));
        FIELDFARE_TRY(meter.worst(meter.questions().filters, &ListMeter::firstPage, 1));
        store::Search search(large->store().connection(), *large->store().catalog());
        for (const QString &text : {QStringLiteral("a"), QStringLiteral("张伟"), QStringLiteral("4711"), QStringLiteral("albar gr")}) {
            store::SearchRequest request;
            request.text = text;
            FIELDFARE_TRY(search.find(request));
        }
        return {};
    };
    watch.watch(handle);
    Result<void> asked = ask(); // SQLite's counters began when a statement was prepared, not now
    watch.clear();
    if (asked.ok())
        asked = ask();
    StatementWatch::unwatch(handle);
    FIELDFARE_TRY(asked);
    QList<Line> lines{{QStringLiteral("index-advisor"), 0, QStringLiteral("statements"), std::nullopt, options.rows}};
    for (const auto &[sql, use] : watch.uses()) {
        if (isBackgroundScan(sql) || (use.mostScanned <= kMostRows && use.autoIndexed <= kMostRows && use.mostSteps <= kMostRows * kStepsARow))
            continue;
        lines.first().value += 1;
        lines.append({QStringLiteral("index-advisor: %1 rows scanned, %2 steps by \"%3\" (%4)").arg(use.mostScanned).arg(use.mostSteps).arg(QString::fromStdString(sql), QString::fromStdString(queryPlan(handle, sql))),
                      use.longestMs, QStringLiteral("ms"), std::nullopt, options.rows});
    }
    return lines;
}

Result<QList<Line>> start(const Options &options)
{
    FIELDFARE_ASSIGN(const auto empty, SampleProfile::create());
    FIELDFARE_ASSIGN(const double baseline, startMs(*empty));
    FIELDFARE_ASSIGN(SampleProfile *const full, options.company->profile());
    FIELDFARE_ASSIGN(const double value, startMs(*full));
    return QList<Line>{{QStringLiteral("start"), value, QStringLiteral("ms"), baseline, options.rows}};
}

} // namespace fieldfare::bench
