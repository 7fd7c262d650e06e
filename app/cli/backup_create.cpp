// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/backup_create.h"

#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

#include <memory>

namespace fieldfare::app {

using store::ProfileBackups;

namespace {

constexpr qint64 kTellEveryMs = 2000;

} // namespace

QString kindOf(const storage::StoredBackup &backup)
{
    return backup.isFull() ? QStringLiteral("full") : QStringLiteral("incremental");
}

storage::BackupWatch backupWatch(CommandOutput &output, bool json, const std::function<bool()> &isStopped)
{
    const auto since = std::make_shared<QElapsedTimer>();
    since->start();
    return {isStopped, [&output, json, since](int percent) {
                if (since->elapsed() < kTellEveryMs)
                    return;
                since->restart();
                writeNote(output, json, QStringLiteral("%1 %").arg(percent));
            }};
}

bool isBackupCreate(const CommandLine &line)
{
    return line.command->kind == CommandKind::Backup && line.arguments.words.value(0) == QLatin1String("create");
}

store::BackupOrder backupOrder(const CommandLine &line, const QString &workingFolder)
{
    return {QDir(workingFolder).absoluteFilePath(line.arguments.words.value(1)),
            line.arguments.has("incremental") ? ProfileBackups::Wish::Increment : ProfileBackups::Wish::Full, line.arguments.has("keep-all")};
}

void printBackup(CommandOutput &output, bool json, const store::BackupDone &done)
{
    const storage::StoredBackup &backup = done.backup;
    const double seconds = double(done.ms) / 1000;
    const QString at = QDateTime::fromMSecsSinceEpoch(backup.manifest.at, Qt::UTC).toString(Qt::ISODate);
    const QJsonObject answer{{QStringLiteral("backup"), backup.folder},
                             {QStringLiteral("at"), at},
                             {QStringLiteral("kind"), kindOf(backup)},
                             {QStringLiteral("bytes"), backup.bytes},
                             {QStringLiteral("pages"), qint64(backup.manifest.pages)},
                             {QStringLiteral("pages_stored"), qint64(backup.manifest.stored)},
                             {QStringLiteral("seconds"), seconds},
                             {QStringLiteral("removed"), done.removed}};
    const QString sentence = QStringLiteral("%1: %2, %3 bytes, %4 of %5 pages, in %6 s")
                                 .arg(backup.folder, kindOf(backup))
                                 .arg(backup.bytes)
                                 .arg(backup.manifest.stored)
                                 .arg(backup.manifest.pages)
                                 .arg(seconds, 0, 'f', 1);
    output.out((json ? QJsonDocument(answer).toJson(QJsonDocument::Compact) : sentence.toUtf8()) + '\n');
    if (done.removed > 0)
        writeNote(output, json, QStringLiteral("%1 backups that need not be kept any longer were removed; --keep-all keeps them").arg(done.removed));
}

int runBackupCreate(const CommandLine &line, CommandOutput &output, const QString &workingFolder, const store::BackupOrigin &origin, const std::function<bool()> &isStopped)
{
    const base::SystemClock clock;
    const auto done = store::makeBackup(origin, backupOrder(line, workingFolder), clock, backupWatch(output, line.json, isStopped));
    if (!done.ok())
        return reportError(output, done.error(), {.json = line.json});
    printBackup(output, line.json, *done);
    return 0;
}

} // namespace fieldfare::app
