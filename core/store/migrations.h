// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"

namespace fieldfare::store {

/// Brings a file to the tables that the catalog (built-in fields only) and kSchemaVersion ask for, in one transaction: an
/// empty file gets all tables; an older one gets missing tables, columns and indexes by walking the catalog, renames by field
/// number, and numbered migrations for the rest. Values that an older program kept as unknown move into their new columns.
/// Fails with SchemaTooNew, before anything is written, when the file has a later schema version or a built-in field or
/// entity that the catalog lacks; with Unsupported when it is no profile.
base::Result<void> migrate(storage::Connection &connection, const model::CatalogPointer &catalog);

/// True once after a migration that added derived fields: the store then computes them all.
inline constexpr QLatin1StringView kRecomputeNeeded{"store.recompute"};

/// Creates indexes that are missing and drops those that no field asks for. Custom columns' indexes are left alone.
base::Result<void> adjustIndexes(storage::Connection &connection, const model::Entity &entity);

} // namespace fieldfare::store
