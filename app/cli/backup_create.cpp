// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/backup_create.h"

#include "app/cli/bring_back_list.h"

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

bool isBringingBack(const CommandLine &line)
{
    return line.command->kind == CommandKind::Backup && line.arguments.words.value(0) == QLatin1String("records") && line.arguments.words.size() > 2;
}

bool isBackupOfOpenProfile(const CommandLine &line)
{
    const bool isCreate = line.command->kind == CommandKind::Backup && line.arguments.words.value(0) == QLatin1String("create") && line.arguments.words.size() == 2;
    return isCreate || isBringingBack(line);
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

store::BringBackOrder bringBackOrder(const CommandLine &line, const QString &workingFolder)
{
    const QStringList &words = line.arguments.words;
    return {QDir(workingFolder).absoluteFilePath(words.value(1)), words.value(2), words.mid(3)};
}

int bringBack(const CommandLine &line, CommandOutput &output, store::Store &store, const base::Result<store::BringBackPlan> &plan)
{
    if (!plan.ok())
        return reportError(output, plan.error(), {.json = line.json, .occasion = base::Occasion::UsingBackup});
    if (plan->unread)
        return reportError(output, *plan->unread, {.json = line.json});
    const bool isDry = line.arguments.has("dry-run");
    const QString at = QDateTime::fromMSecsSinceEpoch(plan->at, Qt::UTC).toString(Qt::ISODate);
    if (!isDry && !plan->changes.changes.empty()) {
        store::ChangeSet changes = plan->changes;
        changes.label = QStringLiteral("Bring back %1 as of %2").arg(line.arguments.words.value(2), at);
        const auto report = store.commit(std::move(changes));
        if (!report.ok())
            return reportError(output, report.error(), {.json = line.json});
    }
    const base::Result<BringBackList> list = isDry ? bringBackList(store, *plan) : BringBackList();
    if (!list.ok())
        return reportError(output, list.error(), {.json = line.json});
    QJsonObject answer{{QStringLiteral("at"), at},
                       {QStringLiteral("looked"), plan->looked},
                       {QStringLiteral("from_trash"), plan->fromTrash},
                       {QStringLiteral("lost"), plan->lost},
                       {QStringLiteral("edited"), plan->edited},
                       {QStringLiteral("fields"), plan->fields},
                       {QStringLiteral("gone"), plan->gone},
                       {QStringLiteral("dry_run"), isDry}};
    if (isDry) {
        answer.insert(QStringLiteral("records"), list->records);
        answer.insert(QStringLiteral("more"), list->more);
    }
    const QString sentence = QStringLiteral("%1 records of %2: %3 from the trash, %4 that were lost, %5 with other values (%6 fields), %7 not there any more%8")
                                 .arg(plan->looked)
                                 .arg(at)
                                 .arg(plan->fromTrash)
                                 .arg(plan->lost)
                                 .arg(plan->edited)
                                 .arg(plan->fields)
                                 .arg(plan->gone)
                                 .arg(isDry ? QStringLiteral("; nothing was changed") : QStringLiteral("; undo takes it back"));
    output.out((line.json ? QJsonDocument(answer).toJson(QJsonDocument::Compact) : (list->text() + sentence).toUtf8()) + '\n');
    return 0;
}

int runBackupOfOpenProfile(const CommandLine &line, CommandOutput &output, const QString &workingFolder, const store::BackupOrigin &origin, store::Store &store,
                           const std::function<bool()> &isStopped)
{
    const base::SystemClock clock;
    const storage::BackupWatch watch = backupWatch(output, line.json, isStopped);
    if (isBringingBack(line))
        return bringBack(line, output, store, store::planBringingBack(origin, store.catalog(), bringBackOrder(line, workingFolder), clock, watch));
    const auto done = store::makeBackup(origin, backupOrder(line, workingFolder), clock, watch);
    if (!done.ok())
        return reportError(output, done.error(), {.json = line.json, .occasion = base::Occasion::BackingUp});
    printBackup(output, line.json, *done);
    return 0;
}

} // namespace fieldfare::app
