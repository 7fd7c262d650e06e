// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"

namespace fieldfare::store {

/// Custom fields as the rows of entity `custom_field` define them. A definition counts when its entity and type are known,
/// its name is [a-z][a-z0-9_]{0,59} and free, and the entity has fewer than Catalog::kMaxCustomFields older ones; values of
/// one that does not count stay in column `unknown`. Retired and trashed ones keep their column and are hidden.
///
/// Gives each a column x_<n> (table custom_column keeps the n), moves values that came before the definition into it, and
/// returns the catalog with them. `builtIn` is the catalog without custom fields. Needs a transaction.
base::Result<model::CatalogPointer> applyCustomFields(storage::Connection &connection, const model::CatalogPointer &builtIn);

/// "text", "long_text", "money" and so on, as a definition names its type.
[[nodiscard]] std::optional<model::FieldType> customFieldType(const QString &name);
/// The same names for all types: "tags", "file" and "computed" as well, which no definition may have.
[[nodiscard]] QString fieldTypeName(model::FieldType type);

} // namespace fieldfare::store
