// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret.h"
#include "core/storage/backup/backup_writer.h"
#include "core/storage/profile_lock.h"
#include "sync/server/storage/postgresql/postgres_url.h"
#include "sync/server/storage/server_schema.h"

namespace fieldfare::server {

/// The server's data folder: server.db, or the address of a database in PostgreSQL (postgresql.md), the key file data.key beside it
/// (server.key is the TLS key), and the lock that keeps a second program out of the folder.
/// connect() may be called from any thread; each connection belongs to the thread that made it and must be gone before
/// this object is.
class ServerDatabase {
public:
    struct Company {
        QString name;
        QString currency;
    };

    /// Makes folder, key and tables. AlreadyExists when there is a store. What it makes is no store before complete(): the
    /// remains of an init that was killed are taken away by the next one.
    [[nodiscard]] static base::Result<std::unique_ptr<ServerDatabase>> create(const QString &folder, const base::Secret &passphrase,
                                                                              model::CatalogPointer catalog, const Company &company,
                                                                              const base::Clock &clock, base::RandomSource &random,
                                                                              std::optional<PostgresUrl> address = std::nullopt);
    /// Locks, unlocks and brings the tables forward. NotFound without a store or with an unfinished one; ProfileInUse; WrongPassphrase; and what
    /// Connection::open() and ServerSchema::migrate() fail with.
    [[nodiscard]] static base::Result<std::unique_ptr<ServerDatabase>> open(const QString &folder, const base::Secret &passphrase,
                                                                            model::CatalogPointer catalog);

    enum class Access { Write, Read };
    [[nodiscard]] base::Result<std::unique_ptr<storage::Connection>> connect(Access access) const;

    /// Where the tables are; empty: in server.db.
    [[nodiscard]] const std::optional<PostgresUrl> &address() const { return m_address; }
    /// Of the access tokens' signatures. In PostgreSQL, which anybody may read who runs it, stands only what makes it of the data key.
    [[nodiscard]] base::Result<QByteArray> tokenKey() const;

    /// For storage::BackupWriter, also while the server runs. Of server.db only.
    [[nodiscard]] storage::BackupSource backupSource() const;

    /// Administrator, choices and certificates are there as well: from now on the folder holds a server. Durable on return.
    [[nodiscard]] base::Result<void> complete() const;
    /// Takes away what create() made; for an init that fails later on. No connection may be open.
    void discard() const;

    [[nodiscard]] const model::CatalogPointer &catalog() const { return m_catalog; }
    [[nodiscard]] QString folder() const { return m_folder; }
    [[nodiscard]] QString path() const;
    [[nodiscard]] static QString keyPath(const QString &folder);

private:
    ServerDatabase(QString folder, model::CatalogPointer catalog);
    [[nodiscard]] base::Result<void> makeTables(const Company &company, const base::Clock &clock, base::RandomSource &random);
    [[nodiscard]] base::Result<void> removeTables() const;

    QString m_folder;
    model::CatalogPointer m_catalog;
    std::optional<PostgresUrl> m_address;
    std::unique_ptr<storage::ProfileLock> m_lock;
    std::shared_ptr<const storage::DataKey> m_key;
};

} // namespace fieldfare::server
