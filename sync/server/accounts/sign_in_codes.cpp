// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/sign_in_codes.h"

#include "core/base/hash.h"
#include "sync/server/accounts/typed_code.h"

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;

namespace {

constexpr std::int64_t kDayMs = 86'400'000;

QByteArray codeHash(const Id &user, const QByteArray &letters)
{
    return base::sha256(QByteArrayLiteral("sign-in") + user.toBytes() + letters);
}

} // namespace

Result<QString> SignInCodes::begin(const Id &user, int days)
{
    if (days < 1 || days > kMostDays)
        return {ErrorCode::InvalidArgument, QStringLiteral("a sign-in code works for 1 to %1 days").arg(kMostDays)};
    const QByteArray letters = newTypedCode(m_random);
    FIELDFARE_TRY(m_store.put({user, codeHash(user, letters), m_clock.wallMs() + days * kDayMs}));
    return legibleCode(letters);
}

Result<bool> SignInCodes::isRight(const Id &user, const QString &typed)
{
    FIELDFARE_ASSIGN(const auto record, m_store.find(user));
    if (!record)
        return false;
    const bool isSame = base::equalInConstantTime(codeHash(user, typedLetters(typed)), record->hash);
    return isSame && m_clock.wallMs() < record->expiresAt;
}

} // namespace fieldfare::server
