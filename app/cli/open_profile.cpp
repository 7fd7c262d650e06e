// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/open_profile.h"

#include "app/cli/secret_input.h"
#include "core/storage/passphrase.h"

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
    return store::Profile::open(folder, *passphrase);
}

} // namespace fieldfare::app
