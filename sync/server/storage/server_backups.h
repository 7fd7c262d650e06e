// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_assembly.h"
#include "sync/server/storage/server_database.h"
#include "sync/server/storage/store_check.h"

namespace fieldfare::server {

/// What was found in a copy that was made of a backup.
struct ServerDrill {
    storage::BackupManifest manifest;
    int links = 1; ///< Backups that it was put together from.
    StoreCheck found;
    qint64 restoreMs = 0;
    qint64 checkMs = 0;

    /// Nothing is wrong with it, and it holds what was counted when it was written.
    [[nodiscard]] bool isOk() const;
};

/// A store that was made of a backup.
struct RestoredServer {
    storage::BackupManifest manifest;
    qint64 epoch = 0;        ///< The new one.
    qint64 formerEpoch = 0;
    qint64 restoredPoint = 0; ///< The last change that the backup has.
};

/// Backups of a server's data folder: the store as core/store/docs/backups.md lays it out; key file, private authority and TLS leaf are
/// part of each. All functions block for as long as the store is large.
class ServerBackups {
public:
    using Wish = storage::BackupWriter::Wish;

    explicit ServerBackups(QString folder) : m_folder(std::move(folder)) {}
    [[nodiscard]] const storage::BackupFolder &folder() const { return m_folder; }

    /// Beside whatever reads and writes the store. Old ones go unless `keepsAll`. As storage::BackupWriter::write.
    struct Written {
        storage::StoredBackup backup;
        int removed = 0;
        qint64 ms = 0;
    };
    [[nodiscard]] base::Result<Written> write(const storage::BackupSource &source, Wish wish, bool keepsAll, const base::Clock &clock, const storage::BackupWatch &watch = {}) const;

    /// Makes a server of it in a folder that holds none, under a new epoch: what devices have above the restored point is refused, not lost,
    /// as it is with them (DESIGN 6, rule 12). AlreadyExists; as storage::BackupAssembly.
    [[nodiscard]] static base::Result<RestoredServer> restore(const QString &backup, const base::Secret &passphrase, const QString &folder, const base::Clock &clock,
                                                              const storage::BackupWatch &watch = {});
    /// Restores into a scratch folder beside the backup, looks through it, and adds a line to drills.log beside the backup.
    [[nodiscard]] static base::Result<ServerDrill> drill(const QString &backup, const base::Secret &passphrase, const model::CatalogPointer &catalog, const base::Clock &clock,
                                                         const storage::BackupWatch &watch = {});

private:
    storage::BackupFolder m_folder;
};

} // namespace fieldfare::server
