// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/wipe_command.h"

#include "core/storage/key_file.h"
#include "core/storage/profile_lock.h"
#include "core/store/profile.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

namespace {

/// The key first: from then on nobody can read what a cut leaves behind.
Result<int> wipe(const QString &folder)
{
    const store::ProfilePaths paths{folder};
    if (!paths.exists())
        return {ErrorCode::NotFound, QStringLiteral("no profile there"), {folder}};
    FIELDFARE_ASSIGN(const auto lock, storage::ProfileLock::acquire(folder));
    FIELDFARE_TRY(storage::KeyFile(paths.keyFile()).erase());
    int removed = 0;
    QDir files(folder);
    // The database, what SQLite keeps beside it, and what joining a server keeps (store::JoiningFiles); nothing else is ours.
    const QStringList own{QStringLiteral("fieldfare.db*"), QStringLiteral("joining.db*"), QStringLiteral("joined.db*"), QStringLiteral("before-attach*")};
    for (const QString &name : files.entryList(own, QDir::Files)) {
        if (!files.remove(name))
            return {ErrorCode::Io, QStringLiteral("it is unreadable now, but a file cannot be removed"), {files.filePath(name)}};
        ++removed;
    }
    return removed;
}

} // namespace

int runWipe(const CommandLine &line, CommandOutput &output)
{
    if (!line.arguments.has("yes"))
        return reportError(output, {ErrorCode::InvalidArgument, QStringLiteral("wipe needs --yes: nobody can bring back what was not synced or backed up")},
                           {.json = line.json, .isWrongUsage = true});
    const QString folder = QDir::current().absoluteFilePath(line.profile);
    const Result<int> removed = wipe(folder);
    if (!removed.ok())
        return reportError(output, removed.error(), {.json = line.json});
    if (line.json)
        output.out(QJsonDocument(QJsonObject{{QStringLiteral("wiped"), folder}, {QStringLiteral("files"), *removed}}).toJson(QJsonDocument::Compact) + '\n');
    else
        output.out(QStringLiteral("%1 is wiped: its key was overwritten and removed, and %2 files. Backups elsewhere open with their passphrase as before.\n").arg(folder).arg(*removed).toUtf8());
    return 0;
}

} // namespace fieldfare::app
