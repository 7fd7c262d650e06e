// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_folder.h"

#include "core/base/hash.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QtEndian>

#include <algorithm>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

Result<QByteArray> contentOf(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return Error{ErrorCode::NotFound, QStringLiteral("no such file"), {path}};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, file.errorString(), {path}};
    const QByteArray bytes = file.readAll();
    if (file.error() != QFileDevice::NoError) // it ends where the disk could not be read
        return Error{ErrorCode::Io, file.errorString(), {path}};
    return bytes;
}

Result<QByteArray> manifestBytes(const QString &backup)
{
    auto bytes = contentOf(backup + QLatin1Char('/') + BackupFolder::kManifest);
    if (!bytes.ok() && bytes.error().code == ErrorCode::NotFound)
        return Error{ErrorCode::NotFound, QStringLiteral("no backup there"), {backup}};
    return bytes;
}

QString timeOf(const BackupManifest &manifest)
{
    return QDateTime::fromMSecsSinceEpoch(manifest.at, Qt::UTC).toString(Qt::ISODate);
}

Error damaged(const StoredBackup &backup, const char *what)
{
    return {ErrorCode::FileDamaged, QStringLiteral("%1: %2").arg(backup.folder, QString::fromLatin1(what))};
}

/// Writes the tags of an increment over those of what it stands on.
Result<void> apply(const StoredBackup &increment, const QByteArray &index, QByteArray &tags)
{
    if (index.size() != qsizetype(increment.manifest.stored) * BackupFolder::kIndexEntry)
        return damaged(increment, "its list of pages has a wrong size");
    tags.resize(qsizetype(increment.manifest.pages) * kTagSize, '\0');
    for (qsizetype at = 0; at < index.size(); at += BackupFolder::kIndexEntry) {
        const auto page = qFromBigEndian<quint32>(index.constData() + at);
        if (page == 0 || page > increment.manifest.pages)
            return damaged(increment, "its list of pages names one that is not there");
        std::copy_n(index.constData() + at + 4, kTagSize, tags.data() + qsizetype(page - 1) * kTagSize);
    }
    return {};
}

} // namespace

void BackupWatch::tell(qint64 done, qint64 all) const
{
    if (onProgress && all > 0)
        onProgress(int(done * 100 / all));
}

QString BackupFolder::prefixOf(const QString &name, const FileSalt &salt)
{
    const QByteArray bytes(reinterpret_cast<const char *>(salt.data()), 6);
    return QStringLiteral("%1-%2-").arg(name, QString::fromLatin1(bytes.toHex()));
}

Result<StoredBackup> BackupFolder::at(const QString &backup)
{
    FIELDFARE_ASSIGN(const QByteArray bytes, manifestBytes(backup));
    FIELDFARE_ASSIGN(const BackupManifest manifest, BackupManifest::read(bytes));
    StoredBackup found{QFileInfo(backup).absoluteFilePath(), manifest, 0};
    for (const QFileInfo &file : QDir(backup).entryInfoList(QDir::Files))
        found.bytes += file.size();
    return found;
}

QList<StoredBackup> BackupFolder::list() const
{
    QList<StoredBackup> backups;
    for (const QString &name : QDir(m_folder).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (name.endsWith(kPartial))
            continue;
        if (const auto backup = at(m_folder + QLatin1Char('/') + name); backup.ok())
            backups.append(*backup);
    }
    std::sort(backups.begin(), backups.end(), [](const StoredBackup &a, const StoredBackup &b) { return a.manifest.at > b.manifest.at; });
    return backups;
}

Result<QList<StoredBackup>> BackupFolder::chainOf(const QString &backup)
{
    FIELDFARE_ASSIGN(const StoredBackup last, at(backup));
    QList<StoredBackup> chain{last};
    if (last.isFull())
        return chain;
    QHash<QByteArray, StoredBackup> byId;
    for (const StoredBackup &other : BackupFolder(QFileInfo(last.folder).absolutePath()).list())
        byId.insert(other.manifest.id, other);
    while (!chain.first().isFull()) {
        const BackupManifest &top = chain.first().manifest;
        const auto base = byId.constFind(top.base);
        if (base == byId.constEnd()) {
            return Error{ErrorCode::NotFound,
                         QStringLiteral("the backup of %1 stands on one that is not beside it").arg(timeOf(top)),
                         {QString::fromLatin1(top.base.toHex())}};
        }
        if (base->manifest.at >= top.at || base->manifest.salt != top.salt)
            return damaged(chain.first(), "what it stands on is not older, or of another database");
        chain.prepend(*base);
    }
    return chain;
}

Result<BackupManifest> BackupFolder::proven(const StoredBackup &backup, const std::shared_ptr<const DataKey> &key)
{
    FIELDFARE_ASSIGN(const QByteArray bytes, manifestBytes(backup.folder));
    return BackupManifest::open(bytes, key);
}

Result<QByteArray> BackupFolder::tagsOf(const QList<StoredBackup> &chain, const std::shared_ptr<const DataKey> &key)
{
    QByteArray tags;
    for (const StoredBackup &link : chain) {
        FIELDFARE_ASSIGN(const BackupManifest manifest, proven(link, key));
        FIELDFARE_ASSIGN(const QByteArray index, contentOf(link.folder + QLatin1Char('/') + kIndex));
        if (link.isFull())
            tags = index;
        else
            FIELDFARE_TRY(apply(link, index, tags));
        if (tags.size() != qsizetype(manifest.pages) * kTagSize || base::sha256(tags) != manifest.pagesHash)
            return damaged(link, "its list of pages was changed");
    }
    return tags;
}

std::optional<StoredBackup> BackupFolder::newestOf(const std::shared_ptr<const DataKey> &key, qint64 nowMs) const
{
    for (const StoredBackup &backup : list()) {
        if (backup.manifest.at <= nowMs && proven(backup, key).ok())
            return backup;
    }
    return std::nullopt;
}

int BackupFolder::prune(const FileSalt &salt, const BackupRetention &retention, qint64 nowMs) const
{
    const QList<StoredBackup> all = list(); // newest first: nothing ever stands on one that is gone
    QList<BackupManifest> own;
    for (const StoredBackup &backup : all) {
        if (backup.manifest.salt == salt)
            own.append(backup.manifest);
    }
    const QSet<QByteArray> expired = expiredBackups(own, retention, nowMs);
    int gone = 0;
    for (const StoredBackup &backup : all) {
        if (backup.manifest.salt == salt && expired.contains(backup.manifest.id) && remove(backup.folder))
            ++gone;
    }
    return gone;
}

bool BackupFolder::remove(const QString &backup)
{
    const QString leaving = backup + kPartial; // a kill half-way leaves no half backup
    return QDir().rename(backup, leaving) && QDir(leaving).removeRecursively();
}

void BackupFolder::removePartial(const QString &name, const FileSalt &salt) const
{
    for (const QString &left : QDir(m_folder).entryList({prefixOf(name, salt) + QLatin1Char('*') + kPartial}, QDir::Dirs))
        QDir(m_folder + QLatin1Char('/') + left).removeRecursively();
}

} // namespace fieldfare::storage
