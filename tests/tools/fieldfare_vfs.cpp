// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An extension for SQLite's own programs that lets them work on encrypted files (tests/tools/README.md). It must be loaded into a
// program that uses the system's libsqlite3, as this links to that. Not installed: tests and outsiders only.
#include "core/storage/encrypted_vfs.h"
#include "core/storage/key_file.h"
#include "core/storage/passphrase.h"
#include "core/storage/shared_file.h"
#include "core/storage/tokenizer/fts_tokenizer.h"

#include <cstdlib>

#include <sqlite3.h>

using namespace fieldfare;
using namespace fieldfare::storage;

namespace {

struct Held {
    std::shared_ptr<const DataKey> key;
    std::vector<std::shared_ptr<SharedFile>> files; ///< as long as the program: the VFS opens what is registered
};
Held &held()
{
    static auto &one = *new Held; // SQLite closes files while statics are destroyed
    return one;
}

base::Result<void> registerFile(const QByteArray &path, bool seedsHeader)
{
    FIELDFARE_ASSIGN(const std::string full, encrypted_vfs::fullPath(encrypted_vfs::kName, path));
    if (SharedFileRegistry::find(full) != nullptr)
        return {};
    FIELDFARE_ASSIGN(auto file, SharedFileRegistry::join(full, held().key, seedsHeader));
    held().files.push_back(std::move(file));
    return {};
}

/// FIELDFARE_KEY_FILE and FIELDFARE_PASSPHRASE, or for files of one's own FIELDFARE_TEST_KEY: 64 hexadecimal digits.
base::Result<std::shared_ptr<const DataKey>> keyFromEnvironment()
{
    const QByteArray digits = qgetenv("FIELDFARE_TEST_KEY");
    if (!digits.isEmpty()) {
        FIELDFARE_ASSIGN(DataKey key, DataKey::fromSecret(base::Secret::fromBytes(QByteArray::fromHex(digits))));
        return std::make_shared<const DataKey>(std::move(key));
    }
    const KeyFile file(qEnvironmentVariable("FIELDFARE_KEY_FILE"));
    FIELDFARE_ASSIGN(DataKey key, file.unlock(passphraseBytes(qEnvironmentVariable("FIELDFARE_PASSPHRASE"))));
    return std::make_shared<const DataKey>(std::move(key));
}

/// fieldfare_file(path [, 1]): the path may be opened with vfs=fieldfare from now on; 1 for a file that VACUUM INTO is to make.
void onFile(sqlite3_context *context, int count, sqlite3_value **values)
{
    const QByteArray path(reinterpret_cast<const char *>(sqlite3_value_text(values[0])), sqlite3_value_bytes(values[0]));
    const bool isCopy = count > 1 && sqlite3_value_int(values[1]) != 0;
    const auto done = registerFile(path, !isCopy);
    if (done.ok())
        sqlite3_result_text(context, path.constData(), int(path.size()), SQLITE_TRANSIENT);
    else
        sqlite3_result_error(context, done.error().detail.toUtf8().constData(), -1);
}

/// Of every connection from now on: what the tables of a profile need.
int onConnection(sqlite3 *connection, char **, const sqlite3_api_routines *)
{
    static_cast<void>(registerTokenizer(connection));
    return sqlite3_create_function(connection, "fieldfare_file", -1, SQLITE_UTF8, nullptr, onFile, nullptr, nullptr);
}

base::Result<void> start()
{
    base::Secret::initializeHeap();
    FIELDFARE_TRY(encrypted_vfs::ensureRegistered());
    FIELDFARE_ASSIGN(held().key, keyFromEnvironment());
    const QByteArray database = qgetenv("FIELDFARE_DATABASE");
    return database.isEmpty() ? base::Result<void>() : registerFile(database, true);
}

} // namespace

extern "C" __attribute__((visibility("default"))) int sqlite3_fieldfarevfs_init(sqlite3 *connection, char **message, const sqlite3_api_routines *routines);

extern "C" int sqlite3_fieldfarevfs_init(sqlite3 *connection, char **message, const sqlite3_api_routines *routines)
{
    if (held().key == nullptr) {
        const auto started = start();
        if (!started.ok()) {
            *message = sqlite3_mprintf("%s: %s", base::errorCodeName(started.error().code).toUtf8().constData(), started.error().detail.toUtf8().constData());
            return SQLITE_ERROR;
        }
        sqlite3_auto_extension(reinterpret_cast<void (*)()>(onConnection));
    }
    onConnection(connection, message, routines);
    return SQLITE_OK_LOAD_PERMANENTLY;
}
