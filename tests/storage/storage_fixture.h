// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/storage/key_file.h"

#include <QByteArrayList>
#include <QStringList>

#include <memory>

/// What the storage tests share: fixed keys, a small table with a check of its content, file surgery.
namespace fieldfare::storage_test {

inline QLatin1StringView operator""_sql(const char *text, size_t size)
{
    return QLatin1StringView(text, qsizetype(size));
}

/// 32 bytes made of `seed`; for tests only.
std::shared_ptr<const storage::DataKey> fixedKey(std::uint8_t seed);

/// The least cost of a passphrase that a key file may have.
inline constexpr storage::KeyFile::Parameters kQuick{.logN = storage::KeyFileContent::kMinLogN};
/// What a key file takes for this text, which need not be a strong one.
base::Secret passphrase(const char *utf8);

/// Text that must never be seen on disk; in UTF-8 and UTF-16 by the tests that look for it.
inline constexpr char kMarker[] = "Turdus pilaris, the fieldfare";

/// Adds `count` rows in transactions of 50; each row checks itself (see isIntact). False on any failure.
bool fill(storage::Connection &connection, int count);
qint64 countRows(storage::Connection &connection);
/// PRAGMA integrity_check, and every row's text is the one made from its number.
bool isIntact(storage::Connection &connection);

QByteArray readFile(const QString &path);
bool writeFile(const QString &path, const QByteArray &bytes);
bool flipBit(const QString &path, qint64 offset, int bit = 0);
/// Copies the database with its log and journal as they lie on disk, as a crash would leave them.
bool copyDatabase(const QString &from, const QString &to);

/// As isIntact, after `body = body || body` on every row.
bool isIntactButDoubled(storage::Connection &connection);

/// Files that this process has open under some folders, with their content as other processes would read it; deleted
/// ones too (SQLite unlinks temporary files at once). Empty where the system does not tell (needs /proc).
struct OpenFiles {
    QStringList paths;
    QByteArrayList contents;
    int count = 0;
};
OpenFiles openFilesUnder(const QStringList &folders);

/// Has SQLite put its temporary files under `path` for a scope.
class TemporaryFolderOfSqlite {
public:
    explicit TemporaryFolderOfSqlite(const QString &path);
    TemporaryFolderOfSqlite(const TemporaryFolderOfSqlite &) = delete;
    TemporaryFolderOfSqlite &operator=(const TemporaryFolderOfSqlite &) = delete;
    ~TemporaryFolderOfSqlite();
};

} // namespace fieldfare::storage_test
