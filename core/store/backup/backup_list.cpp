// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/backup_list.h"

#include "core/storage/key_file_format.h"
#include "core/storage/secret_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace fieldfare::store {

using storage::BackupFolder;
using storage::BackupManifest;
using storage::StoredBackup;
using Standing = ListedBackup::Standing;

namespace {

/// The first bytes of the database (core/storage/docs); none while all of it is in the log.
std::optional<storage::FileSalt> saltOf(const QString &database)
{
    storage::FileSalt salt = {};
    QFile file(database);
    if (!file.open(QIODevice::ReadOnly) || file.read(reinterpret_cast<char *>(salt.data()), qint64(salt.size())) != qint64(salt.size()))
        return std::nullopt;
    return salt;
}

/// As a backup has it, with what the keychain opens left out. Empty: there is none that is sound.
QByteArray keyFileAt(const QString &path)
{
    const auto bytes = storage::secret_file::read(path);
    const auto content = bytes.ok() ? storage::KeyFileContent::parse(*bytes) : base::Result<storage::KeyFileContent>(bytes.error());
    return content.ok() ? content->copy().toBytes() : QByteArray();
}

/// As BackupFolder::chainOf(), of manifests that were read already.
bool isWhole(const BackupManifest &manifest, const QHash<QByteArray, BackupManifest> &byId)
{
    const BackupManifest *top = &manifest;
    while (top->kind != BackupManifest::Kind::Full) {
        const auto base = byId.constFind(top->base);
        if (base == byId.constEnd() || base->at >= top->at || base->salt != top->salt)
            return false;
        top = &*base;
    }
    return true;
}

Standing standingOf(const StoredBackup &backup, bool isProven, const QHash<QByteArray, BackupManifest> &byId, const BackupOrigin &origin)
{
    if (!isProven)
        return isOfFormerKey(backup.folder, origin) ? Standing::FormerKey : Standing::Damaged;
    return isWhole(backup.manifest, byId) ? Standing::Whole : Standing::BaseMissing;
}

} // namespace

bool isOfFormerKey(const QString &backup, const BackupOrigin &origin)
{
    const QByteArray keyFile = keyFileAt(backup + QLatin1Char('/') + QFileInfo(origin.paths.keyFile()).fileName());
    return keyFile.isEmpty() || keyFile != keyFileAt(origin.paths.keyFile());
}

BackupList listBackups(const QString &folder, const BackupOrigin &origin)
{
    BackupList list;
    list.isThere = QFileInfo(folder).isDir();
    const QList<StoredBackup> all = BackupFolder(folder).list();
    const QList<storage::DrillNote> notes = storage::readDrills(folder);
    const auto salt = saltOf(origin.paths.database());
    QHash<QByteArray, BackupManifest> byId;
    for (const StoredBackup &backup : all)
        byId.insert(backup.manifest.id, backup.manifest);
    for (const StoredBackup &backup : all) {
        const bool isProven = BackupFolder::proven(backup, origin.key).ok();
        if (!isProven && backup.manifest.salt != salt) {
            ++list.ofOthers;
            continue;
        }
        ListedBackup listed{backup, standingOf(backup, isProven, byId, origin), {}};
        const QString name = QFileInfo(backup.folder).fileName();
        const auto note = std::find_if(notes.crbegin(), notes.crend(), [&](const storage::DrillNote &one) { return one.backup == name && one.pagesHash == backup.manifest.pagesHash; });
        if (note != notes.crend())
            listed.tried = *note;
        list.backups.append(listed);
    }
    return list;
}

} // namespace fieldfare::store
