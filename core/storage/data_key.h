// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secret.h"

#include <cstdint>

namespace fieldfare::storage {

/// The 32 random bytes that everything in one encrypted file is protected with. It never stands on disk in the clear: a
/// KeyFile holds it wrapped. Immutable and shared (`std::shared_ptr<const DataKey>`) by all connections to the file;
/// reading it is safe from any thread.
///
/// While the key of a file is being replaced (KeyRotation) there are two: pages of an epoch below boundary() were written
/// under former(), all others under secret().
class DataKey {
public:
    static constexpr size_t kSize = 32;
    static constexpr qsizetype kIdSize = 8;

    /// A new key. `random` must be fit for keys (base::SystemRandom) outside of tests.
    [[nodiscard]] static DataKey generate(base::RandomSource &random);
    /// Fails with InvalidArgument unless `secret` has kSize bytes.
    [[nodiscard]] static base::Result<DataKey> fromSecret(base::Secret secret);
    /// A key that is taking the place of `former`. Fails with InvalidArgument on sizes and a boundary of 0.
    [[nodiscard]] static base::Result<DataKey> replacing(base::Secret secret, base::Secret former, std::uint32_t boundary);

    [[nodiscard]] const base::Secret &secret() const { return m_secret; }
    [[nodiscard]] bool hasFormer() const { return m_boundary != 0; }
    [[nodiscard]] const base::Secret &former() const { return m_former; }
    /// The first epoch of secret(); 0 without a former key.
    [[nodiscard]] std::uint32_t boundary() const { return m_boundary; }
    [[nodiscard]] const base::Secret &secretOfEpoch(std::uint32_t epoch) const { return epoch < m_boundary ? m_former : m_secret; }
    /// The same without its former key.
    [[nodiscard]] DataKey withoutFormer() const { return DataKey(m_secret.clone()); }
    /// Tells keys apart and nothing about them: the first bytes of HKDF-SHA-256 of secret().
    [[nodiscard]] QByteArray id() const;

private:
    explicit DataKey(base::Secret secret) : m_secret(std::move(secret)) {}

    base::Secret m_secret;
    base::Secret m_former;
    std::uint32_t m_boundary = 0;
};

} // namespace fieldfare::storage
