// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/value.h"
#include "core/store/query/list_query.h"

#include <vector>

namespace fieldfare::store {

enum class DateBucket { None, Day, Week, Month }; ///< Weeks begin on Monday (ISO 8601).

struct GroupKey {
    QString field; ///< Any field with a column, or created_at, modified_at, created_by.
    DateBucket bucket = DateBucket::None; ///< Dates and instants only; instants in the context's zone.
    friend bool operator==(const GroupKey &, const GroupKey &) = default;
};

/// Numbers for dashboards, funnels and filter chips: rows that pass a filter, grouped by no, one or two fields, counted and
/// optionally summed. Trashed rows, and rows of trashed parents, never count.
struct AggregateQuery {
    model::EntityId entity = 0;
    Filter filter = {};
    QList<GroupKey> groupBy = {}; ///< At most two.
    QString sum = {};             ///< A money, integer, decimal or duration field; empty: count only.

    friend bool operator==(const AggregateQuery &, const AggregateQuery &) = default;
};

struct AggregateGroup {
    std::vector<model::Value> keys;  ///< Parallel to groupBy; a bucket is the day (days since 1970) that it begins with.
    QStringList titles;              ///< Parallel: what a reference is called, otherwise empty.
    std::int64_t count = 0;
    std::int64_t sum = 0;            ///< Of numbers.
    std::vector<model::Money> money; ///< Of amounts: one a currency, by its code; amounts are never converted here.
};

} // namespace fieldfare::store
