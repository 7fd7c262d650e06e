// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/backup_commands.h"

#include <QDateTime>
#include <QDir>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using Wish = server::ServerBackups::Wish;

QJsonObject toJson(const BackupCommand &command)
{
    return {{QStringLiteral("backup"), command.folder},
            {QStringLiteral("incremental"), command.wish == Wish::Increment},
            {QStringLiteral("keepAll"), command.keepsAll}};
}

Result<BackupCommand> backupCommandFromJson(const QJsonObject &object)
{
    const QString folder = object.value(QStringLiteral("backup")).toString();
    if (folder.isEmpty() || !QDir::isAbsolutePath(folder))
        return {ErrorCode::ProtocolViolation, QStringLiteral("no command for a backup")};
    return BackupCommand{folder, object.value(QStringLiteral("incremental")).toBool() ? Wish::Increment : Wish::Full, object.value(QStringLiteral("keepAll")).toBool()};
}

QJsonObject toJson(const server::ServerBackups::Written &written)
{
    const storage::StoredBackup &backup = written.backup;
    return {{QStringLiteral("written"),
             QJsonArray{QJsonObject{{QStringLiteral("backup"), backup.folder},
                                    {QStringLiteral("at"), QDateTime::fromMSecsSinceEpoch(backup.manifest.at, Qt::UTC).toString(Qt::ISODate)},
                                    {QStringLiteral("kind"), backup.isFull() ? QStringLiteral("full") : QStringLiteral("incremental")},
                                    {QStringLiteral("bytes"), backup.bytes},
                                    {QStringLiteral("pages"), qint64(backup.manifest.pages)},
                                    {QStringLiteral("pages_stored"), qint64(backup.manifest.stored)},
                                    {QStringLiteral("seconds"), double(written.ms) / 1000},
                                    {QStringLiteral("removed"), written.removed}}}}};
}

base::Result<void> requireOwnStore(const server::ServerDatabase &database)
{
    if (!database.address())
        return {};
    return {base::ErrorCode::Unsupported, QStringLiteral("the store is in PostgreSQL: back it up there, by pg_dump or by archiving its write-ahead log, "
                                                         "and keep a copy of the data folder; sync/server/docs/postgresql.md says how")};
}

} // namespace fieldfare::app
