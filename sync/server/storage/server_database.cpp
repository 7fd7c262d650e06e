// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/server_database.h"

#include "core/base/logging.h"
#include "core/storage/key_file.h"
#include "core/storage/key_wrap.h"
#include "core/storage/unfinished_mark.h"

#include "sync/server/storage/database_address.h"
#include "sync/server/storage/postgresql/postgres_driver.h"
#include "sync/server/storage/store_version.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;
using storage::Connection;
using storage::OpenOptions;

ServerDatabase::ServerDatabase(QString folder, model::CatalogPointer catalog)
    : m_folder(std::move(folder)), m_catalog(std::move(catalog))
{
}

QString ServerDatabase::path() const
{
    return m_folder + QStringLiteral("/server.db");
}

QString ServerDatabase::keyPath(const QString &folder)
{
    return folder + QStringLiteral("/data.key");
}

Result<std::unique_ptr<Connection>> ServerDatabase::connect(Access access) const
{
    if (m_address) {
        FIELDFARE_ASSIGN(auto driver, PostgresDriver::open(*m_address));
        return Connection::over(std::move(driver));
    }
    OpenOptions options;
    options.path = path();
    options.key = m_key;
    options.readOnly = access == Access::Read;
    options.createIfMissing = access == Access::Write;
    options.cacheKiB = access == Access::Write ? 64 * 1024 : 16 * 1024;
    options.walAutoCheckpointPages = 4000;
    options.journalSizeLimit = 64 * 1024 * 1024;
    options.busyTimeoutMs = 2000; // a checkpoint or recovery by another connection of this program
    return Connection::open(options);
}

Result<std::unique_ptr<ServerDatabase>> ServerDatabase::create(const QString &folder, const base::Secret &passphrase,
                                                               model::CatalogPointer catalog, const Company &company,
                                                               const base::Clock &clock, base::RandomSource &random,
                                                               std::optional<PostgresUrl> address)
{
    std::unique_ptr<ServerDatabase> database(new ServerDatabase(folder, std::move(catalog)));
    database->m_address = std::move(address);
    if (!QDir().mkpath(folder))
        return {ErrorCode::PermissionDenied, QStringLiteral("cannot make the data folder"), {folder}};
    FIELDFARE_ASSIGN(database->m_lock, storage::ProfileLock::acquire(folder));
    storage::unfinished_mark::removeRemains(folder, {QStringLiteral("server.db"), QStringLiteral("database"), QStringLiteral("data.key"), QStringLiteral("ca.crt"), QStringLiteral("ca.key"),
                                                     QStringLiteral("server.crt"), QStringLiteral("server.key")});
    storage::KeyFile keyFile(keyPath(folder));
    if (keyFile.exists() || QFile::exists(database->path()) || QFile::exists(database_address::path(folder)))
        return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a store"), {folder}};
    FIELDFARE_TRY(storage::unfinished_mark::set(folder));
    FIELDFARE_ASSIGN(storage::DataKey key, keyFile.create(passphrase));
    database->m_key = std::make_shared<const storage::DataKey>(std::move(key));
    if (database->m_address)
        FIELDFARE_TRY(database_address::write(folder, *database->m_address));
    const auto made = database->makeTables(company, clock, random);
    if (!made.ok()) {
        database->discard(); // half a store would only be in the way of the next try
        return made.error();
    }
    return database;
}

Result<void> ServerDatabase::makeTables(const Company &company, const base::Clock &clock, base::RandomSource &random)
{
    FIELDFARE_ASSIGN(const auto connection, connect(Access::Write));
    if (m_address) {
        FIELDFARE_TRY(store_version::removeRemains(*connection));
        FIELDFARE_ASSIGN(const bool isEmpty, store_version::isEmpty(*connection));
        if (!isEmpty)
            return {ErrorCode::AlreadyExists, QStringLiteral("there are tables in the database; a server wants one of its own, or a schema of its own")};
        FIELDFARE_TRY(store_version::setUnfinished(*connection));
    }
    base::IdGenerator ids(clock, random);
    return ServerSchema::create(*connection, *m_catalog, {ids.next(), company.name, company.currency}, random);
}

Result<void> ServerDatabase::removeTables() const
{
    FIELDFARE_ASSIGN(const auto connection, connect(Access::Write));
    return store_version::removeRemains(*connection);
}

void ServerDatabase::discard() const
{
    if (m_address) {
        const auto removed = removeTables();
        if (!removed.ok()) // the next init takes them away
            qCWarning(lcServer) << "tables are left in the database:" << removed.error().detail;
        storage::unfinished_mark::removeRemains(m_folder, {QFileInfo(database_address::path(m_folder)).fileName()});
    }
    storage::unfinished_mark::removeRemains(m_folder, {QFileInfo(path()).fileName(), QFileInfo(keyPath(m_folder)).fileName()});
    const auto cleared = storage::unfinished_mark::clear(m_folder);
    if (!cleared.ok())
        qCWarning(lcServer) << cleared.error().detail;
}

Result<void> ServerDatabase::complete() const
{
    if (m_address) {
        FIELDFARE_ASSIGN(const auto connection, connect(Access::Write));
        FIELDFARE_TRY(store_version::setFinished(*connection));
    }
    return storage::unfinished_mark::clear(m_folder);
}

Result<QByteArray> ServerDatabase::tokenKey() const
{
    FIELDFARE_ASSIGN(const auto connection, connect(Access::Read));
    FIELDFARE_ASSIGN(const QByteArray stored, ServerMeta(*connection).bytes(ServerMeta::kTokenKey));
    if (!m_address)
        return stored;
    const base::Secret key = storage::key_wrap::derive(m_key->secret(), stored, "fieldfare token key", size_t(stored.size()));
    return QByteArray(reinterpret_cast<const char *>(key.data()), qsizetype(key.size()));
}

Result<std::unique_ptr<ServerDatabase>> ServerDatabase::open(const QString &folder, const base::Secret &passphrase,
                                                             model::CatalogPointer catalog)
{
    std::unique_ptr<ServerDatabase> database(new ServerDatabase(folder, std::move(catalog)));
    const storage::KeyFile keyFile(keyPath(folder));
    if (storage::unfinished_mark::isThere(folder))
        return {ErrorCode::NotFound, QStringLiteral("init was not completed in the data folder; run it again"), {folder}};
    FIELDFARE_ASSIGN(database->m_address, database_address::read(folder));
    if (!database->m_address && !QFile::exists(database->path()) && !keyFile.exists())
        return {ErrorCode::NotFound, QStringLiteral("no store in the data folder; make one with init"), {folder}};
    FIELDFARE_ASSIGN(database->m_lock, storage::ProfileLock::acquire(folder));
    if (!database->m_address && !QFile::exists(database->path()))
        return {ErrorCode::NotFound, QStringLiteral("no database file"), {database->path()}};
    FIELDFARE_ASSIGN(storage::DataKey key, keyFile.unlock(passphrase));
    database->m_key = std::make_shared<const storage::DataKey>(std::move(key));
    FIELDFARE_ASSIGN(const auto connection, database->connect(Access::Write));
    if (database->m_address) {
        FIELDFARE_ASSIGN(const bool isUnfinished, store_version::isUnfinished(*connection));
        if (isUnfinished)
            return {ErrorCode::NotFound, QStringLiteral("init was not completed in the database; run it again")};
    }
    FIELDFARE_TRY(ServerSchema::migrate(*connection, *database->m_catalog));
    return database;
}

} // namespace fieldfare::server
