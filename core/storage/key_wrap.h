// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QByteArray>

#include <optional>

namespace fieldfare::storage {

/// A key that is encrypted under another one: AES-256-GCM with a random nonce (core/storage/docs/key-file.md).
struct WrappedKey {
    QByteArray nonce; ///< 12 bytes
    QByteArray body;  ///< 32 bytes
    QByteArray tag;   ///< 16 bytes

    static constexpr qsizetype kSize = 60;
    [[nodiscard]] QByteArray toBytes() const { return nonce + body + tag; }
    /// `bytes` must have kSize bytes.
    [[nodiscard]] static WrappedKey fromBytes(QByteArrayView bytes);
};

/// All functions: any thread.
namespace key_wrap {

/// scrypt (RFC 7914) with N = 2^logN, r = 8, p = 1: 32 bytes; takes 2^logN KiB and, with 17, about 0.4 s. Fails with Internal, for want of memory.
[[nodiscard]] base::Result<base::Secret> stretch(const base::Secret &passphrase, QByteArrayView salt, int logN);
/// HKDF-SHA-256 (RFC 5869), both steps; an empty salt is none.
[[nodiscard]] base::Secret derive(const base::Secret &key, QByteArrayView salt, QByteArrayView info, size_t size);
/// The first step alone: 32 bytes; an empty salt is 32 zeros, as section 2.2 has it.
[[nodiscard]] base::Secret extract(const base::Secret &input, QByteArrayView salt);
/// The second step alone, from what extract() made.
[[nodiscard]] base::Secret expand(const base::Secret &extracted, QByteArrayView info, size_t size);
/// `key` and `under` have 32 bytes. Fails with Internal.
[[nodiscard]] base::Result<WrappedKey> wrap(const base::Secret &key, const base::Secret &under, QByteArrayView additional);
/// None: `under` or `additional` is not what it was wrapped with, or it was altered.
[[nodiscard]] std::optional<base::Secret> unwrap(const WrappedKey &wrapped, const base::Secret &under, QByteArrayView additional);

} // namespace key_wrap
} // namespace fieldfare::storage
