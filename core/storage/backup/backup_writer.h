// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/storage/backup/backup_folder.h"
#include "core/storage/page_snapshot.h"
#include "core/storage/backup/written_file.h"

namespace fieldfare::storage {

/// What is backed up: an encrypted database that this program has locked, with the key file beside it.
struct BackupSource {
    QString name;     ///< First part of the backups' names.
    QString database; ///< Paths.
    QString keyFile;
    std::shared_ptr<const DataKey> key;
    /// What to write down of this moment; asked on a read connection that sees it.
    std::function<base::Result<QJsonObject>(Connection &)> facts = {};
};

/// When an increment gives way to a full backup.
struct IncrementLimits {
    int links = 40;                                     ///< A chain of so many increments is enough.
    qint64 fullEveryMs = 31 * BackupRetention::kDayMs;  ///< Of the full backup below.
    int mostPercent = 60;                               ///< Of all pages changed.
};

/// Writes backups, on a connection of its own: whoever reads and writes the database goes on. Blocks for as long as the file is
/// large: a thread of its own. The folder counts as a backup from the moment it has its name; a kill before that leaves what the next
/// one removes.
class BackupWriter {
public:
    enum class Wish {
        Full,
        Increment, ///< On the newest backup that this key proves and whose chain is whole; where there is none, a full one.
    };

    BackupWriter(BackupSource source, QString folder, IncrementLimits limits = {}) : m_source(std::move(source)), m_folder(std::move(folder)), m_limits(limits) {}

    /// DiskFull, Io, PermissionDenied, Cancelled; FileDamaged names the page of the database that is not authentic. Nothing is left
    /// of a backup that failed.
    [[nodiscard]] base::Result<StoredBackup> write(Wish wish, qint64 nowMs, base::RandomSource &random, const BackupWatch &watch = {});
    /// Of the database that was backed up last.
    [[nodiscard]] const FileSalt &salt() const { return m_salt; }

private:
    struct Base {
        QByteArray id; ///< Empty: none, a full backup.
        qint64 at = 0;
        QByteArray tags;
    };
    [[nodiscard]] base::Result<std::unique_ptr<PageSnapshot>> takeSnapshot(Connection &connection, QByteArray &keyFile) const;
    [[nodiscard]] Base findBase(qint64 nowMs) const;
    [[nodiscard]] base::Result<void> copyPages(PageSnapshot &snapshot, const Base &base, const QString &folder, BackupManifest &manifest, const BackupWatch &watch) const;
    [[nodiscard]] base::Result<void> fill(PageSnapshot &snapshot, const Base &base, const QString &folder, const QByteArray &keyFile, BackupManifest &manifest, const BackupWatch &watch) const;

    const BackupSource m_source;
    const BackupFolder m_folder;
    const IncrementLimits m_limits;
    FileSalt m_salt = {};
    std::shared_ptr<const DataKey> m_key; ///< Of the snapshot: it may have been replaced since the source was made.
};

} // namespace fieldfare::storage
