// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/store/query/list_query.h"

#include <optional>
#include <vector>

namespace fieldfare::store {

/// The rows of a list whose first sort key is a reference, in the order of what the reference's targets are called: the same
/// order as list_sql::rids() gives, which looks each row's target up and sorts all of them: minutes at a million rows.
///
/// Few targets (users, teams, stages): one after the other, each one's rows from the index of the reference. Many (customers):
/// the first rows in the same way, as long as not too many targets have none; all rows by ranks in memory, some 40 bytes a row.
class TargetOrder {
public:
    using Rids = std::vector<std::int64_t>;

    TargetOrder(storage::Connection &connection, const model::Catalog &catalog, const FilterContext &context)
        : m_connection(connection), m_catalog(catalog), m_context(context)
    {
    }

    /// Nothing when it is not such a list, or one that only SQL can sort. `limit` 0: all rows.
    base::Result<std::optional<Rids>> rids(const ListQuery &query, int limit);

private:
    struct Plan;
    base::Result<std::optional<Plan>> plan(const ListQuery &query, int limit) const;
    base::Result<std::vector<QByteArray>> targets(const Plan &plan, int most);
    base::Result<bool> appendByTarget(const Plan &plan, const std::vector<QByteArray> &targets, Rids &rids);
    base::Result<void> appendOthers(const Plan &plan, Rids &rids);
    base::Result<Rids> byRanks(const Plan &plan);

    storage::Connection &m_connection;
    const model::Catalog &m_catalog;
    const FilterContext &m_context;
};

} // namespace fieldfare::store
