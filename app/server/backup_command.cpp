// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// backup, restore, and verify of a backup
#include "app/server/admin_socket.h"
#include "app/server/backup_commands.h"
#include "app/server/commands.h"
#include "app/server/secret_input.h"
#include "app/server/user_commands.h"
#include "core/storage/passphrase.h"

#include <QDateTime>
#include <QDir>

namespace fieldfare::app {

using base::Error;
using base::ErrorCode;
using base::Result;
using server::ServerBackups;
using server::ServerDatabase;

namespace {

constexpr int kPatienceMs = 24 * 3'600'000; // the server's disk may be large and slow

Result<QJsonObject> backUpHere(const BackupOptions &options, const BackupCommand &command)
{
    const QString folder = QDir(options.data).absolutePath();
    const base::SystemClock clock;
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, false));
    FIELDFARE_ASSIGN(const auto database, ServerDatabase::open(folder, storage::passphraseBytes(passphrase), model::Catalog::standard()));
    FIELDFARE_TRY(requireOwnStore(*database));
    FIELDFARE_ASSIGN(const ServerBackups::Written written, ServerBackups(command.folder).write(database->backupSource(), command.wish, command.keepsAll, clock));
    return toJson(written);
}

Result<QJsonObject> backUp(const BackupOptions &options)
{
    const BackupCommand command{QDir::current().absoluteFilePath(options.place), options.isIncremental ? ServerBackups::Wish::Increment : ServerBackups::Wish::Full, options.keepsAll};
    auto answer = AdminSocket::call(QDir(options.data).absolutePath(), toJson(command), kPatienceMs);
    if (!answer.ok() && answer.error().code == ErrorCode::NotFound)
        answer = backUpHere(options, command);
    FIELDFARE_TRY(answer);
    FIELDFARE_ASSIGN(const QJsonArray written, listFromJson(*answer, QStringLiteral("written")));
    return written.first().toObject();
}

/// The backup that was named, or of a folder the newest one until --at.
Result<QString> chosenBackup(const BackupOptions &options)
{
    const QString place = QDir::current().absoluteFilePath(options.place);
    if (options.untilMs < 0 && storage::BackupFolder::at(place).ok())
        return place;
    for (const storage::StoredBackup &backup : storage::BackupFolder(place).list()) {
        if (options.untilMs < 0 || backup.manifest.at <= options.untilMs)
            return backup.folder;
    }
    return Error{ErrorCode::NotFound, QStringLiteral("no backup there, or none from before that time"), {place}};
}

Result<server::RestoredServer> restore(const BackupOptions &options)
{
    const base::SystemClock clock;
    const QString folder = QDir(options.data).absolutePath();
    FIELDFARE_ASSIGN(const QString backup, chosenBackup(options));
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, folder, false));
    return ServerBackups::restore(backup, storage::passphraseBytes(passphrase), folder, clock);
}

Result<server::ServerDrill> tryOut(const BackupOptions &options)
{
    const base::SystemClock clock;
    FIELDFARE_ASSIGN(const QString backup, chosenBackup(options));
    FIELDFARE_ASSIGN(const QString passphrase, readPassphrase(options.secretFile, QDir(options.data).absolutePath(), false));
    return ServerBackups::drill(backup, storage::passphraseBytes(passphrase), model::Catalog::standard(), clock);
}

QString momentText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

} // namespace

int runBackup(const BackupOptions &options, const Console &console)
{
    const auto written = backUp(options);
    if (!written.ok())
        return console.failure(written.error());
    const QJsonObject &line = *written;
    console.result(QStringLiteral("%1: %2, %3 bytes, in %4 s")
                       .arg(line.value(QStringLiteral("backup")).toString(), line.value(QStringLiteral("kind")).toString())
                       .arg(line.value(QStringLiteral("bytes")).toInteger())
                       .arg(line.value(QStringLiteral("seconds")).toDouble(), 0, 'f', 1),
                   line);
    return Done;
}

int runRestore(const BackupOptions &options, const Console &console)
{
    const auto restored = restore(options);
    if (!restored.ok())
        return console.failure(restored.error());
    console.result(QStringLiteral("The server as of %1, under the new epoch %2; its passphrase is the one of that time.").arg(momentText(restored->manifest.at)).arg(restored->epoch),
                   {{QStringLiteral("at"), momentText(restored->manifest.at)},
                    {QStringLiteral("epoch"), restored->epoch},
                    {QStringLiteral("former_epoch"), restored->formerEpoch},
                    {QStringLiteral("restored_point"), restored->restoredPoint}});
    console.message(QStringLiteral("Devices that have synced before stop, keep everything they hold, and say that the server was restored. Accounts, rights and "
                                   "erasures are those of that time: go through what was changed since."));
    return Done;
}

int runVerifyBackup(const BackupOptions &options, const Console &console)
{
    const auto drill = tryOut(options);
    if (!drill.ok())
        return console.failure(drill.error());
    for (const QString &problem : drill->found.problems)
        console.message(problem);
    console.result(QStringLiteral("%1: %2 rows and %3 operations, as of %4; restored in %5 s, looked through in %6 s")
                       .arg(drill->isOk() ? QStringLiteral("Sound") : QStringLiteral("NOT what was written"))
                       .arg(drill->found.rows)
                       .arg(drill->found.operations)
                       .arg(momentText(drill->manifest.at))
                       .arg(double(drill->restoreMs) / 1000, 0, 'f', 1)
                       .arg(double(drill->checkMs) / 1000, 0, 'f', 1),
                   {{QStringLiteral("ok"), drill->isOk()},
                    {QStringLiteral("at"), momentText(drill->manifest.at)},
                    {QStringLiteral("links"), drill->links},
                    {QStringLiteral("rows"), drill->found.rows},
                    {QStringLiteral("rows_written"), drill->manifest.facts.value(QStringLiteral("rows"))},
                    {QStringLiteral("operations"), drill->found.operations},
                    {QStringLiteral("operations_written"), drill->manifest.facts.value(QStringLiteral("operations"))},
                    {QStringLiteral("pages_hash"), QString::fromLatin1(drill->manifest.pagesHash.toHex())},
                    {QStringLiteral("restore_seconds"), double(drill->restoreMs) / 1000},
                    {QStringLiteral("problems"), QJsonArray::fromStringList(drill->found.problems)}});
    return drill->isOk() ? Done : Failed;
}

} // namespace fieldfare::app
