// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/server_database.h"

#include "core/base/logging.h"
#include "core/storage/key_file.h"
#include "core/storage/unfinished_mark.h"

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
                                                               const base::Clock &clock, base::RandomSource &random)
{
    std::unique_ptr<ServerDatabase> database(new ServerDatabase(folder, std::move(catalog)));
    if (!QDir().mkpath(folder))
        return {ErrorCode::PermissionDenied, QStringLiteral("cannot make the data folder"), {folder}};
    FIELDFARE_ASSIGN(database->m_lock, storage::ProfileLock::acquire(folder));
    storage::unfinished_mark::removeRemains(folder, {QStringLiteral("server.db"), QStringLiteral("data.key"), QStringLiteral("ca.crt"), QStringLiteral("ca.key"),
                                                     QStringLiteral("server.crt"), QStringLiteral("server.key")});
    storage::KeyFile keyFile(keyPath(folder));
    if (keyFile.exists() || QFile::exists(database->path()))
        return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a store"), {folder}};
    FIELDFARE_TRY(storage::unfinished_mark::set(folder));
    FIELDFARE_ASSIGN(storage::DataKey key, keyFile.create(passphrase));
    database->m_key = std::make_shared<const storage::DataKey>(std::move(key));
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
    base::IdGenerator ids(clock, random);
    return ServerSchema::create(*connection, *m_catalog, {ids.next(), company.name, company.currency}, random);
}

void ServerDatabase::discard() const
{
    storage::unfinished_mark::removeRemains(m_folder, {QFileInfo(path()).fileName(), QFileInfo(keyPath(m_folder)).fileName()});
    const auto cleared = storage::unfinished_mark::clear(m_folder);
    if (!cleared.ok())
        qCWarning(lcServer) << cleared.error().detail;
}

Result<void> ServerDatabase::complete() const
{
    return storage::unfinished_mark::clear(m_folder);
}

Result<std::unique_ptr<ServerDatabase>> ServerDatabase::open(const QString &folder, const base::Secret &passphrase,
                                                             model::CatalogPointer catalog)
{
    std::unique_ptr<ServerDatabase> database(new ServerDatabase(folder, std::move(catalog)));
    const storage::KeyFile keyFile(keyPath(folder));
    if (storage::unfinished_mark::isThere(folder))
        return {ErrorCode::NotFound, QStringLiteral("init was not completed in the data folder; run it again"), {folder}};
    if (!QFile::exists(database->path()) && !keyFile.exists())
        return {ErrorCode::NotFound, QStringLiteral("no store in the data folder; make one with init"), {folder}};
    FIELDFARE_ASSIGN(database->m_lock, storage::ProfileLock::acquire(folder));
    if (!QFile::exists(database->path()))
        return {ErrorCode::NotFound, QStringLiteral("no database file"), {database->path()}};
    FIELDFARE_ASSIGN(storage::DataKey key, keyFile.unlock(passphrase));
    database->m_key = std::make_shared<const storage::DataKey>(std::move(key));
    FIELDFARE_ASSIGN(const auto connection, database->connect(Access::Write));
    FIELDFARE_TRY(ServerSchema::migrate(*connection, *database->m_catalog));
    return database;
}

} // namespace fieldfare::server
