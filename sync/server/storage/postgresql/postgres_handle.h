// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/server/storage/postgresql/postgres_url.h"

#include <memory>

struct pg_conn;
struct pg_result;

namespace fieldfare::server {

struct PostgresCloser {
    void operator()(pg_conn *connection) const;
    void operator()(pg_result *result) const;
};
using PostgresHandle = std::unique_ptr<pg_conn, PostgresCloser>;
using PostgresResult = std::unique_ptr<pg_result, PostgresCloser>;

/// Connects and sets what every connection of the server has: UTF-8; a transaction that idles for 15 s (a process that was stopped
/// in the middle) ends, so that it does not keep the others waiting; a lock is waited for 30 s. Blocks for at most some 5 s a
/// host, unless the address says otherwise. ServerBusy when nobody answers or the server has no room; PermissionDenied;
/// Unsupported for a server before PostgreSQL 13.
[[nodiscard]] base::Result<PostgresHandle> connectPostgres(const PostgresUrl &url);

} // namespace fieldfare::server
