// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

/// Which version of the schema a store has, and that one program at a time makes or changes its tables. In a file the version is
/// PRAGMA user_version; in PostgreSQL `schema_version` in the table meta. Inside a transaction for writing.
namespace fieldfare::server::store_version {

/// Until the transaction ends; several processes may start over one database.
[[nodiscard]] base::Result<void> lock(storage::Connection &connection);
/// Without any table: of the file, or of the schema that the connection makes its tables in, but for the mark of an unfinished init.
[[nodiscard]] base::Result<bool> isEmpty(storage::Connection &connection);
/// 0: there is no store, or it was not finished.
[[nodiscard]] base::Result<qint64> read(storage::Connection &connection);
[[nodiscard]] base::Result<void> write(storage::Connection &connection, int version);

// A server in PostgreSQL whose init was not completed: a mark (the table init_unfinished) stands there from before the first table
// is made. What stands beside it was cut off before anybody heard of success.
[[nodiscard]] base::Result<bool> isUnfinished(storage::Connection &connection);
[[nodiscard]] base::Result<void> setUnfinished(storage::Connection &connection);
[[nodiscard]] base::Result<void> setFinished(storage::Connection &connection);
/// Drops every table of the schema. Nothing without the mark.
[[nodiscard]] base::Result<void> removeRemains(storage::Connection &connection);

} // namespace fieldfare::server::store_version
