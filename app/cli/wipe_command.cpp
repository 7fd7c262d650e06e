// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/wipe_command.h"

#include "app/composition/keychain_unlock.h"
#include "core/storage/key_file.h"
#include "core/storage/profile_lock.h"
#include "core/storage/recovery/device_recovery.h"
#include "core/store/backup/bringing_back.h"
#include "core/store/backup/profile_backups.h"
#include "core/store/profile.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

struct Wiped {
    int files = 0;
    QString keychain; ///< forgettingWord()
    QStringList backups = {}; ///< Folders that lie in that of the profile.
};

/// The keychain's part first, as its name stands in the key file; then the key: nobody can read what a cut leaves behind.
Result<Wiped> wipe(const QString &folder, SecretStore &keychain)
{
    const store::ProfilePaths paths{folder};
    if (!paths.exists())
        return {ErrorCode::NotFound, QStringLiteral("no profile there"), {folder}};
    FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(folder));
    const QString item = KeychainUnlock(paths.keyFile(), keychain).item();
    // A disk may keep what is overwritten: its other half goes as well.
    Wiped wiped{0, forgettingWord(forgetNow(keychain, item))};
    FIELDFARE_TRY(storage::KeyFile(paths.keyFile()).erase());
    FIELDFARE_TRY(storage::DeviceRecovery(folder, storage::KeyFile(paths.keyFile())).discard());
    FIELDFARE_TRY(store::discardBringingBackLeftovers(folder)); // has a key of its own
    QDir files(folder);
    // The database, what SQLite keeps beside it, and what joining a server keeps (store::JoiningFiles); nothing else is ours.
    const QStringList own{QStringLiteral("fieldfare.db*"), QStringLiteral("fieldfare.key*"), QStringLiteral("joining.db*"), QStringLiteral("joined.db*"), QStringLiteral("before-attach*")};
    for (const QString &name : files.entryList(own, QDir::Files)) {
        if (!files.remove(name))
            return {ErrorCode::Io, QStringLiteral("it is unreadable now, but a file cannot be removed"), {files.filePath(name)}};
        ++wiped.files;
    }
    // Those are kept on purpose, and are under a passphrase of their own.
    for (const QFileInfo &inside : files.entryInfoList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (storage::BackupFolder::at(inside.filePath()).ok() || !store::ProfileBackups(inside.filePath()).list().isEmpty())
            wiped.backups.append(inside.filePath());
    }
    return wiped;
}

} // namespace

int runWipe(const CommandLine &line, CommandOutput &output, SecretStore &keychain)
{
    if (!line.arguments.has("yes"))
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("wipe needs --yes: nobody can bring back what was not synced or backed up")},
                           {.json = line.json, .isWrongUsage = true});
    const QString folder = QDir::current().absoluteFilePath(line.profile);
    const Result<Wiped> wiped = wipe(folder, keychain);
    if (!wiped.ok())
        return reportError(output, wiped.error(), {.json = line.json});
    if (line.json)
        output.out(QJsonDocument(QJsonObject{{QStringLiteral("wiped"), folder}, {QStringLiteral("files"), wiped->files}, {QStringLiteral("backups"), QJsonArray::fromStringList(wiped->backups)}, {QStringLiteral("keychain"), wiped->keychain}}).toJson(QJsonDocument::Compact) + '\n');
    else
        output.out(QStringLiteral("%1 is wiped: its key was overwritten and removed, and %2 files. Backups open with their passphrase as before.\n").arg(folder).arg(wiped->files).toUtf8());
    for (const QString &backup : wiped->backups)
        output.err(QStringLiteral("Backups lie in it and were left: %1\n").arg(backup).toUtf8());
    if (wiped->keychain == QLatin1String("left"))
        output.err("The keychain could not be asked to forget its part. It opens nothing any more.\n");
    return 0;
}

} // namespace fieldfare::app
