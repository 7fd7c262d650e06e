// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/backup_command.h"

#include "app/cli/secret_input.h"
#include "core/storage/passphrase.h"
#include "core/store/backup/profile_backups.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

constexpr int kDaysKept = 92; // three months
constexpr qint64 kDayMs = 86'400'000;

QString momentText(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(Qt::ISODate);
}

/// One run of the command.
class BackupRun {
public:
    BackupRun(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
        : m_line(line), m_output(output), m_isStopped(isStopped), m_profile(QDir::current().absoluteFilePath(line.profile)),
          m_place(QDir::current().absoluteFilePath(line.arguments.words.value(1)))
    {
    }

    Result<void> run();
    [[nodiscard]] bool isWrongUsage() const { return m_isWrongUsage; }

private:
    Result<void> create();
    Result<void> list();
    Result<void> verify();
    Result<void> restore();
    Result<base::Secret> passphrase();
    void tell(const QJsonObject &answer, const QString &sentence);

    const CommandLine &m_line;
    CommandOutput &m_output;
    const std::function<bool()> &m_isStopped;
    const QString m_profile;
    const QString m_place;
    const base::SystemClock m_clock;
    base::SystemRandom m_random;
    bool m_isWrongUsage = false;
};

Result<void> BackupRun::run()
{
    const QString word = m_line.arguments.words.value(0);
    if (word == QLatin1String("create"))
        return create();
    if (word == QLatin1String("list"))
        return list();
    if (word == QLatin1String("verify"))
        return verify();
    if (word == QLatin1String("restore"))
        return restore();
    m_isWrongUsage = true;
    return {ErrorCode::InvalidArgument, QStringLiteral("usage: backup create DIR | list DIR | verify BACKUP | restore BACKUP")};
}

Result<base::Secret> BackupRun::passphrase()
{
    FIELDFARE_ASSIGN(const QString text, readSecret({m_line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
    return storage::passphraseBytes(text);
}

void BackupRun::tell(const QJsonObject &answer, const QString &sentence)
{
    m_output.out(m_line.json ? QJsonDocument(answer).toJson(QJsonDocument::Compact) + '\n' : sentence.toUtf8() + '\n');
}

Result<void> BackupRun::create()
{
    if (!store::ProfilePaths{m_profile}.exists())
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "no profile there; init makes one"), {m_profile}};
    FIELDFARE_ASSIGN(const base::Secret secret, passphrase());
    FIELDFARE_ASSIGN(const store::Profile profile, store::Profile::open(m_profile, secret));
    FIELDFARE_ASSIGN(const auto store, profile.openStore(m_clock, m_random));
    const store::ProfileBackups backups(m_place);
    QElapsedTimer taken;
    taken.start();
    FIELDFARE_ASSIGN(const store::Backup backup, backups.write(profile, *store, m_clock, m_random, m_isStopped));
    const double seconds = double(taken.elapsed()) / 1000;
    FIELDFARE_ASSIGN(const int gone, m_line.arguments.has("keep-all") ? Result<int>(0) : backups.prune(*store, m_clock.wallMs() - kDaysKept * kDayMs));
    tell({{QStringLiteral("backup"), backup.folder}, {QStringLiteral("at"), momentText(backup.at)}, {QStringLiteral("bytes"), backup.bytes},
          {QStringLiteral("seconds"), seconds}, {QStringLiteral("removed"), gone}},
         QStringLiteral("%1: %2 bytes, looked through, in %3 s").arg(backup.folder).arg(backup.bytes).arg(seconds, 0, 'f', 1));
    if (gone > 0)
        writeNote(m_output, m_line.json, QStringLiteral("%1 backups older than %2 days were removed; --keep-all keeps them").arg(gone).arg(kDaysKept));
    return {};
}

Result<void> BackupRun::list()
{
    for (const store::Backup &backup : store::ProfileBackups(m_place).list()) {
        tell({{QStringLiteral("backup"), backup.folder}, {QStringLiteral("at"), momentText(backup.at)}, {QStringLiteral("bytes"), backup.bytes}},
             QStringLiteral("%1  %2 bytes  %3").arg(momentText(backup.at)).arg(backup.bytes).arg(backup.folder));
    }
    return {};
}

Result<void> BackupRun::verify()
{
    FIELDFARE_ASSIGN(const base::Secret secret, passphrase());
    QElapsedTimer taken;
    taken.start();
    FIELDFARE_ASSIGN(const store::BackupDrill drill, store::ProfileBackups::drill(m_place, secret, m_clock, m_random, m_isStopped));
    const double seconds = double(taken.elapsed()) / 1000;
    tell({{QStringLiteral("ok"), drill.isOk()}, {QStringLiteral("at"), momentText(drill.at)}, {QStringLiteral("rows"), drill.found.rows},
          {QStringLiteral("rows_written"), drill.rowsWritten}, {QStringLiteral("damaged_pages"), drill.found.damagedPages.size()},
          {QStringLiteral("checksum"), QString::fromLatin1(drill.found.acknowledged.bytes().toHex())},
          {QStringLiteral("restore_seconds"), double(drill.restoreMs) / 1000}, {QStringLiteral("seconds"), seconds}},
         QStringLiteral("%1: %2 rows of %3, as of %4; restored in %5 s, looked through in %6 s")
             .arg(drill.isOk() ? QStringLiteral("ok") : QStringLiteral("NOT OK"))
             .arg(drill.found.rows)
             .arg(drill.rowsWritten)
             .arg(momentText(drill.at))
             .arg(double(drill.restoreMs) / 1000, 0, 'f', 1)
             .arg(seconds, 0, 'f', 1));
    if (!drill.isOk())
        return {ErrorCode::FileDamaged, QStringLiteral("the backup is not what was written"), {m_place}};
    return {};
}

Result<void> BackupRun::restore()
{
    QElapsedTimer taken;
    taken.start();
    FIELDFARE_TRY(store::ProfileBackups::restore(m_place, m_profile));
    const double seconds = double(taken.elapsed()) / 1000;
    tell({{QStringLiteral("profile"), m_profile}, {QStringLiteral("seconds"), seconds}},
         QStringLiteral("%1 is a profile now, under the passphrase that the backup was made with. Sync before you work: what the server has since comes back.").arg(m_profile));
    return {};
}

} // namespace

int runBackup(const CommandLine &line, CommandOutput &output, const std::function<bool()> &isStopped)
{
    BackupRun run(line, output, isStopped);
    const Result<void> result = run.run();
    return result.ok() ? 0 : reportError(output, result.error(), {.json = line.json, .isWrongUsage = run.isWrongUsage()});
}

} // namespace fieldfare::app
