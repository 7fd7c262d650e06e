// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/result.h"
#include "core/base/secret.h"

namespace fieldfare::storage {

/// The 32 random bytes that everything in one encrypted file is protected with. It never stands on disk in the clear: a
/// KeyFile holds it wrapped. Immutable and shared (`std::shared_ptr<const DataKey>`) by all connections to the file;
/// reading it is safe from any thread.
class DataKey {
public:
    static constexpr size_t kSize = 32;

    /// A new key. `random` must be fit for keys (base::SystemRandom) outside of tests.
    [[nodiscard]] static DataKey generate(base::RandomSource &random);
    /// Fails with InvalidArgument unless `secret` has kSize bytes.
    [[nodiscard]] static base::Result<DataKey> fromSecret(base::Secret secret);

    [[nodiscard]] const base::Secret &secret() const { return m_secret; }

private:
    explicit DataKey(base::Secret secret) : m_secret(std::move(secret)) {}

    base::Secret m_secret;
};

} // namespace fieldfare::storage
