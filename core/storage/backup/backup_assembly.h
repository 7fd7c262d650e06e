// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_folder.h"

namespace fieldfare::storage {

/// Puts a database together again from a backup and all that it stands on. The backups are only read. Blocks.
class BackupAssembly {
public:
    /// Names of the files, in a backup as beside the program.
    struct Names {
        QString database;
        QString keyFile;
    };

    /// Unlocks by the backup's own key file, under the passphrase of its time. WrongPassphrase, KeyFileMissing, KeyFileDamaged; NotFound
    /// for a link that is missing, FileDamaged for one that was changed.
    [[nodiscard]] static base::Result<BackupAssembly> open(const QString &backup, const Names &names, const base::Secret &passphrase);
    /// With the key that wrote it.
    [[nodiscard]] static base::Result<BackupAssembly> open(const QString &backup, const Names &names, std::shared_ptr<const DataKey> key);

    [[nodiscard]] const BackupManifest &manifest() const { return m_manifest; } ///< Proven, with its facts.
    [[nodiscard]] const std::shared_ptr<const DataKey> &key() const { return m_key; }
    [[nodiscard]] int links() const { return int(m_chain.size()); }

    /// Database and key file, over what lies there; on the disk on return, but for the folder's names. What lies beside former ones goes
    /// first (side_files). Each page is looked at: FileDamaged names one that is not what was backed up. DiskFull, PermissionDenied, Io,
    /// Cancelled.
    [[nodiscard]] base::Result<void> writeTo(const QString &folder, const BackupWatch &watch = {}) const;

private:
    BackupAssembly() = default;
    [[nodiscard]] base::Result<void> writeDatabase(const QString &path, const BackupWatch &watch) const;

    Names m_names;
    QList<StoredBackup> m_chain;
    BackupManifest m_manifest;
    std::shared_ptr<const DataKey> m_key;
    QByteArray m_tags;
};

} // namespace fieldfare::storage
