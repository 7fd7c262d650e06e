// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/open_profile.h"

#include "app/cli/secret_input.h"
#include "core/storage/passphrase.h"
#include "core/storage/try_limit.h"

#include <QCoreApplication>
#include <QDir>

namespace fieldfare::app {

using base::ErrorCode;
using base::Result;

Result<store::Profile> openProfile(const CommandLine &line, base::Secret *passphrase)
{
    const QString folder = QDir::current().absoluteFilePath(line.profile);
    if (!store::ProfilePaths{folder}.exists())
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "no profile there; init makes one"), {folder}};
    FIELDFARE_ASSIGN(const QString text, readSecret({line.secretFile, "FIELDFARE_PASSPHRASE", QStringLiteral("Passphrase"), false}));
    *passphrase = storage::passphraseBytes(text);
    auto opened = store::Profile::open(folder, *passphrase);
    if (!opened.ok())
        return withTriesLeft(opened.error(), store::ProfilePaths{folder}.keyFile());
    return opened;
}

base::Error withTriesLeft(base::Error error, const QString &keyFile)
{
    if (error.code != ErrorCode::WrongPassphrase)
        return error;
    const base::SystemClock clock;
    const storage::TryLimit limit(keyFile, clock);
    const int left = limit.triesLeft();
    error.detail = left > 0 ? QCoreApplication::translate("Details", "tries left before a wait of %1 min: %2").arg(limit.nextWaitMinutes()).arg(left)
                            : QCoreApplication::translate("Details", "the next try is possible in %1 s").arg(limit.secondsToWait());
    return error;
}

} // namespace fieldfare::app
