// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"

#include <QString>

namespace fieldfare::storage {

/// How hard a passphrase is to guess, by zxcvbn (Wheeler, USENIX Security 2016).
struct PassphraseStrength {
    static constexpr int kRequiredScore = 3;

    int score = 0;   ///< 0: guessed by anyone, 4: very hard. Thresholds 10^3, 10^6, 10^8, 10^10 guesses.
    double bits = 0; ///< log2 of the guesses
    [[nodiscard]] bool isSufficient() const { return score >= kRequiredScore; }
};

/// Looks at the first 100 characters, which takes some milliseconds. Thread safe.
[[nodiscard]] PassphraseStrength passphraseStrength(const QString &passphrase);

/// Fails with WeakPassphrase below PassphraseStrength::kRequiredScore. For passphrases that
/// protect a device; secrets from a file are not asked.
[[nodiscard]] base::Result<void> requireStrongPassphrase(const QString &passphrase);

/// The bytes that key derivation sees: UTF-8 of normalisation form C, so that the same typing gives the same key
/// on every keyboard. Wipe or drop the text afterwards as far as the toolkit lets you.
[[nodiscard]] base::Secret passphraseBytes(const QString &passphrase);

} // namespace fieldfare::storage
