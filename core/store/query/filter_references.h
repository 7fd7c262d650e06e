// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/store/query/filter.h"
#include "core/store/query/sql_condition.h"

namespace fieldfare::store {

/// How a filter names the records that a reference points to, and the tags of a row. Used by compileFilter() alone.

/// A condition on a text column: = (without regard to ASCII case), startswith as a range that an index serves, contains.
/// `op` is Equal, StartsWith or Contains.
[[nodiscard]] SqlCondition textCondition(const QString &column, FilterOperator op, const QString &text);

/// `column` holds a reference of `field` to a record whose id, number or title is `text` (op Equal), or whose title
/// contains or starts with it.
[[nodiscard]] SqlCondition referenceCondition(const model::Catalog &catalog, const model::Field &field, const QString &column,
                                              FilterOperator op, const QString &text);

/// The row with the id in `idColumn` carries a tag of that name (Equal), or one whose name contains or starts with it.
[[nodiscard]] SqlCondition tagCondition(const model::Catalog &catalog, const model::Entity &entity, const QString &idColumn,
                                        FilterOperator op, const QString &text);
/// The row carries no tag.
[[nodiscard]] SqlCondition untaggedCondition(const model::Catalog &catalog, const model::Entity &entity, const QString &idColumn);

} // namespace fieldfare::store
