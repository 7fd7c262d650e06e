// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/profile_backups.h"

#include "core/base/disk_room.h"
#include "core/base/platform.h"
#include "core/storage/durable_copy.h"
#include "core/storage/unfinished_mark.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kSpareBytes = 1'000'000;
constexpr int kStepsBetweenLooks = 100'000; // of SQLite's machine: some milliseconds
constexpr QLatin1StringView kSetting("backup");
constexpr QLatin1StringView kPartial(".partial");
constexpr QLatin1StringView kStamp("yyyyMMdd'T'HHmmss'Z'");

/// "fieldfare-0080b3a1c2d4-": what the names of one profile's backups begin with.
Result<QString> prefixOf(Store &store)
{
    FIELDFARE_ASSIGN(const changes::ReplicaState state, store.replicaState());
    return QStringLiteral("fieldfare-%1-").arg(state.device.toString().right(12));
}

qint64 momentOf(const QString &name)
{
    QDateTime moment = QDateTime::fromString(name.section(QLatin1Char('-'), 2, 2), kStamp);
    moment.setTimeZone(QTimeZone::utc());
    return moment.isValid() ? moment.toMSecsSinceEpoch() : 0;
}

qint64 sizeOf(const QString &folder)
{
    qint64 bytes = 0;
    for (const QFileInfo &file : QDir(folder).entryInfoList(QDir::Files))
        bytes += file.size();
    return bytes;
}

bool makeOwnFolder(const QString &path)
{
    return QDir().mkpath(path) && QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

/// Opens the copy, looks through it, and writes into it what was found.
Result<void> seal(const Profile &profile, const QString &database, qint64 at, const base::Clock &clock, base::RandomSource &random, const ProfileBackups::Cancelled &cancelled)
{
    FIELDFARE_ASSIGN(const auto copy, profile.openStoreAt(database, clock, random));
    FIELDFARE_ASSIGN(const ProfileCheckReport found, checkProfile(*copy, cancelled));
    if (!found.isOk()) {
        const QString what = (found.indexProblems + found.searchProblems + found.versionProblems).value(0, QStringLiteral("a page is damaged"));
        return {ErrorCode::FileDamaged, what, {found.damagedPages.isEmpty() ? QString() : QString::number(found.damagedPages.first())}};
    }
    const QJsonObject facts{{QStringLiteral("at"), at}, {QStringLiteral("rows"), found.rows}, {QStringLiteral("sum"), QString::fromLatin1(found.acknowledged.bytes().toHex())}};
    FIELDFARE_TRY(copy->setSetting(kSetting, QJsonDocument(facts).toJson(QJsonDocument::Compact)));
    FIELDFARE_ASSIGN(const bool moved, copy->connection().checkpoint(true));
    if (!moved)
        return {ErrorCode::Io, QStringLiteral("the copy's log cannot be moved into it"), {database}};
    return {};
}

Result<void> fill(const Profile &profile, Store &store, const ProfilePaths &to, qint64 at, const base::Clock &clock, base::RandomSource &random,
                  const ProfileBackups::Cancelled &cancelled)
{
    FIELDFARE_TRY(storage::copyDurably(profile.paths().keyFile(), to.keyFile()));
    if (cancelled)
        store.connection().setProgressHook(kStepsBetweenLooks, cancelled);
    const Result<void> copied = store.connection().copyTo(to.database(), profile.key());
    store.connection().setProgressHook(0, {});
    if (!copied.ok())
        return cancelled && cancelled() ? Result<void>(ErrorCode::Cancelled, QStringLiteral("the backup was stopped")) : copied;
    FIELDFARE_TRY(seal(profile, to.database(), at, clock, random, cancelled));
    QFile database(to.database());
    if (!database.open(QIODevice::ReadWrite) || !base::platform::syncFile(database.handle()) || !base::platform::syncDirectory(to.folder))
        return {ErrorCode::Io, QStringLiteral("the backup cannot be synced to the disk"), {to.folder}};
    return {};
}

} // namespace

Result<Backup> ProfileBackups::write(const Profile &profile, Store &store, const base::Clock &clock, base::RandomSource &random, const Cancelled &cancelled) const
{
    FIELDFARE_ASSIGN(const QString prefix, prefixOf(store));
    if (!QDir().mkpath(m_folder))
        return {ErrorCode::PermissionDenied, QStringLiteral("the folder for backups cannot be made"), {m_folder}};
    for (const QString &name : QDir(m_folder).entryList({prefix + QLatin1Char('*') + kPartial}, QDir::Dirs))
        QDir(m_folder + QLatin1Char('/') + name).removeRecursively();
    const qint64 size = QFileInfo(profile.paths().database()).size() + QFileInfo(profile.paths().database() + QStringLiteral("-wal")).size();
    if (!base::hasRoom(m_folder, size + kSpareBytes))
        return {ErrorCode::DiskFull, QStringLiteral("no room for a backup of %1 bytes").arg(size), {m_folder}};
    qint64 at = clock.wallMs() / 1000 * 1000;
    QString folder;
    for (;; at += 1000) { // of two in one second the later one counts as a second younger
        folder = m_folder + QLatin1Char('/') + prefix + QDateTime::fromMSecsSinceEpoch(at, Qt::UTC).toString(kStamp);
        if (!QFileInfo::exists(folder))
            break;
    }
    const QString partial = folder + kPartial;
    if (!makeOwnFolder(partial))
        return {ErrorCode::PermissionDenied, QStringLiteral("the backup's folder cannot be made"), {partial}};
    if (const Result<void> filled = fill(profile, store, {partial}, at, clock, random, cancelled); !filled.ok()) {
        QDir(partial).removeRecursively();
        return filled.error();
    }
    if (!QDir().rename(partial, folder) || !base::platform::syncDirectory(m_folder))
        return {ErrorCode::Io, QStringLiteral("the backup cannot take its name"), {folder}};
    return Backup{folder, at, sizeOf(folder)};
}

QList<Backup> ProfileBackups::list() const
{
    QList<Backup> backups;
    for (const QString &name : QDir(m_folder).entryList({QStringLiteral("fieldfare-*")}, QDir::Dirs)) {
        const ProfilePaths paths{m_folder + QLatin1Char('/') + name};
        if (const qint64 at = momentOf(name); at != 0 && !name.endsWith(kPartial) && QFileInfo::exists(paths.database()) && QFileInfo::exists(paths.keyFile()))
            backups.append({paths.folder, at, sizeOf(paths.folder)});
    }
    std::sort(backups.begin(), backups.end(), [](const Backup &a, const Backup &b) { return a.at > b.at; });
    return backups;
}

Result<int> ProfileBackups::prune(Store &store, qint64 beforeMs) const
{
    FIELDFARE_ASSIGN(const QString prefix, prefixOf(store));
    int gone = 0;
    bool isNewest = true;
    for (const Backup &backup : list()) {
        if (!QFileInfo(backup.folder).fileName().startsWith(prefix))
            continue;
        if (!std::exchange(isNewest, false) && backup.at < beforeMs && QDir(backup.folder).removeRecursively())
            ++gone;
    }
    return gone;
}

Result<void> ProfileBackups::restore(const QString &backup, const QString &folder)
{
    const ProfilePaths from{backup};
    const ProfilePaths to{folder};
    if (!QFileInfo::exists(from.database()) || !QFileInfo::exists(from.keyFile()))
        return {ErrorCode::NotFound, QStringLiteral("no backup there"), {backup}};
    if (to.exists())
        return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a profile already"), {folder}};
    if (!makeOwnFolder(folder))
        return {ErrorCode::PermissionDenied, QStringLiteral("the folder cannot be made"), {folder}};
    FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(folder));
    FIELDFARE_TRY(storage::unfinished_mark::set(folder));
    FIELDFARE_TRY(storage::copyDurably(from.keyFile(), to.keyFile()));
    FIELDFARE_TRY(storage::copyDurably(from.database(), to.database()));
    return storage::unfinished_mark::clear(folder);
}

Result<BackupDrill> ProfileBackups::drill(const QString &backup, const base::Secret &passphrase, const base::Clock &clock, base::RandomSource &random, const Cancelled &cancelled)
{
    const QTemporaryDir scratch(QFileInfo(backup).absolutePath() + QStringLiteral("/drill-XXXXXX"));
    if (!scratch.isValid())
        return {ErrorCode::PermissionDenied, scratch.errorString(), {QFileInfo(backup).absolutePath()}};
    QElapsedTimer taken;
    taken.start();
    const QString folder = scratch.filePath(QStringLiteral("profile"));
    FIELDFARE_TRY(restore(backup, folder));
    FIELDFARE_ASSIGN(const Profile profile, Profile::open(folder, passphrase));
    FIELDFARE_ASSIGN(const auto store, profile.openStore(clock, random));
    FIELDFARE_ASSIGN(const QByteArray written, store->setting(kSetting));
    BackupDrill drill;
    drill.restoreMs = taken.elapsed();
    const QJsonObject facts = QJsonDocument::fromJson(written).object();
    if (facts.isEmpty())
        return {ErrorCode::FileDamaged, QStringLiteral("it does not say what is in it: no backup, or one that was not finished"), {backup}};
    drill.at = qint64(facts.value(QStringLiteral("at")).toDouble());
    drill.rowsWritten = qint64(facts.value(QStringLiteral("rows")).toDouble());
    drill.sumWritten = QByteArray::fromHex(facts.value(QStringLiteral("sum")).toString().toLatin1());
    FIELDFARE_ASSIGN(drill.found, checkProfile(*store, cancelled));
    return drill;
}

} // namespace fieldfare::store
