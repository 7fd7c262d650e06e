// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/storage/postgresql/postgres_url.h"

#include <optional>

/// DATA/database: one line, the address of the company's database in PostgreSQL. Without it the store is DATA/server.db. It holds no
/// secret, but only its owner may read or write it: who changes it takes the company elsewhere.
namespace fieldfare::server::database_address {

[[nodiscard]] QString path(const QString &folder);
/// Nothing without the file. PermissionDenied when others may read or write it; Io; as PostgresUrl::parse().
[[nodiscard]] base::Result<std::optional<PostgresUrl>> read(const QString &folder);
/// Durable on return, 0600.
[[nodiscard]] base::Result<void> write(const QString &folder, const PostgresUrl &url);

} // namespace fieldfare::server::database_address
