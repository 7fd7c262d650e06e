// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/store/query/aggregate_query.h"
#include "core/store/query/list_query.h"
#include "core/store/query/row_view.h"

#include <memory>
#include <span>
#include <vector>

namespace fieldfare::store {

/// All rows of a list in order: 8 bytes each. Shared and immutable.
using RowOrder = std::shared_ptr<const std::vector<std::int64_t>>;

/// Runs list queries on one connection: synchronous, on the connection's thread. Cheap to make, one for each use. The command line uses it on the store's connection, RowWindow on a read connection.
class ListReader {
public:
    static constexpr int kPageRows = 200;

    ListReader(storage::Connection &connection, model::CatalogPointer catalog, FilterContext context)
        : m_connection(connection), m_catalog(std::move(catalog)), m_context(std::move(context))
    {
    }

    /// The first rows in order, at most `limit`: from an index when the first sort key is Sortable.
    base::Result<std::vector<std::int64_t>> firstRids(const ListQuery &query, int limit = kPageRows);
    /// All rows in order. Seconds at a million rows when the sort has no index; ends with Cancelled when interrupted.
    base::Result<RowOrder> order(const ListQuery &query);
    base::Result<std::int64_t> count(const ListQuery &query);

    /// Rows in the order of `rids`, complete with tags, reference titles and marks; rows that are gone are left out.
    /// Look-ups by key alone; at most 1,000 rows a call are meant.
    base::Result<std::vector<RowView>> rows(model::EntityId entity, std::span<const std::int64_t> rids);
    /// The same with what can be read of a damaged file; `damage` is what was met, if any.
    struct ReadableRows {
        std::vector<RowView> rows;
        std::optional<base::Error> damage;
    };
    base::Result<ReadableRows> readableRows(model::EntityId entity, std::span<const std::int64_t> rids);
    /// The first rows, complete.
    base::Result<std::vector<RowView>> firstRows(const ListQuery &query, int limit = kPageRows);
    base::Result<std::vector<RowView>> rowsById(model::EntityId entity, std::span<const base::Id> ids);

    /// The ids alone, in the order of `rids`; rows that are gone are left out.
    base::Result<std::vector<base::Id>> ids(model::EntityId entity, std::span<const std::int64_t> rids);

    /// Index in `order` of the row with this id; -1 when the list does not have it.
    base::Result<qint64> positionOf(const RowOrder &order, model::EntityId entity, const base::Id &id);
    /// Index of the first row whose first sort text does not come before `prefix`: for typing a letter in a list. The list
    /// must be sorted by a text; order->size() when all rows come before.
    base::Result<qint64> positionOfPrefix(const RowOrder &order, const ListQuery &query, const QString &prefix);

    /// Groups in the order of their keys; empty keys first.
    base::Result<std::vector<AggregateGroup>> aggregate(const AggregateQuery &query);

private:
    using Rids = std::vector<std::int64_t>;
    base::Result<Rids> rids(const ListQuery &query, int limit);
    base::Result<void> appendRids(const SqlCondition &sql, Rids &rids);

    storage::Connection &m_connection;
    model::CatalogPointer m_catalog;
    FilterContext m_context;
};

} // namespace fieldfare::store
