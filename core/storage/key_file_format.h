// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace fieldfare::storage {

/// What a key file says, before any passphrase is tried. core/storage/docs/key-file.md is the format's specification.
struct KeyFileContent {
    static constexpr int kMinLogN = 14;
    static constexpr int kMaxLogN = 20;
    static constexpr qsizetype kSize = 156;
    static constexpr qsizetype kAuthenticatedSize = 64;

    int logN = 17;                  ///< scrypt's cost N = 2^logN; r = 8, p = 1
    bool needsDeviceSecret = false; ///< a second secret from the desktop's keychain is mixed in
    QByteArray salt;                ///< 32 bytes
    QByteArray nonce;               ///< 12 bytes
    QByteArray wrappedKey;          ///< 32 bytes
    QByteArray tag;                 ///< 16 bytes

    /// The first kAuthenticatedSize bytes of the file: parameters and salt, which the wrapped key authenticates.
    [[nodiscard]] QByteArray authenticatedHeader() const;
    [[nodiscard]] QByteArray toBytes() const;
    /// Fails with KeyFileDamaged (torn, altered or no key file) or SchemaTooNew (a later version of the format).
    [[nodiscard]] static base::Result<KeyFileContent> parse(QByteArrayView bytes);
};

} // namespace fieldfare::storage
