// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QSslConfiguration>
#include <QString>

namespace fieldfare::server {

/// What the listener speaks: TLS 1.3, and 1.2 with authenticated (AEAD) ciphers and forward secrecy only; no client
/// certificates. The certificate file holds the leaf and then its chain. PermissionDenied when others may read the key;
/// FileDamaged when a file holds nothing usable or the key is not the leaf's.
[[nodiscard]] base::Result<QSslConfiguration> serverTlsConfiguration(const QString &certificatePath,
                                                                     const QString &keyPath);

} // namespace fieldfare::server
