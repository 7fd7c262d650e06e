// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/postgresql/postgres_error.h"

#include <libpq-fe.h>

namespace fieldfare::server {

using base::ErrorCode;

namespace {

ErrorCode codeOf(QByteArrayView state)
{
    if (state == "53100")
        return ErrorCode::DiskFull;
    if (state == "42501" || state.startsWith("28"))
        return ErrorCode::PermissionDenied;
    if (state == "57014")
        return ErrorCode::Cancelled;
    if (state.startsWith("22"))
        return ErrorCode::BadValue;
    return postgresFailure(state) == PostgresFailure::Permanent ? ErrorCode::Internal : ErrorCode::ServerBusy;
}

} // namespace

PostgresFailure postgresFailure(QByteArrayView state)
{
    if (state == "00000")
        return PostgresFailure::None;
    if (state == "40001" || state == "40P01" || state == "55P03")
        return PostgresFailure::Again;
    // none: libpq itself lost the connection; 08: connection; 57P: shut down, crashed, starting; 25P03: a transaction that idled;
    // 25006: a server that has become a read-only one; 53300: too many connections
    if (state.isEmpty() || state.startsWith("08") || state.startsWith("57P") || state == "25P03" || state == "25006" || state == "53300")
        return PostgresFailure::Lost;
    return PostgresFailure::Permanent;
}

QByteArray sqlStateOf(const pg_result *result)
{
    return result != nullptr ? QByteArray(PQresultErrorField(result, PG_DIAG_SQLSTATE)) : QByteArray();
}

base::Error postgresError(const pg_conn *connection, const pg_result *result, const QString &context)
{
    const QByteArray state = sqlStateOf(result);
    const char *sentence = result != nullptr ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    if (sentence == nullptr)
        sentence = connection != nullptr ? PQerrorMessage(connection) : "";
    const bool mayRepeatValues = state.startsWith("22") || state.startsWith("23");
    return {codeOf(state), QStringLiteral("%1: %2 (PostgreSQL %3)")
                               .arg(context, mayRepeatValues ? QStringLiteral("refused") : QString::fromUtf8(sentence).simplified(),
                                    state.isEmpty() ? QStringLiteral("connection") : QString::fromLatin1(state))};
}

} // namespace fieldfare::server
