// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_manifest.h"
#include "core/storage/backup/backup_retention.h"

#include <QList>
#include <QString>

#include <functional>
#include <optional>

namespace fieldfare::storage {

/// A backup that lies on a disk; its manifest was read without the key.
struct StoredBackup {
    QString folder;
    BackupManifest manifest;
    qint64 bytes = 0; ///< Of its files.

    [[nodiscard]] bool isFull() const { return manifest.kind == BackupManifest::Kind::Full; }
};

/// Tells how far it is, and may end it. Both may be empty; called on the thread that works.
struct BackupWatch {
    std::function<bool()> isCancelled = {};
    std::function<void(int percent)> onProgress = {};

    [[nodiscard]] bool cancelled() const { return isCancelled && isCancelled(); }
    void tell(qint64 done, qint64 all) const;
};

/// A folder with backups of one or several databases, one folder each, called NAME-SALT-TIME (core/store/docs/backups.md). One that is
/// being written, or was cut off, is called so with ".partial" behind, and is none. Functions block.
class BackupFolder {
public:
    static constexpr QLatin1StringView kManifest{"manifest"};
    static constexpr QLatin1StringView kPartial{".partial"};
    static constexpr QLatin1StringView kIndex{"pages.index"};     ///< Full: the tag of each page. Increment: number and tag of those in it.
    static constexpr QLatin1StringView kChanged{"pages.changed"}; ///< Increment: the pages of its index, in that order.
    static constexpr int kIndexEntry = 4 + kTagSize;
    static constexpr quint32 kPagesAtOnce = 64;         ///< Read and written together: 256 KiB.

    explicit BackupFolder(QString folder) : m_folder(std::move(folder)) {}
    [[nodiscard]] QString path() const { return m_folder; }

    /// Newest first.
    [[nodiscard]] QList<StoredBackup> list() const;
    /// NotFound, FileDamaged, SchemaTooNew.
    [[nodiscard]] static base::Result<StoredBackup> at(const QString &backup);
    /// The backup with all that it stands on, the full one first; looked for beside it. NotFound names what is missing.
    [[nodiscard]] static base::Result<QList<StoredBackup>> chainOf(const QString &backup);
    /// The tags of all pages as of the chain's last backup; each link is proven by the key. FileDamaged, Io.
    [[nodiscard]] static base::Result<QByteArray> tagsOf(const QList<StoredBackup> &chain, const std::shared_ptr<const DataKey> &key);
    /// The manifest with its facts. FileDamaged when it is not of this key.
    [[nodiscard]] static base::Result<BackupManifest> proven(const StoredBackup &backup, const std::shared_ptr<const DataKey> &key);

    /// The newest backup that this key proves, of no later than `nowMs`: others may keep theirs in the same folder, and a clock may have been
    /// wrong. None where there is none.
    [[nodiscard]] std::optional<StoredBackup> newestOf(const std::shared_ptr<const DataKey> &key, qint64 nowMs) const;
    /// Removes what expiredBackups() says of the backups of the database with this salt, younger ones before what they stand on. Returns how
    /// many went.
    int prune(const FileSalt &salt, const BackupRetention &retention, qint64 nowMs) const;
    /// True: nothing is left of it. It is no backup any more before its files go.
    static bool remove(const QString &backup);
    /// What a killed program left of the database with this salt.
    void removePartial(const QString &name, const FileSalt &salt) const;

    /// "fieldfare-0080b3a1c2d4-": what the names of one database's backups begin with.
    [[nodiscard]] static QString prefixOf(const QString &name, const FileSalt &salt);

private:
    QString m_folder;
};

} // namespace fieldfare::storage
