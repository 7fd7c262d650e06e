// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/server_backups.h"

#include "core/base/platform.h"
#include "core/changes/row_versions.h"
#include "core/storage/backup/backup_drill_log.h"
#include "core/storage/backup/scratch_copies.h"
#include "core/storage/backup/written_file.h"
#include "core/storage/transaction.h"
#include "core/storage/unfinished_mark.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Result;
using storage::BackupAssembly;
using storage::BackupWatch;

namespace {

constexpr QLatin1StringView kFiles("files");
constexpr QLatin1StringView kRestoredAt("restored_at");       // ms UTC
constexpr QLatin1StringView kRestoredPoint("restored_point"); // the version up to which it is the old server
constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kEpochsBeginMs = 1'767'225'600'000; // 2026-01-01
constexpr qint64 kMostEpoch = (qint64(1) << (63 - changes::kCounterBits)) - 1;

/// Authority and TLS leaf: without them no device would know the restored server.
QStringList filesBeside()
{
    return {QStringLiteral("ca.crt"), QStringLiteral("ca.key"), QStringLiteral("server.crt"), QStringLiteral("server.key")};
}

Result<qint64> countOf(storage::Connection &connection, const QString &table)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral("SELECT count(*) FROM \"%1\"").arg(table)));
    FIELDFARE_TRY(query->step());
    return query->int64(0);
}

Result<QJsonObject> countRows(storage::Connection &connection, const model::Catalog &catalog)
{
    QJsonObject counts;
    qint64 all = 0;
    for (const model::Entity &entity : catalog.entities()) {
        FIELDFARE_ASSIGN(const qint64 rows, countOf(connection, entity.table()));
        counts.insert(entity.name(), rows);
        all += rows;
    }
    counts.insert(QStringLiteral("rows"), all);
    FIELDFARE_ASSIGN(const qint64 operations, countOf(connection, QStringLiteral("operations")));
    counts.insert(QStringLiteral("operations"), operations);
    return counts;
}

BackupAssembly::Names fileNames()
{
    return {QStringLiteral("server.db"), QFileInfo(ServerDatabase::keyPath(QString())).fileName()};
}

/// Above every epoch that this backup, or an earlier restore of it, can have given to devices.
qint64 nextEpoch(qint64 former, qint64 nowMs)
{
    const qint64 byClock = (nowMs - kEpochsBeginMs) / kMinuteMs;
    return std::max(former + 1, std::min(byClock, kMostEpoch));
}

Result<std::unique_ptr<storage::Connection>> openAt(const QString &path, const BackupAssembly &assembly)
{
    storage::OpenOptions options;
    options.path = path;
    options.key = assembly.key();
    return storage::Connection::open(options);
}

Result<void> writeFilesBeside(const BackupAssembly &assembly, const QString &folder)
{
    const QJsonObject files = assembly.manifest().facts.value(kFiles).toObject();
    for (const QString &name : filesBeside()) { // by the names that are known: nothing else is written anywhere
        if (files.contains(name))
            FIELDFARE_TRY(storage::WrittenFile::put(folder + QLatin1Char('/') + name, QByteArray::fromBase64(files.value(name).toString().toLatin1())));
    }
    return {};
}

Result<RestoredServer> takeNewEpoch(const BackupAssembly &assembly, const QString &path, qint64 nowMs)
{
    FIELDFARE_ASSIGN(const auto connection, openAt(path, assembly));
    ServerMeta meta(*connection);
    RestoredServer restored;
    restored.manifest = assembly.manifest();
    FIELDFARE_ASSIGN(restored.formerEpoch, meta.integer(ServerMeta::kEpoch));
    FIELDFARE_ASSIGN(const qint64 counter, meta.integer(ServerMeta::kCounter));
    restored.restoredPoint = (restored.formerEpoch << changes::kCounterBits) | counter;
    restored.epoch = nextEpoch(restored.formerEpoch, nowMs);
    FIELDFARE_ASSIGN(storage::Transaction transaction, storage::Transaction::begin(*connection, storage::Transaction::Mode::Immediate));
    FIELDFARE_TRY(meta.put(ServerMeta::kEpoch, restored.epoch));
    FIELDFARE_TRY(meta.put(kRestoredAt, nowMs));
    FIELDFARE_TRY(meta.put(kRestoredPoint, restored.restoredPoint));
    FIELDFARE_TRY(transaction.commit());
    FIELDFARE_TRY(connection->checkpoint(true));
    return restored;
}

} // namespace

storage::BackupSource ServerDatabase::backupSource() const
{
    storage::BackupSource source{QStringLiteral("server"), path(), keyPath(m_folder), m_key};
    source.facts = [catalog = m_catalog, folder = m_folder](storage::Connection &connection) -> Result<QJsonObject> {
        FIELDFARE_ASSIGN(QJsonObject facts, countRows(connection, *catalog));
        QJsonObject files;
        for (const QString &name : filesBeside()) {
            QFile file(folder + QLatin1Char('/') + name);
            if (file.open(QIODevice::ReadOnly)) // a server with a certificate of its own has none
                files.insert(name, QString::fromLatin1(file.readAll().toBase64()));
        }
        facts.insert(kFiles, files);
        return facts;
    };
    return source;
}

bool ServerDrill::isOk() const
{
    return found.problems.isEmpty() && double(found.rows) == manifest.facts.value(QStringLiteral("rows")).toDouble(-1)
        && double(found.operations) == manifest.facts.value(QStringLiteral("operations")).toDouble(-1);
}

Result<ServerBackups::Written> ServerBackups::write(const storage::BackupSource &source, Wish wish, bool keepsAll, const base::Clock &clock, const BackupWatch &watch) const
{
    QElapsedTimer taken;
    taken.start();
    base::SystemRandom random;
    FIELDFARE_ASSIGN(const storage::StoredBackup backup, storage::BackupWriter(source, m_folder.path()).write(wish, clock.wallMs(), random, watch));
    Written written{backup, 0, taken.elapsed()};
    if (!keepsAll)
        written.removed = m_folder.prune(backup.manifest.salt, {}, clock.wallMs());
    return written;
}

Result<RestoredServer> ServerBackups::restore(const QString &backup, const base::Secret &passphrase, const QString &folder, const base::Clock &clock, const BackupWatch &watch)
{
    FIELDFARE_TRY(storage::BackupFolder::at(backup));
    const QString database = folder + QLatin1Char('/') + fileNames().database;
    if ((QFile::exists(database) || QFile::exists(ServerDatabase::keyPath(folder))) && !storage::unfinished_mark::isThere(folder))
        return Error{ErrorCode::AlreadyExists, QStringLiteral("the folder holds a store"), {folder}};
    FIELDFARE_ASSIGN(const BackupAssembly assembly, BackupAssembly::open(backup, fileNames(), passphrase));
    if (!QDir().mkpath(folder) || !QFile::setPermissions(folder, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return Error{ErrorCode::PermissionDenied, QStringLiteral("cannot make the data folder"), {folder}};
    FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(folder));
    storage::unfinished_mark::removeRemains(folder, QStringList{fileNames().database, fileNames().keyFile} + filesBeside());
    FIELDFARE_TRY(storage::unfinished_mark::set(folder));
    FIELDFARE_TRY(assembly.writeTo(folder, watch));
    FIELDFARE_TRY(writeFilesBeside(assembly, folder));
    FIELDFARE_ASSIGN(const RestoredServer restored, takeNewEpoch(assembly, database, clock.wallMs()));
    if (!base::platform::syncDirectory(folder))
        return Error{ErrorCode::Io, QStringLiteral("the folder cannot be synced to the disk"), {folder}};
    FIELDFARE_TRY(storage::unfinished_mark::clear(folder));
    return restored;
}

Result<ServerDrill> ServerBackups::drill(const QString &backup, const base::Secret &passphrase, const model::CatalogPointer &catalog, const base::Clock &clock, const BackupWatch &watch)
{
    FIELDFARE_ASSIGN(const BackupAssembly assembly, BackupAssembly::open(backup, fileNames(), passphrase));
    storage::discardDrills(backup, clock.wallMs());
    const QTemporaryDir scratch(storage::drillTemplate(backup));
    if (!scratch.isValid())
        return Error{ErrorCode::PermissionDenied, scratch.errorString(), {QFileInfo(backup).absolutePath()}};
    QElapsedTimer taken;
    taken.start();
    FIELDFARE_TRY(assembly.writeTo(scratch.path(), watch));
    FIELDFARE_ASSIGN(const auto connection, openAt(scratch.filePath(fileNames().database), assembly));
    ServerDrill drill;
    drill.manifest = assembly.manifest();
    drill.links = assembly.links();
    drill.restoreMs = taken.restart();
    FIELDFARE_ASSIGN(drill.found, checkStore(*connection, *catalog));
    drill.checkMs = taken.elapsed();
    QJsonObject line = drill.manifest.facts;
    line.remove(kFiles);
    line.insert(QStringLiteral("rows_found"), drill.found.rows);
    line.insert(QStringLiteral("operations_found"), drill.found.operations);
    line.insert(QStringLiteral("problems"), drill.found.problems.size());
    storage::noteDrill(backup, {drill.manifest, drill.links, drill.isOk(), drill.restoreMs, drill.checkMs}, line, clock.wallMs());
    return drill;
}

} // namespace fieldfare::server
