// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/target_order.h"

#include "core/storage/statement.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>

namespace fieldfare::store {

using base::Result;
using model::Entity;
using model::Field;
using storage::Statement;

namespace {

constexpr int kFewTargets = 2000;
constexpr int kMostVisited = 20'000;         ///< Targets looked through for the first rows, some 5 us each.
constexpr std::int64_t kMostRid = 50'000'000; ///< Ranks are kept by rid, four bytes each.
constexpr std::uint32_t kNoRank = std::numeric_limits<std::uint32_t>::max();

using RecordId = std::array<std::uint8_t, 16>; // unsigned, as SQLite compares

struct RankedRow {
    RecordId target = {};
    std::uint32_t rank = kNoRank;
    bool isEmpty = true;
    std::int64_t rid = 0;
};

RecordId recordId(const QByteArray &bytes)
{
    RecordId id = {};
    std::memcpy(id.data(), bytes.constData(), std::min(id.size(), size_t(bytes.size())));
    return id;
}

/// Calls take() for each row.
template <typename Take>
Result<void> forEachRow(Statement &statement, Take take)
{
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, statement.step());
        if (!row)
            return {};
        take();
    }
}

} // namespace

struct TargetOrder::Plan {
    ListQuery query;
    int limit = 0;
    const Entity *entity = nullptr;
    const Entity *target = nullptr;
    QString column;         ///< Of the reference, qualified.
    QString title;          ///< By what the targets sort, quoted.
    QString named;          ///< A target without a title sorts with those that are not here, at the end.
    SqlCondition where;     ///< For many rows.
    SqlCondition whereOne;  ///< For those of one target.
    QString tie;            ///< " ORDER BY ..." of the rows of one target.

    [[nodiscard]] bool isDescending() const { return query.sorts.first().descending; }
    [[nodiscard]] bool isFull(const Rids &rids) const { return limit > 0 && rids.size() >= size_t(limit); }
    [[nodiscard]] QString limitText() const { return limit > 0 ? QStringLiteral(" LIMIT ?") : QString(); }

    /// The targets' column in their order: those that are not trashed and those that are have each an index of their own.
    [[nodiscard]] QString targetsSql(const QString &wanted, const QString &tieColumn) const
    {
        const QString one = QStringLiteral("SELECT %1, %2 FROM %3 WHERE trashed = %4 AND %5");
        const QString table = quotedName(target->table());
        const QLatin1StringView descending(isDescending() ? " DESC" : "");
        return one.arg(wanted, title, table, QStringLiteral("0"), named) + QStringLiteral(" UNION ALL ")
            + one.arg(wanted, title, table, QStringLiteral("1"), named)
            + QStringLiteral(" ORDER BY %1%2").arg(title, descending) + (tieColumn.isEmpty() ? QString() : QStringLiteral(", ") + tieColumn + descending);
    }
};

Result<std::optional<TargetOrder::Plan>> TargetOrder::plan(const ListQuery &query, int limit) const
{
    Plan plan;
    plan.query = query;
    plan.limit = limit;
    plan.entity = m_catalog.entity(query.entity);
    const Field *field = plan.entity != nullptr && !query.sorts.isEmpty() ? plan.entity->field(query.sorts.first().field) : nullptr;
    if (field == nullptr || !field->isReference() || field->targets.size() != 1)
        return std::optional<Plan>();
    plan.target = m_catalog.entity(field->targets.first());
    const QStringList order = plan.target != nullptr ? list_sql::targetOrder(*plan.target) : QStringList();
    if (order.isEmpty())
        return std::optional<Plan>();
    plan.column = QStringLiteral("t.") + quotedName(field->column);
    plan.title = order.first();
    plan.named = plan.title + QStringLiteral(" IS NOT NULL");
    FIELDFARE_ASSIGN(plan.where, list_sql::where(m_catalog, query, m_context));
    FIELDFARE_ASSIGN(plan.whereOne, list_sql::where(m_catalog, query, m_context, list_sql::RowsRead::Few));
    // One target's rows are found by the reference: (trashed, reference) when that is the index, otherwise not by the mark, whose
    // index with the next sort key would be walked from end to end for each target.
    if (!field->has(model::Sortable) && plan.whereOne.sql.startsWith(QLatin1StringView("t.trashed")))
        plan.whereOne.sql.prepend(QLatin1Char('+'));
    const QList<SortKey> others = query.sorts.mid(1);
    if (others.isEmpty()) {
        plan.tie = plan.isDescending() ? QStringLiteral(" ORDER BY t.rid DESC") : QStringLiteral(" ORDER BY t.rid");
    } else {
        FIELDFARE_ASSIGN(plan.tie, list_sql::orderBy(m_catalog, *plan.entity, others));
    }
    return std::optional<Plan>(std::move(plan));
}

Result<std::optional<TargetOrder::Rids>> TargetOrder::rids(const ListQuery &query, int limit)
{
    FIELDFARE_ASSIGN(const std::optional<Plan> plan, this->plan(query, limit));
    if (!plan)
        return std::optional<Rids>();
    FIELDFARE_ASSIGN(std::vector<QByteArray> first, targets(*plan, kFewTargets + 1));
    const bool areFew = first.size() <= size_t(kFewTargets);
    Rids rids;
    if (areFew) {
        FIELDFARE_ASSIGN(const bool isFull, appendByTarget(*plan, first, rids));
        if (!isFull)
            FIELDFARE_TRY(appendOthers(*plan, rids));
        return std::optional<Rids>(std::move(rids));
    }
    if (limit > 0) {
        FIELDFARE_ASSIGN(first, targets(*plan, kMostVisited));
        FIELDFARE_ASSIGN(const bool isFull, appendByTarget(*plan, first, rids));
        if (isFull)
            return std::optional<Rids>(std::move(rids));
        if (first.size() < size_t(kMostVisited)) { // that were all targets, and there are fewer rows than were asked for
            FIELDFARE_TRY(appendOthers(*plan, rids));
            return std::optional<Rids>(std::move(rids));
        }
    }
    if (query.sorts.size() > 1)
        return std::optional<Rids>();
    FIELDFARE_ASSIGN(rids, byRanks(*plan));
    if (limit > 0 && rids.size() > size_t(limit))
        rids.resize(size_t(limit));
    return std::optional<Rids>(std::move(rids));
}

Result<std::vector<QByteArray>> TargetOrder::targets(const Plan &plan, int most)
{
    std::vector<QByteArray> ids;
    FIELDFARE_ASSIGN(const auto statement, m_connection.prepare(list_sql::background(QLatin1StringView("targets")) + plan.targetsSql(QStringLiteral("id"), QStringLiteral("id"))
                                                                    + QStringLiteral(" LIMIT %1").arg(most)));
    FIELDFARE_TRY(forEachRow(*statement, [&] { ids.push_back(statement->blob(0)); }));
    return ids;
}

/// True when as many rows were found as are wanted.
Result<bool> TargetOrder::appendByTarget(const Plan &plan, const std::vector<QByteArray> &targets, Rids &rids)
{
    FIELDFARE_ASSIGN(const std::unique_ptr<Statement> each,
                     m_connection.prepare(QStringLiteral("SELECT t.rid FROM %1 t WHERE %2 AND %3 = ?%4%5")
                                              .arg(quotedName(plan.entity->table()), plan.whereOne.sql, plan.column, plan.tie, plan.limitText())));
    for (const QByteArray &id : targets) {
        if (plan.isFull(rids))
            return true;
        int next = bindValues(*each, plan.whereOne.values);
        each->bindBlob(next++, id);
        if (plan.limit > 0)
            each->bind(next, qint64(plan.limit) - qint64(rids.size()));
        FIELDFARE_TRY(forEachRow(*each, [&] { rids.push_back(each->int64(0)); }));
        each->reset();
    }
    return plan.isFull(rids);
}

/// Empty references, and those to records that are not here or have no title.
Result<void> TargetOrder::appendOthers(const Plan &plan, Rids &rids)
{
    SqlCondition sql{list_sql::background(QLatin1StringView("rows without a target")) + QStringLiteral("SELECT t.rid FROM %1 t WHERE ").arg(quotedName(plan.entity->table())), {}};
    sql += plan.where;
    sql += QStringLiteral(" AND (%1 IS NULL OR %1 NOT IN (SELECT id FROM %2 WHERE %3))").arg(plan.column, quotedName(plan.target->table()), plan.named);
    sql += QStringLiteral(" ORDER BY %1%2, ").arg(plan.column, plan.isDescending() ? QLatin1StringView(" DESC") : QLatin1StringView(" NULLS LAST"))
        + plan.tie.mid(int(qstrlen(" ORDER BY ")));
    if (plan.limit > 0)
        sql += SqlCondition{plan.limitText(), {std::int64_t(plan.limit) - std::int64_t(rids.size())}};
    FIELDFARE_ASSIGN(const auto statement, m_connection.prepare(sql.sql));
    bindValues(*statement, sql.values);
    return forEachRow(*statement, [&] { rids.push_back(statement->int64(0)); });
}

/// Reads each table once from front to back: titles in their order give each target a rank, the rows their references, and the
/// two meet in the order of ids.
Result<TargetOrder::Rids> TargetOrder::byRanks(const Plan &plan)
{
    std::vector<std::uint32_t> rankOfRid;
    {
        FIELDFARE_ASSIGN(const auto statement, m_connection.prepare(list_sql::background(QLatin1StringView("titles")) + plan.targetsSql(QStringLiteral("rid"), {})));
        QByteArray former;
        std::uint32_t rank = 0;
        FIELDFARE_TRY(forEachRow(*statement, [&] {
            const QByteArray title = statement->text(1).toUtf8().toLower(); // as NOCASE: ASCII letters alone
            if (title != former)
                ++rank;
            former = title;
            const std::int64_t rid = statement->int64(0);
            if (rid < 0 || rid > kMostRid)
                return; // sorts with those without a title
            if (rankOfRid.size() <= size_t(rid))
                rankOfRid.resize(std::max(size_t(rid) + 1, rankOfRid.size() * 2), kNoRank);
            rankOfRid[size_t(rid)] = rank;
        }));
    }
    std::vector<RankedRow> rows;
    {
        SqlCondition where = plan.where;
        if (where.sql.startsWith(QLatin1StringView("t.trashed")))
            where.sql.prepend(QLatin1Char('+')); // the table from front to back, not row by row through an index
        FIELDFARE_ASSIGN(const auto statement, m_connection.prepare(list_sql::background(QLatin1StringView("references")) + QStringLiteral("SELECT t.rid, %1 FROM %2 t WHERE %3")
                                                                        .arg(plan.column, quotedName(plan.entity->table()), where.sql)));
        bindValues(*statement, where.values);
        FIELDFARE_TRY(forEachRow(*statement, [&] {
            RankedRow row;
            row.rid = statement->int64(0);
            row.isEmpty = statement->isNull(1);
            if (!row.isEmpty)
                row.target = recordId(statement->blob(1));
            rows.push_back(row);
        }));
    }
    std::sort(rows.begin(), rows.end(), [](const RankedRow &a, const RankedRow &b) { return a.target < b.target; });
    {
        FIELDFARE_ASSIGN(const auto statement, m_connection.prepare(list_sql::background(QLatin1StringView("ids")) + QStringLiteral("SELECT id, rid FROM %1 ORDER BY id").arg(quotedName(plan.target->table()))));
        size_t at = 0;
        FIELDFARE_TRY(forEachRow(*statement, [&] {
            const RecordId id = recordId(statement->blob(0));
            const auto rid = size_t(statement->int64(1));
            while (at < rows.size() && rows[at].target < id)
                ++at;
            for (; at < rows.size() && rows[at].target == id; ++at)
                rows[at].rank = rid < rankOfRid.size() && !rows[at].isEmpty ? rankOfRid[rid] : kNoRank;
        }));
    }
    // Empty ones last in either direction; ties by the target, then by the row, in the direction of the key.
    const bool isDescending = plan.isDescending();
    std::sort(rows.begin(), rows.end(), [isDescending](const RankedRow &a, const RankedRow &b) {
        if (a.isEmpty != b.isEmpty)
            return b.isEmpty;
        if (a.rank != b.rank) // ranks count up in the direction of the key
            return a.rank < b.rank;
        const RankedRow &first = isDescending ? b : a;
        const RankedRow &second = isDescending ? a : b;
        return first.target != second.target ? first.target < second.target : first.rid < second.rid;
    });
    Rids rids;
    rids.reserve(rows.size());
    for (const RankedRow &row : rows)
        rids.push_back(row.rid);
    return rids;
}

} // namespace fieldfare::store
