// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

/// Where secrets come from: never from the command line.
namespace fieldfare::app {

/// A file for unattended restarts: the first line. PermissionDenied when it lies inside the data folder (whoever has the
/// one would have the other) or when anybody but its owner may read or write it. NotFound, Io.
[[nodiscard]] base::Result<QString> readSecretFile(const QString &path, const QString &dataFolder);

/// The passphrase of the server's data: --secret-file, then FIELDFARE_PASSPHRASE, then the systemd credential
/// `fieldfare-passphrase`, then a prompt (asked twice when `isNew`). InvalidArgument when there is none.
[[nodiscard]] base::Result<QString> readPassphrase(const QString &secretFile, const QString &dataFolder, bool isNew);

/// The password of an account: FIELDFARE_PASSWORD, then a prompt.
[[nodiscard]] base::Result<QString> readPassword(const QString &user);

/// The recovery passphrase of an administrator: this file (empty: none), then FIELDFARE_RECOVERY_PASSPHRASE unless several are
/// asked for, then a prompt (asked twice when `isNew`). As readSecretFile().
[[nodiscard]] base::Result<QString> readRecoveryPassphrase(const QString &administrator, const QString &file, const QString &dataFolder, bool isNew, bool isOneOfSeveral);

/// A line that is no secret, from the terminal. InvalidArgument when there is none.
[[nodiscard]] base::Result<QString> readLine(const QString &prompt);

} // namespace fieldfare::app
