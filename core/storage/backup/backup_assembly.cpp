// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_assembly.h"

#include "core/base/disk_room.h"
#include "core/storage/backup/written_file.h"
#include "core/storage/durable_copy.h"
#include "core/storage/key_file.h"
#include "core/storage/page_cipher.h"
#include "core/storage/shared_file.h"
#include "core/storage/side_files.h"

#include <QtEndian>

#include <algorithm>
#include <cstring>
#include <unordered_map>
#include <vector>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

/// Where the last version of a page lies.
struct Place {
    quint32 link = 0;
    quint32 position = 0; ///< In its file, in pages.
};

Result<void> readAt(QFile &file, qint64 offset, char *out, qint64 size)
{
    if (!file.seek(offset))
        return {ErrorCode::Io, file.errorString(), {file.fileName()}};
    for (qint64 done = 0; done < size;) {
        const qint64 got = file.read(out + done, size - done);
        if (got < 0)
            return {ErrorCode::Io, file.errorString(), {file.fileName()}};
        if (got == 0)
            return {ErrorCode::FileDamaged, QStringLiteral("%1 was cut off").arg(file.fileName())};
        done += got;
    }
    return {};
}

} // namespace

Result<BackupAssembly> BackupAssembly::open(const QString &backup, const Names &names, const base::Secret &passphrase)
{
    FIELDFARE_TRY(BackupFolder::at(backup)); // "no backup there" before "no key file there"
    FIELDFARE_ASSIGN(DataKey key, KeyFile(backup + QLatin1Char('/') + names.keyFile).unlock(passphrase));
    return open(backup, names, std::make_shared<const DataKey>(std::move(key)));
}

Result<BackupAssembly> BackupAssembly::open(const QString &backup, const Names &names, std::shared_ptr<const DataKey> key)
{
    BackupAssembly assembly;
    assembly.m_names = names;
    assembly.m_key = std::move(key);
    FIELDFARE_ASSIGN(assembly.m_chain, BackupFolder::chainOf(backup));
    FIELDFARE_ASSIGN(assembly.m_manifest, BackupFolder::proven(assembly.m_chain.last(), assembly.m_key));
    FIELDFARE_ASSIGN(assembly.m_tags, BackupFolder::tagsOf(assembly.m_chain, assembly.m_key));
    return assembly;
}

Result<void> BackupAssembly::writeDatabase(const QString &path, const BackupWatch &watch) const
{
    std::unordered_map<quint32, Place> changed;
    std::vector<std::unique_ptr<QFile>> files;
    for (quint32 link = 0; link < quint32(m_chain.size()); ++link) {
        const QString &folder = m_chain[link].folder;
        files.push_back(std::make_unique<QFile>(folder + QLatin1Char('/') + (link == 0 ? m_names.database : QString(BackupFolder::kChanged))));
        if (!files.back()->open(QIODevice::ReadOnly | QIODevice::Unbuffered))
            return {files.back()->exists() ? ErrorCode::Io : ErrorCode::NotFound, files.back()->errorString(), {files.back()->fileName()}};
        if (link == 0)
            continue;
        QFile index(folder + QLatin1Char('/') + BackupFolder::kIndex);
        if (!index.open(QIODevice::ReadOnly))
            return {ErrorCode::Io, index.errorString(), {index.fileName()}};
        const QByteArray entries = index.readAll();
        if (index.error() != QFileDevice::NoError)
            return {ErrorCode::Io, index.errorString(), {index.fileName()}};
        for (quint32 position = 0; position < quint32(entries.size() / BackupFolder::kIndexEntry); ++position)
            changed[qFromBigEndian<quint32>(entries.constData() + qsizetype(position) * BackupFolder::kIndexEntry)] = {link, position};
    }
    const auto shared = std::make_shared<SharedFile>(m_key, false);
    shared->setSalt(m_manifest.salt);
    PageCipher cipher(shared);
    FIELDFARE_ASSIGN(const auto database, WrittenFile::create(path));
    QByteArray block(qsizetype(BackupFolder::kPagesAtOnce) * kPageSize, '\0');
    QByteArray plain(kPageSize, '\0');
    const quint32 fullPages = m_chain.first().manifest.pages;
    for (quint32 first = 1; first <= m_manifest.pages; first += BackupFolder::kPagesAtOnce) {
        if (watch.cancelled())
            return {ErrorCode::Cancelled, QStringLiteral("the restore was stopped")};
        const quint32 count = std::min(BackupFolder::kPagesAtOnce, m_manifest.pages - first + 1);
        if (first <= fullPages)
            FIELDFARE_TRY(readAt(*files[0], qint64(first - 1) * kPageSize, block.data(), qint64(std::min(count, fullPages - first + 1)) * kPageSize));
        for (quint32 page = first; page < first + count; ++page) {
            char *bytes = block.data() + qsizetype(page - first) * kPageSize;
            if (const auto place = changed.find(page); place != changed.end())
                FIELDFARE_TRY(readAt(*files[place->second.link], qint64(place->second.position) * kPageSize, bytes, kPageSize));
            const auto *raw = reinterpret_cast<const std::uint8_t *>(bytes);
            const bool isExpected = std::memcmp(m_tags.constData() + qsizetype(page - 1) * kTagSize, bytes + kPageSize - kTagSize, kTagSize) == 0;
            const bool isEmpty = page != 1 && std::all_of(raw, raw + kPageSize, [](std::uint8_t byte) { return byte == 0; });
            if (!isExpected || (!isEmpty && !cipher.decrypt(page, raw, reinterpret_cast<std::uint8_t *>(plain.data()))))
                return {ErrorCode::FileDamaged, QStringLiteral("page %1 is not what was backed up").arg(page), {QString::number(page)}};
        }
        FIELDFARE_TRY(database->write({block.constData(), qsizetype(count) * kPageSize}));
        watch.tell(first + count, qint64(m_manifest.pages) + 1);
    }
    return database->finish();
}

Result<void> BackupAssembly::writeTo(const QString &folder, const BackupWatch &watch) const
{
    if (const qint64 size = qint64(m_manifest.pages) * kPageSize; !base::hasRoom(folder, size + base::kSpareBytes))
        return {ErrorCode::DiskFull, QStringLiteral("no room for %1 bytes").arg(size), {folder}};
    const QString database = folder + QLatin1Char('/') + m_names.database;
    const QString keyFile = folder + QLatin1Char('/') + m_names.keyFile;
    // The log of a file that lay here before would be taken for this one's: its key and salt are the same.
    FIELDFARE_TRY(side_files::removeOfDatabase(database));
    FIELDFARE_TRY(side_files::removeOfKeyFile(keyFile));
    FIELDFARE_TRY(copyDurably(m_chain.last().folder + QLatin1Char('/') + m_names.keyFile, keyFile));
    return writeDatabase(database, watch);
}

} // namespace fieldfare::storage
