// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/profile_backups.h"

#include "core/base/platform.h"
#include "core/storage/backup/backup_drill_log.h"
#include "core/storage/backup/scratch_copies.h"
#include "core/storage/key_file.h"
#include "core/storage/recovery/device_recovery.h"
#include "core/storage/unfinished_mark.h"
#include "core/store/table_layout.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

namespace fieldfare::store {

using base::Error;
using base::ErrorCode;
using base::Result;
using storage::BackupAssembly;
using storage::BackupWatch;
using storage::StoredBackup;

namespace {

constexpr QLatin1StringView kRows("rows");

BackupAssembly::Names fileNames()
{
    const ProfilePaths inside;
    return {inside.database().mid(1), inside.keyFile().mid(1)};
}

/// Records of each kind, and all together.
Result<QJsonObject> countRows(storage::Connection &connection)
{
    QJsonObject counts;
    qint64 all = 0;
    for (const model::Entity &entity : model::Catalog::standard()->entities()) {
        storage::Statement &query = connection.statement(QStringLiteral("SELECT count(*) FROM %1").arg(quoted(entity.table())));
        const storage::StatementReset reset(query);
        FIELDFARE_TRY(query.step());
        counts.insert(entity.name(), query.int64(0));
        all += query.int64(0);
    }
    counts.insert(kRows, all);
    return counts;
}

/// A profile's folder that holds nothing yet, under the mark of an unfinished one.
Result<std::unique_ptr<storage::ProfileLock>> beginProfile(const QString &folder)
{
    if (ProfilePaths{folder}.exists())
        return Error{ErrorCode::AlreadyExists, QStringLiteral("the folder holds a profile already"), {folder}};
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return Error{ErrorCode::PermissionDenied, QStringLiteral("the folder cannot be made"), {folder}};
    FIELDFARE_ASSIGN(auto lock, storage::ProfileLock::acquire(folder));
    FIELDFARE_TRY(storage::unfinished_mark::set(folder));
    return lock;
}

Result<void> writeProfile(const BackupAssembly &assembly, const QString &folder, const BackupWatch &watch)
{
    FIELDFARE_ASSIGN(const auto lock, beginProfile(folder));
    // Requests of a profile that lay here before: their end is not this one's to report.
    FIELDFARE_TRY(storage::DeviceRecovery(folder, storage::KeyFile(ProfilePaths{folder}.keyFile())).discard());
    FIELDFARE_TRY(assembly.writeTo(folder, watch));
    if (!base::platform::syncDirectory(folder))
        return {ErrorCode::Io, QStringLiteral("the folder cannot be synced to the disk"), {folder}};
    return storage::unfinished_mark::clear(folder);
}

/// The first half of the way, or the second.
std::function<void(int)> half(const BackupWatch &watch, bool isSecond)
{
    return [tell = watch.onProgress, isSecond](int percent) {
        if (tell)
            tell((isSecond ? 50 : 0) + percent / 2);
    };
}

Result<BackupDrill> tryOut(const QString &backup, const Result<BackupAssembly> &opened, const base::Clock &clock, base::RandomSource &random, const BackupWatch &watch)
{
    FIELDFARE_ASSIGN(const BackupAssembly assembly, opened);
    storage::discardDrills(backup, clock.wallMs());
    const QTemporaryDir scratch(storage::drillTemplate(backup));
    if (!scratch.isValid())
        return Error{ErrorCode::PermissionDenied, scratch.errorString(), {QFileInfo(backup).absolutePath()}};
    QElapsedTimer taken;
    taken.start();
    FIELDFARE_ASSIGN(const auto store, ProfileBackups::openCopy(assembly, scratch.filePath(QStringLiteral("profile")), clock, random, {watch.isCancelled, half(watch, false)}));
    FIELDFARE_TRY(store->profileInfo());
    BackupDrill drill;
    drill.manifest = assembly.manifest();
    drill.links = assembly.links();
    drill.rowsWritten = qint64(drill.manifest.facts.value(kRows).toDouble(-1));
    drill.restoreMs = taken.restart();
    FIELDFARE_ASSIGN(drill.found, checkProfile(*store, CheckWatch{watch.isCancelled, half(watch, true)}));
    drill.checkMs = taken.elapsed();
    QJsonObject counted = drill.manifest.facts;
    counted.insert(QStringLiteral("rows_found"), drill.found.rows);
    counted.insert(QStringLiteral("damaged_pages"), drill.found.damagedPages.size());
    counted.insert(QStringLiteral("checksum"), QString::fromLatin1(drill.found.acknowledged.bytes().toHex()));
    storage::noteDrill(backup, {drill.manifest, drill.links, drill.isOk(), drill.restoreMs, drill.checkMs}, counted, clock.wallMs());
    return drill;
}

Result<BackupDrill> drillOf(const QString &backup, const std::shared_ptr<const storage::DataKey> &key, const base::Clock &clock, base::RandomSource &random, const BackupWatch &watch)
{
    Result<BackupDrill> drill = tryOut(backup, ProfileBackups::open(backup, key), clock, random, watch);
    if (drill.ok() || drill.error().code != ErrorCode::FileDamaged)
        return drill;
    // What is not sound is written down too, where this key proves that it is the backup and not the key that does not fit.
    if (const auto at = storage::BackupFolder::at(backup); at.ok() && storage::BackupFolder::proven(*at, key).ok())
        storage::noteDrill(backup, {at->manifest, 0, false, 0, 0}, {{QStringLiteral("error"), drill.error().detail}}, clock.wallMs());
    return drill;
}

} // namespace

Result<StoredBackup> ProfileBackups::write(const BackupOrigin &origin, Wish wish, const base::Clock &clock, const BackupWatch &watch) const
{
    base::SystemRandom random;
    storage::BackupSource source{QStringLiteral("fieldfare"), origin.paths.database(), origin.paths.keyFile(), origin.key, countRows};
    return storage::BackupWriter(std::move(source), m_folder.path()).write(wish, clock.wallMs(), random, watch);
}

Result<StoredBackup> ProfileBackups::newestUntil(qint64 ms) const
{
    const QList<StoredBackup> all = list();
    const StoredBackup *newest = nullptr;
    for (const StoredBackup &backup : all) {
        if (backup.manifest.salt != all.first().manifest.salt)
            return Error{ErrorCode::InvalidArgument, QStringLiteral("the folder has backups of several profiles; name one backup")};
        if (newest == nullptr && backup.manifest.at <= ms)
            newest = &backup;
    }
    if (newest == nullptr)
        return Error{ErrorCode::NotFound, QStringLiteral("no backup from before that time"), {m_folder.path()}};
    return *newest;
}

int ProfileBackups::prune(const StoredBackup &like, qint64 nowMs, const storage::BackupRetention &retention) const
{
    return m_folder.prune(like.manifest.salt, retention, nowMs);
}

Result<BackupAssembly> ProfileBackups::open(const QString &backup, std::shared_ptr<const storage::DataKey> key)
{
    return BackupAssembly::open(backup, fileNames(), std::move(key));
}

Result<std::unique_ptr<Store>> ProfileBackups::openCopy(const BackupAssembly &assembly, const QString &folder, const base::Clock &clock, base::RandomSource &random, const BackupWatch &watch)
{
    FIELDFARE_TRY(writeProfile(assembly, folder, watch));
    StoreOptions options;
    options.path = ProfilePaths{folder}.database();
    options.key = assembly.key();
    options.clock = &clock;
    options.random = &random;
    return Store::open(std::move(options));
}

Result<void> ProfileBackups::restore(const QString &backup, const base::Secret &passphrase, const QString &folder, const BackupWatch &watch)
{
    FIELDFARE_TRY(storage::BackupFolder::at(backup));
    if (ProfilePaths{folder}.exists()) // before the passphrase is worked on
        return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a profile already"), {folder}};
    FIELDFARE_ASSIGN(const BackupAssembly assembly, BackupAssembly::open(backup, fileNames(), passphrase));
    return writeProfile(assembly, folder, watch);
}

Result<BackupDrill> ProfileBackups::drill(const QString &backup, const base::Secret &passphrase, const base::Clock &clock, base::RandomSource &random, const BackupWatch &watch)
{
    FIELDFARE_TRY(storage::BackupFolder::at(backup)); // "no backup there" before "no key file there"
    FIELDFARE_ASSIGN(storage::DataKey key, storage::KeyFile(backup + QLatin1Char('/') + fileNames().keyFile).unlock(passphrase));
    return drillOf(backup, std::make_shared<const storage::DataKey>(std::move(key)), clock, random, watch);
}

Result<BackupDrill> ProfileBackups::drill(const QString &backup, const std::shared_ptr<const storage::DataKey> &key, const base::Clock &clock, base::RandomSource &random,
                                          const BackupWatch &watch)
{
    return drillOf(backup, key, clock, random, watch);
}

} // namespace fieldfare::store
