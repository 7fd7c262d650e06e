// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

struct sqlite3;

namespace fieldfare::storage {

/// Turns a failed SQLite call into the product's error. `code` is the (extended) result code, `context` says what was
/// tried and must not hold a record's text. For damage the first argument is the page number (or the frame number of
/// the write-ahead log) where the encrypted file knows it, otherwise the arguments are empty.
///
/// FULL -> DiskFull; CORRUPT, NOTADB, IOERR_DATA -> FileDamaged or WriteAheadLogDamaged; INTERRUPT -> Cancelled;
/// BUSY, LOCKED -> ProfileInUse; READONLY, PERM, AUTH, CANTOPEN -> PermissionDenied (CANTOPEN of a missing file:
/// NotFound); other IOERR -> Io; NOMEM, TOOBIG -> TooLarge; all others -> Internal.
[[nodiscard]] base::Error sqliteError(sqlite3 *database, int code, const QString &context);

} // namespace fieldfare::storage
