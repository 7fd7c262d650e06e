// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace fieldfare::server {

/// The server's SQL as PostgreSQL says it. The text is written once, in what SQLite and PostgreSQL both understand, with keywords
/// in capitals and names in small letters. What differs in words alone is changed here, outside of quoted text:
///   ?1, ?                       $1, the next number
///   x'00ff'                     '\x00ff'::bytea
///   BLOB, INTEGER, REAL, TEXT   bytea, bigint, double precision, text COLLATE "C"
///   INTEGER PRIMARY KEY         bigint, numbered by the database
///   WITHOUT ROWID               nothing
///   user, row, order, ...       quoted: names that PostgreSQL reserves, columns of the catalog among them
/// What differs in more than words is decided by Connection::dialect(), where it stands.
[[nodiscard]] QByteArray postgresSql(QByteArrayView sql);

} // namespace fieldfare::server
