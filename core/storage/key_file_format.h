// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/key_wrap.h"

#include <QByteArray>
#include <QMap>

namespace fieldfare::storage {

/// What a key file says, before any passphrase is tried. core/storage/docs/key-file.md is the format's specification.
struct KeyFileContent {
    static constexpr int kMinLogN = 14;
    static constexpr int kMaxLogN = 20;
    static constexpr qsizetype kSize = 156; ///< of version 1; a later one has more behind the wrapped key
    static constexpr qsizetype kAuthenticatedSize = 64;
    static constexpr qsizetype kMaxSize = 16 * 1024;

    /// What stands behind the wrapped key in version 2; each is authentic by itself. Types that are not known are kept.
    enum Record : quint32 {
        FormerKey = 1, ///< boundary (4), the former data key wrapped under the new one
        Keychain = 2,  ///< the data key wrapped under a secret of the desktop's keychain
        Recovery = 3,  ///< the data key sealed to the company's recovery key
    };

    int logN = 17;                  ///< scrypt's cost N = 2^logN; r = 8, p = 1
    bool needsDeviceSecret = false; ///< a second secret from the desktop's keychain is mixed in
    QByteArray salt;                ///< 32 bytes
    WrappedKey key;                 ///< the data key under the passphrase
    QByteArray keyId;               ///< DataKey::id() of the data key; empty in version 1
    QMap<quint32, QByteArray> records;

    /// The first kAuthenticatedSize bytes of version 1: parameters and salt, which the wrapped key authenticates. The same in
    /// version 2, so that a file gets records without its passphrase.
    [[nodiscard]] QByteArray authenticatedHeader() const;
    /// Version 1 unless there is a key id or a record.
    [[nodiscard]] QByteArray toBytes() const;
    /// What a copy of the file has, previous or in a backup: no copy opens by the keychain, as nobody could take the record out of it again.
    [[nodiscard]] KeyFileContent copy() const;
    /// Fails with KeyFileDamaged (torn, altered or no key file) or SchemaTooNew (a later version of the format).
    [[nodiscard]] static base::Result<KeyFileContent> parse(QByteArrayView bytes);
};

} // namespace fieldfare::storage
