// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <QByteArray>

struct pg_conn;
struct pg_result;

namespace fieldfare::server {

/// What a failure means for the transaction.
enum class PostgresFailure {
    None,
    Permanent, ///< Would fail again.
    Again,     ///< Deadlock, serialization, a lock that was waited for too long: the same may succeed in a new transaction.
    Lost,      ///< The connection is gone, or its server does not take writes any more: a new connection may work.
};

/// By SQLSTATE (PostgreSQL 15, appendix A of its manual).
[[nodiscard]] PostgresFailure postgresFailure(QByteArrayView sqlState);

/// The product's error for a result that failed (null: the connection did). Holds the database's own sentence except where that
/// may repeat values. 53100 -> DiskFull; 42501 and 28* -> PermissionDenied; 57014 -> Cancelled; 22* -> BadValue; what may be tried
/// again -> ServerBusy; all others -> Internal.
[[nodiscard]] base::Error postgresError(const pg_conn *connection, const pg_result *result, const QString &context);
[[nodiscard]] QByteArray sqlStateOf(const pg_result *result);

} // namespace fieldfare::server
