// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/passphrase.h"

#include <zxcvbn.h>

namespace fieldfare::storage {

PassphraseStrength passphraseStrength(const QString &passphrase)
{
    if (passphrase.isEmpty())
        return {};
    constexpr double kBitsPerDigit = 3.321928094887362; // log2(10)
    const base::Secret bytes = passphraseBytes(passphrase.left(100) + QChar(u'\0'));
    PassphraseStrength strength;
    strength.bits = ZxcvbnMatch(reinterpret_cast<const char *>(bytes.data()), nullptr, nullptr);
    for (const double digits : {3.0, 6.0, 8.0, 10.0})
        strength.score += strength.bits >= digits * kBitsPerDigit ? 1 : 0;
    return strength;
}

base::Result<void> requireStrongPassphrase(const QString &passphrase)
{
    if (passphraseStrength(passphrase).isSufficient())
        return {};
    return {base::ErrorCode::WeakPassphrase, QString()};
}

base::Secret passphraseBytes(const QString &passphrase)
{
    QByteArray utf8 = passphrase.normalized(QString::NormalizationForm_C).toUtf8();
    base::Secret secret = base::Secret::fromBytes(utf8);
    base::wipe(utf8.data(), size_t(utf8.size()));
    return secret;
}

} // namespace fieldfare::storage
