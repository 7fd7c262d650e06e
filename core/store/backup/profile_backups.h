// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_assembly.h"
#include "core/storage/backup/backup_writer.h"
#include "core/store/check/profile_check.h"
#include "core/store/profile.h"

#include <QList>

namespace fieldfare::store {

/// An unlocked profile as far as a backup needs it; another thread, and another connection, may work in it.
struct BackupOrigin {
    ProfilePaths paths;
    std::shared_ptr<const storage::DataKey> key;
};

/// What was found in a copy that was made of a backup.
struct BackupDrill {
    storage::BackupManifest manifest;
    int links = 1;            ///< Backups that it was put together from.
    qint64 rowsWritten = 0;   ///< Counted when it was written.
    ProfileCheckReport found; ///< In the restored copy.
    qint64 restoreMs = 0;     ///< Until the copy was there, open, and gave its first answer.
    qint64 checkMs = 0;

    /// Its pages are those that were written: that is proven by the restore.
    [[nodiscard]] bool isOk() const { return found.isOk() && found.rows == rowsWritten; }
};

/// Backups of profiles in one folder (core/store/docs/backups.md), full and incremental. Nothing in them is readable without the
/// passphrase of their time, but when they were made, how large they are, and what stands on what.
///
/// All functions block for as long as the file is large: never on the UI thread.
class ProfileBackups {
public:
    using Wish = storage::BackupWriter::Wish;

    explicit ProfileBackups(QString folder) : m_folder(std::move(folder)) {}

    /// A copy of the profile as it is now, on a connection of its own: others may go on writing. As storage::BackupWriter::write.
    base::Result<storage::StoredBackup> write(const BackupOrigin &origin, Wish wish, const base::Clock &clock, const storage::BackupWatch &watch = {}) const;
    /// Newest first; of every profile that was backed up here.
    [[nodiscard]] QList<storage::StoredBackup> list() const { return m_folder.list(); }
    /// The newest one from no later than that. NotFound; InvalidArgument when the folder has backups of several profiles.
    [[nodiscard]] base::Result<storage::StoredBackup> newestUntil(qint64 ms) const;
    /// Removes what need not be kept any more of the profile that `like` is of. Returns how many went.
    int prune(const storage::StoredBackup &like, qint64 nowMs, const storage::BackupRetention &retention = {}) const;

    /// A backup, unlocked. As storage::BackupAssembly::open.
    static base::Result<storage::BackupAssembly> open(const QString &backup, std::shared_ptr<const storage::DataKey> key);
    /// The profile of that time in a new folder, opened without its lock: for a look at it.
    static base::Result<std::unique_ptr<Store>> openCopy(const storage::BackupAssembly &assembly, const QString &folder, const base::Clock &clock, base::RandomSource &random,
                                                         const storage::BackupWatch &watch = {});

    /// Makes `folder` the profile that the backup is. AlreadyExists where there is one; a restore that was cut off is no profile,
    /// and is begun anew. As storage::BackupAssembly. A device that had synced since is noticed by its server: it enrols anew and
    /// sends again what only it had (core/changes/docs/rules.md, rule 1).
    static base::Result<void> restore(const QString &backup, const base::Secret &passphrase, const QString &folder, const storage::BackupWatch &watch = {});
    /// Restores into a scratch folder beside the backup, opens it, looks through it, compares it with what was written down, and adds
    /// a line to drills.log beside the backup; the backup is not touched. WrongPassphrase is that of the backup.
    static base::Result<BackupDrill> drill(const QString &backup, const base::Secret &passphrase, const base::Clock &clock, base::RandomSource &random,
                                           const storage::BackupWatch &watch = {});
    /// With the profile's key, where it is open.
    static base::Result<BackupDrill> drill(const QString &backup, const std::shared_ptr<const storage::DataKey> &key, const base::Clock &clock,
                                           base::RandomSource &random, const storage::BackupWatch &watch = {});

private:
    storage::BackupFolder m_folder;
};

} // namespace fieldfare::store
