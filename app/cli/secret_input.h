// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

namespace fieldfare::app {

/// Where a secret may come from; looked at in this order.
struct SecretSources {
    QString file;                      ///< Its first line; empty: none.
    const char *variable = nullptr;    ///< Of the environment; removed from it once read.
    QString prompt;                    ///< Asked on the terminal, without echo.
    bool isAskedTwice = false;         ///< For new secrets.
};

/// Fails with InvalidArgument when nothing gives it, and with Io for a file that cannot be read. `fromFile` may be null.
base::Result<QString> readSecret(const SecretSources &sources, bool *fromFile = nullptr);

/// A passphrase to be set, as key derivation sees it. WeakPassphrase; one from a file is not asked for its strength. As readSecret().
base::Result<base::Secret> readNewPassphrase(const SecretSources &sources);

} // namespace fieldfare::app
