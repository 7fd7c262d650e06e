// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// search-typeahead: from the text to the shown hits of all entities.
#include "app/bench/bench.h"
#include "app/bench/sample_profile.h"
#include "app/bench/stopwatch.h"
#include "core/store/search/search.h"

namespace fieldfare::bench {

using base::Result;

namespace {

constexpr double kFrameMs = 16;
constexpr double kClassMs = 4;
constexpr int kRounds = 40;
constexpr int kHitsAnEntity = 10; ///< Fifty rows in all; the palette shows four of each.

struct QueryClass {
    const char *name;
    QStringList texts;
};

QList<QueryClass> queryClasses()
{
    return {
        {"one Latin letter", {QStringLiteral("a"), QStringLiteral("g"), QStringLiteral("n"), QStringLiteral("s")}},
        {"Latin prefix", {QStringLiteral("alb"), QStringLiteral("kalm"), QStringLiteral("quin"), QStringLiteral("schm")}},
        {"two Latin words", {QStringLiteral("albar gr"), QStringLiteral("anna sch"), QStringLiteral("norsol log"), QStringLiteral("premium pl")}},
        {"one CJK character", {QStringLiteral("张"), QStringLiteral("伟"), QStringLiteral("陈"), QStringLiteral("公")}},
        {"two CJK characters", {QStringLiteral("张伟"), QStringLiteral("王芳"), QStringLiteral("李娜"), QStringLiteral("公司")}},
        {"three CJK characters", {QStringLiteral("张伟强"), QStringLiteral("上海芳"), QStringLiteral("有限公")}},
        {"pinyin", {QStringLiteral("zhangwei"), QStringLiteral("zw"), QStringLiteral("wangf"), QStringLiteral("shanghai")}},
        {"end of a phone", {QStringLiteral("4711"), QStringLiteral("90210"), QStringLiteral("003")}},
        {"e-mail", {QStringLiteral("info4@exa"), QStringLiteral("albar"), QStringLiteral("example.com")}},
        {"number", {QStringLiteral("C-0012"), QStringLiteral("C-000777"), QStringLiteral("T-1"), QStringLiteral("D-00004")}},
        {"nothing", {QStringLiteral("qqqzzz"), QStringLiteral("龘龘")}},
    };
}

} // namespace

Result<QList<Line>> searchTypeahead(const Options &options)
{
    FIELDFARE_ASSIGN(SampleProfile *const profile, options.company->profile());
    FIELDFARE_ASSIGN(const changes::ReplicaState state, profile->store().replicaState());
    store::Search search(profile->store().connection(), *profile->store().catalog());
    QList<Line> lines;
    double worst = 0;
    for (const QueryClass &group : queryClasses()) {
        std::vector<double> samples;
        double slowest = 0;
        QString slowestText;
        for (const QString &text : group.texts) {
            std::vector<double> ofText;
            for (int round = 0; round < kRounds; ++round) {
                store::SearchRequest request;
                request.text = text;
                request.user = state.user;
                request.limit = kHitsAnEntity;
                const Stopwatch watch;
                FIELDFARE_TRY(search.find(request));
                ofText.push_back(watch.seconds() * 1000);
            }
            samples.insert(samples.end(), ofText.begin(), ofText.end());
            const double middle = median(ofText);
            if (middle > slowest) {
                slowest = middle;
                slowestText = text;
            }
        }
        const double p99 = percentile(samples, 0.99);
        worst = std::max(worst, p99);
        const QString name = QStringLiteral("search-typeahead/") + QString::fromLatin1(group.name);
        lines.append({name, p99, QStringLiteral("ms p99"), kClassMs, options.rows});
        lines.append({name + QStringLiteral(", median of \"%1\"").arg(slowestText), slowest, QStringLiteral("ms"), kClassMs, options.rows});
    }
    lines.prepend({QStringLiteral("search-typeahead"), worst, QStringLiteral("ms p99"), kFrameMs, options.rows});
    return lines;
}

} // namespace fieldfare::bench
