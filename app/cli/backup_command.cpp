// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/backup_command.h"

#include "app/cli/backup_create.h"
#include "app/cli/secret_input.h"
#include "core/storage/backup/backup_moment.h"
#include "core/storage/passphrase.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;
using store::ProfileBackups;

namespace {

QString momentText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

void tell(CommandOutput &output, bool json, const QJsonObject &answer, const QString &sentence)
{
    output.out(json ? QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n' : sentence.toUtf8() + '\n');
}

/// One run of the parts that need no open profile.
class BackupRun {
public:
    BackupRun(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
        : m_line(line), m_output(output), m_watch(backupWatch(output, line.json, isStopped)), m_profile(QDir::current().absoluteFilePath(line.profile)),
          m_place(QDir::current().absoluteFilePath(line.arguments.words.value(1)))
    {
    }

    Result<void> run();
    [[nodiscard]] bool isWrongUsage() const { return m_isWrongUsage; }

private:
    Result<void> list();
    Result<void> verify();
    Result<void> restore();
    Result<QString> chosenBackup();
    Result<base::Secret> passphrase();
    void say(const QJsonObject &answer, const QString &sentence) { tell(m_output, m_line.json, answer, sentence); }

    const CommandLine &m_line;
    CommandOutput &m_output;
    const storage::BackupWatch m_watch;
    const QString m_profile;
    const QString m_place;
    const base::SystemClock m_clock;
    base::SystemRandom m_random;
    bool m_isWrongUsage = false;
};

Result<void> BackupRun::run()
{
    const QString word = m_line.arguments.words.value(0);
    const bool isTwoWords = m_line.arguments.words.size() == 2;
    if (isTwoWords && word == QLatin1String("list"))
        return list();
    if (isTwoWords && word == QLatin1String("verify"))
        return verify();
    if (isTwoWords && word == QLatin1String("restore"))
        return restore();
    m_isWrongUsage = true;
    return {ErrorCode::InvalidArgument, QStringLiteral("usage: backup create DIR | list DIR | verify BACKUP | restore BACKUP|DIR | records BACKUP ENTITY [ID...]")};
}

Result<base::Secret> BackupRun::passphrase()
{
    FIELDFARE_ASSIGN(const QString text, readSecret({m_line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
    return storage::passphraseBytes(text);
}

/// The backup that was named, or the newest one of the folder that was, up to --at.
Result<QString> BackupRun::chosenBackup()
{
    const bool hasTime = m_line.arguments.has("at");
    if (!hasTime && storage::BackupFolder::at(m_place).ok())
        return m_place;
    const std::optional<qint64> until = hasTime ? storage::backupMoment(m_line.arguments.value("at")) : m_clock.wallMs();
    if (!until) {
        m_isWrongUsage = true;
        return base::Error{ErrorCode::InvalidArgument, QStringLiteral("--at wants a time such as 2026-11-20T18:00, not %1").arg(m_line.arguments.value("at"))};
    }
    const ProfileBackups backups(m_place);
    if (backups.list().isEmpty())
        return m_place; // says itself that there is none
    FIELDFARE_ASSIGN(const storage::StoredBackup newest, backups.newestUntil(*until));
    return newest.folder;
}

Result<void> BackupRun::list()
{
    if (!QDir(m_place).exists())
        return {ErrorCode::NotFound, QStringLiteral("no such folder"), {m_place}};
    for (const storage::StoredBackup &backup : ProfileBackups(m_place).list()) {
        const auto chain = storage::BackupFolder::chainOf(backup.folder);
        say({{QStringLiteral("backup"), backup.folder}, {QStringLiteral("at"), momentText(backup.manifest.at)}, {QStringLiteral("kind"), kindOf(backup)},
             {QStringLiteral("bytes"), backup.bytes}, {QStringLiteral("complete"), chain.ok()}},
            QStringLiteral("%1  %2  %3 bytes  %4%5").arg(momentText(backup.manifest.at), kindOf(backup)).arg(backup.bytes).arg(backup.folder, chain.ok() ? QString() : QStringLiteral("  (what it stands on is missing)")));
    }
    return {};
}

Result<void> BackupRun::verify()
{
    FIELDFARE_ASSIGN(const QString backup, chosenBackup());
    FIELDFARE_TRY(storage::BackupFolder::at(backup));
    FIELDFARE_ASSIGN(const base::Secret secret, passphrase());
    FIELDFARE_ASSIGN(const store::BackupDrill drill, ProfileBackups::drill(backup, secret, m_clock, m_random, m_watch));
    const double restoreSeconds = double(drill.restoreMs) / 1000;
    const double seconds = double(drill.restoreMs + drill.checkMs) / 1000;
    say({{QStringLiteral("ok"), drill.isOk()}, {QStringLiteral("backup"), backup}, {QStringLiteral("at"), momentText(drill.manifest.at)}, {QStringLiteral("links"), drill.links},
         {QStringLiteral("rows"), drill.found.rows}, {QStringLiteral("rows_written"), drill.rowsWritten}, {QStringLiteral("pages"), qint64(drill.manifest.pages)},
         {QStringLiteral("pages_hash"), QString::fromLatin1(drill.manifest.pagesHash.toHex())}, {QStringLiteral("damaged_pages"), drill.found.damagedPages.size()},
         {QStringLiteral("checksum"), QString::fromLatin1(drill.found.acknowledged.bytes().toHex())}, {QStringLiteral("restore_seconds"), restoreSeconds},
         {QStringLiteral("seconds"), seconds}},
        QStringLiteral("%1: %2 rows of %3, as of %4; restored in %5 s, looked through in %6 s")
            .arg(drill.isOk() ? QStringLiteral("ok") : QStringLiteral("NOT OK"))
            .arg(drill.found.rows)
            .arg(drill.rowsWritten)
            .arg(momentText(drill.manifest.at))
            .arg(restoreSeconds, 0, 'f', 1)
            .arg(seconds, 0, 'f', 1));
    if (!drill.isOk())
        return {ErrorCode::FileDamaged, QStringLiteral("the backup is not what was written"), {backup}};
    return {};
}

Result<void> BackupRun::restore()
{
    if (store::ProfilePaths{m_profile}.exists())
        return {ErrorCode::AlreadyExists, QStringLiteral("the folder holds a profile already"), {m_profile}};
    FIELDFARE_ASSIGN(const QString backup, chosenBackup());
    FIELDFARE_ASSIGN(const storage::StoredBackup found, storage::BackupFolder::at(backup));
    FIELDFARE_ASSIGN(const base::Secret secret, passphrase());
    QElapsedTimer taken;
    taken.start();
    FIELDFARE_TRY(ProfileBackups::restore(backup, secret, m_profile, m_watch));
    const double seconds = double(taken.elapsed()) / 1000;
    say({{QStringLiteral("profile"), m_profile}, {QStringLiteral("backup"), backup}, {QStringLiteral("at"), momentText(found.manifest.at)}, {QStringLiteral("seconds"), seconds}},
        QStringLiteral("%1 is the profile as it was at %2 (%3 s); its passphrase is the one of that time").arg(m_profile, momentText(found.manifest.at)).arg(seconds, 0, 'f', 1));
    return {};
}

} // namespace

int runBackup(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
{
    BackupRun run(line, output, isStopped);
    const Result<void> done = run.run();
    return done.ok() ? 0 : reportError(output, done.error(), {.json = line.json, .isWrongUsage = run.isWrongUsage(), .occasion = base::Occasion::UsingBackup});
}

} // namespace fieldfare::app
