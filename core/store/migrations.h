// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/disk_room.h"
#include "core/model/catalog.h"
#include "core/storage/connection.h"

#include <functional>
#include <vector>

namespace fieldfare::store {

/// A step that does not follow from the catalog. The n-th of a list brings a file of schema version n to n + 1. It works in a
/// transaction that is open, names tables and columns as they were at version n, and uses nothing that a later version of the
/// program may change: what it writes today must be what it writes in ten years.
struct NumberedMigration {
    base::Result<void> (*run)(storage::Connection &connection);
};
/// Those of this program, kSchemaVersion - 1 of them.
[[nodiscard]] const std::vector<NumberedMigration> &numberedMigrations();

/// How a migration is watched, and in tests what it consists of.
struct MigrationOptions {
    /// Called now and then while an older file is changed, also from within a long statement; true stops with Cancelled: the step
    /// that ran is taken back, those before it stay, and the next opening goes on from there.
    std::function<bool(int percent)> progress = {};
    std::function<bool(const QString &folder, std::int64_t bytes)> hasRoom = base::hasRoom;
    const std::vector<NumberedMigration> *numbered = &numberedMigrations();
};

/// Brings a file to the tables that the catalog (built-in fields only) and the numbered migrations ask for: an empty file gets all
/// tables; an older one first the numbered migrations, each in a transaction that notes the version it leads to, then in one
/// transaction missing tables, columns and indexes by walking the catalog, and renames by field number. Values that an older
/// program kept as unknown move into their new columns. What a kill or a failing disk interrupts is taken back to the last
/// whole step, and the next call goes on.
/// Before anything is written, it fails with SchemaTooNew when the file has a later schema version or a built-in field or
/// entity that the catalog lacks, with Unsupported when it is no profile, and with DiskFull (arguments: folder, megabytes needed)
/// when the log of the change might not fit on the disk.
base::Result<void> migrate(storage::Connection &connection, const model::CatalogPointer &catalog, const MigrationOptions &options = {});
/// For a file whose tables were put together from a damaged one: the next migrate() makes indexes and derived fields anew. Version
/// and catalog are taken as today's where they were lost.
base::Result<void> noteSalvaged(storage::Connection &connection, const model::Catalog &catalog);
/// The file's schema version; 0 when it does not say.
base::Result<qint64> schemaVersionOf(storage::Connection &connection);

/// True once after a migration that added derived fields: the store then computes them all.
inline constexpr QLatin1StringView kRecomputeNeeded{"store.recompute"};
/// In meta: 1 while a first download goes into tables without indexes.
inline constexpr QLatin1StringView kBulkLoading{"store.bulk_loading"};

/// Creates indexes that are missing and drops those that no field asks for. Custom columns' indexes are left alone.
base::Result<void> adjustIndexes(storage::Connection &connection, const model::Entity &entity);

} // namespace fieldfare::store
