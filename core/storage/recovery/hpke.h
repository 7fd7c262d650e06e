// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/storage/recovery/curve.h"

#include <QByteArray>

#include <optional>

namespace fieldfare::storage {

/// Sealing a few bytes to a public key: single-shot HPKE in its base mode (RFC 9180, section 6.1) with DHKEM(P-256, HKDF-SHA256),
/// HKDF-SHA256 and AES-256-GCM. OpenSSL 3.0 has the parts but not HPKE itself, which came with 3.2. All functions: any thread.
namespace hpke {

/// As RFC 9180, section 7.3 numbers them. Aes128Gcm is there because the RFC's own vectors for this curve use it.
enum class Aead : std::uint16_t { Aes128Gcm = 1, Aes256Gcm = 2 };

inline constexpr qsizetype kTagSize = 16;
inline constexpr qsizetype kOverhead = curve::kPointSize + kTagSize;

/// The sender's ephemeral point (65 bytes), the ciphertext and its tag. InvalidArgument where `recipient` is no point.
[[nodiscard]] base::Result<QByteArray> seal(QByteArrayView recipient, QByteArrayView info, QByteArrayView additional, const base::Secret &plain);
/// The same with an ephemeral private key that the caller has something to prove of. It must be random, and seal nothing else.
[[nodiscard]] base::Result<QByteArray> seal(QByteArrayView recipient, QByteArrayView info, QByteArrayView additional, const base::Secret &plain,
                                            const base::Secret &ephemeral);

/// None: sealed to another key, under another `info` or `additional`, or altered.
[[nodiscard]] std::optional<base::Secret> open(const base::Secret &privateKey, QByteArrayView info, QByteArrayView additional,
                                               QByteArrayView sealed, Aead aead = Aead::Aes256Gcm);

/// The same where several hold the private key together: `shared` is ephemeralOf(sealed) multiplied by it (curve::multiply,
/// curve::add), `recipient` the public key.
[[nodiscard]] std::optional<base::Secret> openShared(const base::Secret &shared, QByteArrayView recipient, QByteArrayView info,
                                                     QByteArrayView additional, QByteArrayView sealed, Aead aead = Aead::Aes256Gcm);
/// `sealed` has kOverhead bytes at least.
[[nodiscard]] inline QByteArrayView ephemeralOf(QByteArrayView sealed)
{
    return sealed.first(curve::kPointSize);
}

} // namespace hpke
} // namespace fieldfare::storage
