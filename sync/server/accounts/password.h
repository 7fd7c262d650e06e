// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/base/secret.h"
#include "sync/server/storage/account_store.h"

namespace fieldfare::server {

/// How dear one guess is: scrypt (RFC 7914) takes 128 * r * n bytes of memory, here 64 MiB and some 0.2 s.
struct PasswordCost {
    std::uint64_t n = 1U << 16;
    std::uint32_t r = 8;
    std::uint32_t p = 1;
};

inline constexpr qsizetype kMinPasswordLength = 8;
inline constexpr qsizetype kMaxPasswordLength = 1024;

/// Whether an account may get this password. InvalidArgument outside of the two bounds, in characters; WeakPassphrase for one that is as
/// easy to guess as a device's passphrase must not be (storage::PassphraseStrength), the user's name in it counting for nothing.
[[nodiscard]] base::Result<void> checkPassword(const QString &password, const QString &userName);

/// Normalised (NFC) UTF-8: the same password typed on two systems gives the same bytes.
[[nodiscard]] base::Secret passwordBytes(const QString &password);

/// With a new salt. Slow on purpose; any thread.
[[nodiscard]] base::Result<PasswordHash> hashPassword(const base::Secret &password, const PasswordCost &cost,
                                                      base::RandomSource &random);
/// Slow on purpose; any thread. The comparison takes the same time for every wrong one.
[[nodiscard]] base::Result<bool> isPassword(const base::Secret &password, const PasswordHash &hash);

} // namespace fieldfare::server
