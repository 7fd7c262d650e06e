// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/sqlite_error.h"

#include "core/storage/page_format.h"

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
    base::Error error{
        translated(code),
        QStringLiteral("%1: %2 (SQLite %3)").arg(context, QString::fromUtf8(message), QString::number(code))};
    Damage damage;
    if (error.code != ErrorCode::FileDamaged || database == nullptr ||
        sqlite3_file_control(database, "main", kTakeDamageControl, &damage) != SQLITE_OK)
        return error;
    switch (damage.kind) {
    case Damage::Kind::None:
        return error;
    case Damage::Kind::Frame:
        error.code = ErrorCode::WriteAheadLogDamaged;
        error.detail += QStringLiteral(", frame %1 of the write-ahead log is not authentic").arg(damage.number);
        break;
    case Damage::Kind::JournalPage:
        error.detail += QStringLiteral(", the journal's copy of page %1 is not authentic").arg(damage.number);
        break;
    case Damage::Kind::Journal:
        error.detail += QStringLiteral(", the rollback journal's header is not authentic, or records it counts are missing");
        return error;
    case Damage::Kind::Page:
        error.detail += QStringLiteral(", page %1 is not authentic").arg(damage.number);
        break;
    }
    error.arguments.append(QString::number(damage.number));
    return error;
}

} // namespace fieldfare::storage
