// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dashboard/dashboard_data.h"

#include "core/store/query/list_reader.h"

#include <QDateTime>

namespace fieldfare::ui {

using base::Result;
using store::AggregateGroup;
using store::AggregateQuery;
using store::Filter;
using store::FilterOperator;

namespace {

constexpr int kMaxStages = 100;
constexpr size_t kMaxPeople = 9;
const QDate kEpoch(1970, 1, 1);

QString dateText(const QDate &date)
{
    return date.toString(Qt::ISODate);
}

class Reader {
public:
    explicit Reader(store::ReadContext &context)
        : m_catalog(context.catalog()), m_reader(context.connection(), context.catalog(), context.filterContext())
    {
        m_data.asOf = context.filterContext().nowMs;
        m_data.today = QDateTime::fromMSecsSinceEpoch(m_data.asOf, context.filterContext().zone).date();
        m_data.currency = context.filterContext().currency;
    }

    Result<DashboardData> read()
    {
        FIELDFARE_TRY(readStages());
        FIELDFARE_TRY(readWon());
        FIELDFARE_TRY(readPeople());
        FIELDFARE_TRY(readTickets());
        return m_data;
    }

private:
    model::EntityId id(const char *name) const { return m_catalog->entity(QString::fromLatin1(name))->id(); }

    /// The sum in the profile's currency; what is in others is counted.
    qint64 own(const AggregateGroup &group) const
    {
        for (const model::Money &money : group.money) {
            if (money.currencyCode() == m_data.currency)
                return money.minor;
        }
        return 0;
    }

    Result<void> readStages()
    {
        const model::Entity *entity = m_catalog->entity(QStringLiteral("stage"));
        store::ListQuery list;
        list.entity = entity->id();
        list.sorts = {{QStringLiteral("sort_order"), false}};
        FIELDFARE_ASSIGN(const auto rows, m_reader.firstRows(list, kMaxStages));
        const auto value = [&](const store::RowView &row, const char *name) { return row.record.value(*entity->field(QString::fromLatin1(name))); };
        for (const store::RowView &row : rows) {
            if (value(row, "retired").integerOr(0) == 0)
                m_data.stages.push_back({row.record.id, value(row, "name").textOrEmpty(), value(row, "name_zh").textOrEmpty(),
                                         value(row, "kind").textOrEmpty(), int(value(row, "probability").integerOr(0))});
        }
        AggregateQuery query;
        query.entity = id("deal");
        query.groupBy = {{QStringLiteral("stage")}};
        query.sum = QStringLiteral("amount");
        FIELDFARE_ASSIGN(const std::vector<AggregateGroup> groups, m_reader.aggregate(query));
        for (const AggregateGroup &group : groups) {
            for (DashboardStage &stage : m_data.stages) {
                if (group.keys.front().referenceId() != stage.id)
                    continue;
                stage.deals = group.count;
                if (stage.kind != QLatin1String("open"))
                    continue;
                m_data.openDeals += group.count;
                m_data.openWeighted += own(group) * stage.probability / 100;
                for (const model::Money &money : group.money)
                    m_data.otherCurrencies += money.currencyCode() == m_data.currency ? 0 : 1;
            }
        }
        qint64 reached = 0;
        for (auto stage = m_data.stages.rbegin(); stage != m_data.stages.rend(); ++stage) {
            if (stage->kind != QLatin1String("lost"))
                reached += stage->deals;
            stage->reached = reached;
        }
        return {};
    }

    Result<void> readWon()
    {
        const QDate begin(m_data.today.year() - 1, 1, 1);
        AggregateQuery query;
        query.entity = id("deal");
        query.sum = QStringLiteral("amount");
        query.groupBy = {{QStringLiteral("closed_at"), store::DateBucket::Day}, {QStringLiteral("state")}};
        query.filter = comparedWithWord(QStringLiteral("closed_at"), FilterOperator::GreaterOrEqual, dateText(begin));
        FIELDFARE_ASSIGN(const std::vector<AggregateGroup> groups, m_reader.aggregate(query));
        const QDate sameDay = m_data.today.addYears(-1);
        for (const AggregateGroup &group : groups) {
            const QDate day = kEpoch.addDays(group.keys[0].integerOr(0));
            const bool won = group.keys[1].textOrEmpty() == QLatin1String("won");
            if (day > m_data.today)
                continue;
            if (day.year() == m_data.today.year()) {
                (won ? m_data.wonDeals : m_data.lostDeals) += group.count;
                if (won) {
                    m_data.wonByMonth[size_t(day.month() - 1)] += own(group);
                    m_data.wonThisYear += own(group);
                }
            } else if (won) {
                m_data.wonByMonthBefore[size_t(day.month() - 1)] += own(group);
                m_data.wonSameDaysBefore += day <= sameDay ? own(group) : 0;
            }
        }
        return {};
    }

    Result<void> readPeople()
    {
        AggregateQuery query;
        query.entity = id("deal");
        query.sum = QStringLiteral("amount");
        query.groupBy = {{QStringLiteral("owner")}};
        query.filter = Filter::comparison(QStringLiteral("state"), FilterOperator::Equal, QStringLiteral("won"))
            && comparedWithWord(QStringLiteral("closed_at"), FilterOperator::GreaterOrEqual, dateText(QDate(m_data.today.year(), 1, 1)));
        FIELDFARE_ASSIGN(const std::vector<AggregateGroup> groups, m_reader.aggregate(query));
        for (const AggregateGroup &group : groups) {
            if (const base::Id user = group.keys.front().referenceId(); !user.isNull())
                m_data.people.push_back({user, own(group), group.count});
        }
        std::stable_sort(m_data.people.begin(), m_data.people.end(), [](const DashboardPerson &a, const DashboardPerson &b) { return a.won > b.won; });
        if (m_data.people.size() > kMaxPeople)
            m_data.people.resize(kMaxPeople);
        return {};
    }

    Result<void> readTickets()
    {
        const Filter open = Filter::comparison(QStringLiteral("status"), FilterOperator::NotEqual, QStringLiteral("solved"))
            && Filter::comparison(QStringLiteral("status"), FilterOperator::NotEqual, QStringLiteral("closed"));
        AggregateQuery query;
        query.entity = id("ticket");
        query.filter = open;
        query.groupBy = {{QStringLiteral("status")}, {QStringLiteral("created_at"), store::DateBucket::Day}};
        FIELDFARE_ASSIGN(const std::vector<AggregateGroup> groups, m_reader.aggregate(query));
        for (const QString &status : {QStringLiteral("new"), QStringLiteral("open"), QStringLiteral("waiting")})
            m_data.tickets.push_back({status});
        for (const AggregateGroup &group : groups) {
            const QString status = group.keys[0].textOrEmpty();
            auto row = std::find_if(m_data.tickets.begin(), m_data.tickets.end(), [&](const auto &known) { return known.status == status; });
            if (row == m_data.tickets.end())
                row = m_data.tickets.insert(row, {status});
            const qint64 days = kEpoch.addDays(group.keys[1].integerOr(0)).daysTo(m_data.today);
            row->byAge[days <= 1 ? 0U : days <= 3 ? 1U : days <= 7 ? 2U : 3U] += group.count;
        }
        store::ListQuery overdue;
        overdue.entity = query.entity;
        overdue.filter = open && comparedWithWord(QStringLiteral("due_at"), FilterOperator::Less, QStringLiteral("now"));
        FIELDFARE_ASSIGN(m_data.overdueTickets, m_reader.count(overdue));
        return {};
    }

    model::CatalogPointer m_catalog;
    store::ListReader m_reader;
    DashboardData m_data;
};

} // namespace

Filter comparedWithWord(const QString &field, FilterOperator op, const QString &word)
{
    store::FilterNode node;
    node.field = field;
    node.op = op;
    node.values = {{word, false}};
    return Filter(node);
}

Result<DashboardData> readDashboard(store::ReadContext &context)
{
    return Reader(context).read();
}

} // namespace fieldfare::ui
