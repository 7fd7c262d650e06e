// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/sqlite_error.h"

#include <sqlite3.h>

namespace fieldfare::storage {

namespace {

using base::ErrorCode;

ErrorCode translated(int code)
{
    if (code == SQLITE_IOERR_DATA)
        return ErrorCode::FileDamaged;
    switch (code & 0xff) {
    case SQLITE_FULL:
        return ErrorCode::DiskFull;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return ErrorCode::FileDamaged;
    case SQLITE_INTERRUPT:
        return ErrorCode::Cancelled;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ErrorCode::ProfileInUse;
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_CANTOPEN:
        return ErrorCode::PermissionDenied;
    case SQLITE_IOERR:
        return ErrorCode::Io;
    case SQLITE_NOMEM:
    case SQLITE_TOOBIG:
        return ErrorCode::TooLarge;
    default:
        return ErrorCode::Internal;
    }
}

} // namespace

base::Error sqliteError(sqlite3 *database, int code, const QString &context)
{
    const char *message = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(code);
    return {translated(code),
            QStringLiteral("%1: %2 (SQLite %3)").arg(context, QString::fromUtf8(message), QString::number(code))};
}

} // namespace fieldfare::storage
