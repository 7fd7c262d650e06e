// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/check/profile_check.h"
#include "core/store/profile.h"

#include <QList>

#include <functional>
#include <optional>

namespace fieldfare::store {

/// One full copy of a profile.
struct Backup {
    QString folder;
    qint64 at = 0;    ///< ms UTC, when it was begun; to the second.
    qint64 bytes = 0; ///< Of its files.
};

/// What a backup says of itself, and what was found in it.
struct BackupDrill {
    qint64 at = 0;            ///< ms UTC, when it was begun.
    qint64 rowsWritten = 0;   ///< Counted when it was written,
    QByteArray sumWritten;    ///< with the checksum over what the server had confirmed.
    ProfileCheckReport found; ///< In the restored copy.
    qint64 restoreMs = 0;     ///< Until the copy was there, open, and gave its first answer.

    [[nodiscard]] bool isOk() const { return found.isOk() && found.rows == rowsWritten && found.acknowledged.bytes() == sumWritten; }
};

/// Full backups of profiles in one folder (core/store/docs/backups.md). Each is a folder that is a profile by itself: the database
/// as it was at one moment, encrypted under the same data key, and the key file under the passphrase of that time. Nothing in
/// it is readable without that passphrase.
///
/// A backup that is being written, or was cut off, is called NAME.partial, is never listed, and goes with the next one. All
/// functions block for as long as the file is large: never on the UI thread. `cancelled` may be empty; true ends with Cancelled
/// and leaves nothing behind.
class ProfileBackups {
public:
    using Cancelled = std::function<bool()>;

    explicit ProfileBackups(QString folder) : m_folder(std::move(folder)) {}

    /// A copy of the profile, which `store` has open on this thread; other threads may go on writing. It counts once it was opened
    /// and looked through. DiskFull, Io, PermissionDenied, FileDamaged (of the copy: nothing is kept), and as the store does.
    base::Result<Backup> write(const Profile &profile, Store &store, const base::Clock &clock, base::RandomSource &random, const Cancelled &cancelled = {}) const;
    /// Newest first; of every profile that was backed up here.
    [[nodiscard]] QList<Backup> list() const;
    /// Removes this profile's backups from before `beforeMs`, but for its newest one. Returns how many went.
    base::Result<int> prune(Store &store, qint64 beforeMs) const;

    /// Makes `folder` the profile that the backup is. AlreadyExists where there is one; a restore that was cut off is no profile,
    /// and is begun anew. NotFound, DiskFull, Io. A device that had synced since is noticed by its server: it enrols anew and
    /// sends again what only it had (core/changes/docs/rules.md, rule 1).
    static base::Result<void> restore(const QString &backup, const QString &folder);
    /// Restores into a scratch folder beside the backup, opens it, looks through it and compares it with what was written down;
    /// the backup is not touched. WrongPassphrase is that of the backup.
    static base::Result<BackupDrill> drill(const QString &backup, const base::Secret &passphrase, const base::Clock &clock, base::RandomSource &random,
                                           const Cancelled &cancelled = {});

private:
    QString m_folder;
};

} // namespace fieldfare::store
