// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/catalog.h"
#include "core/store/query/filter.h"
#include "core/store/query/filter_context.h"
#include "core/store/query/sql_condition.h"

namespace fieldfare::store {

/// Compiles a filter on rows of `entity` to an SQL condition on its table, whose columns are named as `alias`."column".
///
/// - Every condition is true or false, never NULL, so that `not` gives the other rows: an empty field fails each comparison
///   but != and is-empty. An empty yes/no field counts as no.
/// - Text compares without regard to ASCII case. A choice is compared by its key; a label is folded to the key it would
///   have. `contains` and `startswith` work on texts, choices, references (title of the target) and tags.
/// - A reference is named by its id, or by number or title of its target; a user also by sign-in name, or the word me.
/// - Money: with a currency (1000 USD) only amounts of that currency match; a bare number compares minor units of any.
/// - A day compared with an instant means the whole day in the context's zone.
/// - System fields: created_at, modified_at, created_by, modified_by, id.
///
/// Fails with UnknownField, BadValue, or BadExpression for an operator that the field's type does not have; the first
/// argument is the field's name. The empty filter gives an empty condition.
base::Result<SqlCondition> compileFilter(const model::Catalog &catalog, const model::Entity &entity, const Filter &filter,
                                         const FilterContext &context, const QString &alias = QStringLiteral("t"));

/// A field of the entity, or one of the columns that every table has (created_at, modified_at, created_by, modified_by) as
/// if it were one; its index is -1 then. Fails with UnknownField.
base::Result<model::Field> findListField(const model::Catalog &catalog, const model::Entity &entity, const QString &name);

/// A pattern for LIKE ... ESCAPE '\' that finds `text` itself.
[[nodiscard]] QString escapedLike(const QString &text);

} // namespace fieldfare::store
