// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/password.h"

#include "core/base/hash.h"
#include "core/storage/passphrase.h"

#include <openssl/evp.h>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qsizetype kShortestTellingName = 3;
constexpr qsizetype kSaltBytes = 16;
constexpr size_t kHashBytes = 32;

Result<base::Secret> derive(const base::Secret &password, const PasswordHash &hash)
{
    const std::uint64_t memory = 128 * std::uint64_t(hash.r) * (hash.n + hash.p) + (1U << 20);
    base::Secret derived(kHashBytes);
    const int ok = EVP_PBE_scrypt(reinterpret_cast<const char *>(password.data()), password.size(),
                                  reinterpret_cast<const unsigned char *>(hash.salt.constData()), size_t(hash.salt.size()),
                                  hash.n, hash.r, hash.p, memory, derived.data(), derived.size());
    if (ok != 1)
        return {ErrorCode::Internal, QStringLiteral("scrypt failed")};
    return derived;
}

} // namespace

Result<void> checkPassword(const QString &password, const QString &userName)
{
    if (password.size() < kMinPasswordLength || password.size() > kMaxPasswordLength) {
        return {ErrorCode::InvalidArgument,
                QStringLiteral("a password needs %1 to %2 characters").arg(kMinPasswordLength).arg(kMaxPasswordLength)};
    }
    // Who guesses knows the name; one of one or two letters says nothing of what it stands in.
    const QString name = userName.simplified();
    const QString rest = name.size() < kShortestTellingName ? password : QString(password).remove(name, Qt::CaseInsensitive);
    if (!storage::passphraseStrength(rest).isSufficient())
        return {ErrorCode::WeakPassphrase, QStringLiteral("the account's password")};
    return {};
}

base::Secret passwordBytes(const QString &password)
{
    QByteArray utf8 = password.normalized(QString::NormalizationForm_C).toUtf8();
    base::Secret secret = base::Secret::fromBytes(utf8);
    base::wipe(utf8.data(), size_t(utf8.size()));
    return secret;
}

Result<PasswordHash> hashPassword(const base::Secret &password, const PasswordCost &cost, base::RandomSource &random)
{
    PasswordHash hash{random.bytes(kSaltBytes), {}, cost.n, cost.r, cost.p};
    FIELDFARE_ASSIGN(const base::Secret derived, derive(password, hash));
    hash.hash = derived.view().toByteArray();
    return hash;
}

Result<bool> isPassword(const base::Secret &password, const PasswordHash &hash)
{
    FIELDFARE_ASSIGN(const base::Secret derived, derive(password, hash));
    return base::equalInConstantTime(derived.view(), hash.hash);
}

} // namespace fieldfare::server
