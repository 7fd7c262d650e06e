// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_writer.h"

#include "core/base/disk_room.h"
#include "core/base/hash.h"
#include "core/base/platform.h"
#include "core/storage/key_file.h"
#include "core/storage/secret_file.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QtEndian>

#include <algorithm>
#include <cstring>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr int kSnapshotTries = 5;
constexpr quint32 kFewPages = 256; ///< Of so small a file all may change.
constexpr QLatin1StringView kStamp("yyyyMMdd'T'HHmmss'Z'");

bool makeOwnFolder(const QString &path)
{
    return QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

/// An increment would be nearly as large as a full backup, and slower to restore.
Error tooManyChanges()
{
    return {ErrorCode::TooLarge, QStringLiteral("most pages changed")};
}

} // namespace

/// The key file of the same moment: a change of the passphrase or the key meanwhile makes it be taken anew.
Result<std::unique_ptr<PageSnapshot>> BackupWriter::takeSnapshot(Connection &connection, QByteArray &keyFile) const
{
    for (int tries = 0; tries < kSnapshotTries; ++tries) {
        FIELDFARE_ASSIGN(const QByteArray before, secret_file::read(m_source.keyFile));
        FIELDFARE_ASSIGN(std::unique_ptr<PageSnapshot> snapshot, PageSnapshot::take(connection));
        FIELDFARE_ASSIGN(const bool isForKey, KeyFile(m_source.keyFile).isFor(*snapshot->key()));
        FIELDFARE_ASSIGN(const QByteArray after, secret_file::read(m_source.keyFile));
        if (before != after || !isForKey)
            continue;
        FIELDFARE_ASSIGN(const KeyFileContent content, KeyFileContent::parse(after));
        keyFile = content.copy().toBytes();
        return snapshot;
    }
    return Error{ErrorCode::ProfileInUse, QStringLiteral("the key file is being written"), {m_source.keyFile}};
}

BackupWriter::Base BackupWriter::findBase(qint64 nowMs) const
{
    for (const StoredBackup &backup : m_folder.list()) {
        if (backup.manifest.salt != m_salt || backup.manifest.at > nowMs)
            continue;
        const auto chain = BackupFolder::chainOf(backup.folder);
        if (!chain.ok())
            continue;
        if (chain->size() > m_limits.links || nowMs - chain->first().manifest.at >= m_limits.fullEveryMs)
            return {};
        const auto tags = BackupFolder::tagsOf(*chain, m_key); // not ours any more when the data key was changed
        if (tags.ok())
            return {backup.manifest.id, backup.manifest.at, *tags};
    }
    return {};
}

Result<void> BackupWriter::copyPages(PageSnapshot &snapshot, const Base &base, const QString &folder, BackupManifest &manifest, const BackupWatch &watch) const
{
    manifest.kind = base.id.isEmpty() ? BackupManifest::Kind::Full : BackupManifest::Kind::Increment;
    manifest.base = base.id;
    manifest.pages = snapshot.pageCount();
    manifest.stored = 0;
    manifest.salt = snapshot.salt();
    const bool isFull = base.id.isEmpty();
    const quint32 mostChanged = std::max(kFewPages, quint32(quint64(manifest.pages) * quint32(m_limits.mostPercent) / 100));
    FIELDFARE_ASSIGN(const auto pages, WrittenFile::create(folder + QLatin1Char('/') + (isFull ? QFileInfo(m_source.database).fileName() : QString(BackupFolder::kChanged))));
    QByteArray tags;
    QByteArray changed;
    tags.reserve(qsizetype(manifest.pages) * kTagSize);
    QByteArray block(qsizetype(BackupFolder::kPagesAtOnce) * kPageSize, '\0');
    for (quint32 first = 1; first <= manifest.pages; first += BackupFolder::kPagesAtOnce) {
        if (watch.cancelled())
            return {ErrorCode::Cancelled, QStringLiteral("the backup was stopped")};
        const quint32 count = std::min(BackupFolder::kPagesAtOnce, manifest.pages - first + 1);
        FIELDFARE_TRY(snapshot.read(first, count, reinterpret_cast<std::uint8_t *>(block.data())));
        qsizetype kept = 0; // pages of the block that are written, moved to its front
        for (quint32 i = 0; i < count; ++i) {
            char *page = block.data() + qsizetype(i) * kPageSize;
            const QByteArrayView tag(page + kPageSize - kTagSize, kTagSize);
            const qsizetype at = tags.size();
            tags.append(tag.data(), tag.size());
            if (!isFull) {
                if (at + kTagSize <= base.tags.size() && std::memcmp(base.tags.constData() + at, tag.data(), kTagSize) == 0)
                    continue;
                const quint32 number = qToBigEndian(first + i);
                changed.append(reinterpret_cast<const char *>(&number), sizeof number);
                changed.append(tag.data(), tag.size());
                if (kept != qsizetype(i))
                    std::memcpy(block.data() + kept * kPageSize, page, kPageSize);
            }
            ++kept;
            ++manifest.stored;
        }
        if (!isFull && manifest.stored > mostChanged)
            return tooManyChanges();
        FIELDFARE_TRY(pages->write({block.constData(), kept * kPageSize}));
        watch.tell(first + count, qint64(manifest.pages) + 1);
    }
    FIELDFARE_TRY(pages->finish());
    FIELDFARE_TRY(WrittenFile::put(folder + QLatin1Char('/') + BackupFolder::kIndex, isFull ? tags : changed));
    manifest.pagesHash = base::sha256(tags);
    return {};
}

Result<void> BackupWriter::fill(PageSnapshot &snapshot, const Base &base, const QString &folder, const QByteArray &keyFile, BackupManifest &manifest, const BackupWatch &watch) const
{
    Result<void> copied = copyPages(snapshot, base, folder, manifest, watch);
    if (!copied.ok() && copied.error() == tooManyChanges()) {
        QFile::remove(folder + QLatin1Char('/') + BackupFolder::kChanged);
        copied = copyPages(snapshot, {}, folder, manifest, watch);
    }
    FIELDFARE_TRY(copied);
    // The key file is that of the begin: pages of a key that was made since could not be read with it.
    if (snapshot.key()->id() != m_key->id())
        return {ErrorCode::ProfileInUse, QStringLiteral("the data key was replaced meanwhile"), {m_source.keyFile}};
    FIELDFARE_TRY(WrittenFile::put(folder + QLatin1Char('/') + QFileInfo(m_source.keyFile).fileName(), keyFile));
    FIELDFARE_ASSIGN(const QByteArray sealed, manifest.sealed(m_key));
    FIELDFARE_TRY(WrittenFile::put(folder + QLatin1Char('/') + BackupFolder::kManifest, sealed));
    if (!base::platform::syncDirectory(folder))
        return {ErrorCode::Io, QStringLiteral("the backup cannot be synced to the disk"), {folder}};
    return {};
}

Result<StoredBackup> BackupWriter::write(Wish wish, qint64 nowMs, base::RandomSource &random, const BackupWatch &watch)
{
    if (!QDir().mkpath(m_folder.path()))
        return Error{ErrorCode::PermissionDenied, QStringLiteral("the folder for backups cannot be made"), {m_folder.path()}};
    OpenOptions options;
    options.path = m_source.database;
    options.key = m_source.key;
    options.readOnly = true;
    options.cacheKiB = 1024;
    options.busyTimeoutMs = 2000;
    FIELDFARE_ASSIGN(const auto connection, Connection::open(options));
    QByteArray keyFile;
    FIELDFARE_ASSIGN(const auto snapshot, takeSnapshot(*connection, keyFile));
    m_salt = snapshot->salt();
    m_key = snapshot->key();
    m_folder.removePartial(m_source.name, m_salt);
    BackupManifest manifest;
    manifest.id = random.bytes(BackupManifest::kIdSize);
    if (m_source.facts) {
        FIELDFARE_ASSIGN(manifest.facts, m_source.facts(*connection));
    }
    const Base base = wish == Wish::Increment ? findBase(nowMs) : Base();
    // What fits is found out by writing where it is an increment: how much changed is not known before.
    if (const qint64 size = qint64(snapshot->pageCount()) * kPageSize; base.id.isEmpty() && !base::hasRoom(m_folder.path(), size + base::kSpareBytes))
        return Error{ErrorCode::DiskFull, QStringLiteral("no room for a backup of %1 bytes").arg(size), {m_folder.path()}};
    QString folder;
    for (manifest.at = std::max(nowMs / 1000 * 1000, base.id.isEmpty() ? 0 : base.at + 1000);; manifest.at += 1000) { // of two in one second the later one counts as a second younger
        folder = m_folder.path() + QLatin1Char('/') + BackupFolder::prefixOf(m_source.name, m_salt) + QDateTime::fromMSecsSinceEpoch(manifest.at, Qt::UTC).toString(kStamp);
        if (!QFileInfo::exists(folder))
            break;
    }
    const QString partial = folder + BackupFolder::kPartial;
    if (!makeOwnFolder(partial))
        return Error{base::hasRoom(m_folder.path(), 1) ? ErrorCode::PermissionDenied : ErrorCode::DiskFull, QStringLiteral("the backup's folder cannot be made"), {partial}};
    if (const Result<void> filled = fill(*snapshot, base, partial, keyFile, manifest, watch); !filled.ok()) {
        QDir(partial).removeRecursively();
        return filled.error();
    }
    if (!QDir().rename(partial, folder)) {
        QDir(partial).removeRecursively();
        return Error{ErrorCode::Io, QStringLiteral("the backup cannot take its name"), {folder}};
    }
    if (!base::platform::syncDirectory(m_folder.path())) {
        BackupFolder::remove(folder); // a backup that nobody was told of must not be stood on
        return Error{ErrorCode::Io, QStringLiteral("the backup's name cannot be synced to the disk"), {folder}};
    }
    watch.tell(1, 1);
    return BackupFolder::at(folder);
}

} // namespace fieldfare::storage
