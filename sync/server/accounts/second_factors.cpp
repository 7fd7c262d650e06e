// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/second_factors.h"

#include "core/base/hash.h"
#include "sync/server/accounts/one_time_code.h"
#include "sync/server/accounts/typed_code.h"

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Id;
using base::Result;

namespace {

Error noFactor()
{
    return {ErrorCode::NotFound, QStringLiteral("the account has no second factor")};
}

/// Empty when it is no six digits.
QByteArray typedDigits(const QString &code)
{
    QByteArray digits;
    for (const QChar letter : code) {
        if (letter.isSpace())
            continue;
        if (letter.digitValue() < 0)
            return {};
        digits += char('0' + letter.digitValue()); // the full width digits of a Chinese keyboard, too
    }
    return digits.size() == kOneTimeDigits ? digits : QByteArray();
}

QByteArray recoveryHash(const Id &user, const QByteArray &letters)
{
    return base::sha256(user.toBytes() + letters);
}

} // namespace

Result<SecondFactorStanding> SecondFactors::standing(const Id &user)
{
    FIELDFARE_ASSIGN(const auto record, m_store.find(user));
    FIELDFARE_ASSIGN(const int left, m_store.recoveryCodesLeft(user));
    return SecondFactorStanding{record.has_value(), record && record->active, left};
}

Result<QByteArray> SecondFactors::begin(const Id &user)
{
    FIELDFARE_ASSIGN(const auto record, m_store.find(user));
    if (record && record->active)
        return {ErrorCode::AlreadyExists, QStringLiteral("the account has a second factor; remove it first")};
    const QByteArray secret = m_random.bytes(kOneTimeSecretBytes);
    FIELDFARE_TRY(m_store.put({user, secret, false, 0, m_clock.wallMs()}));
    return secret;
}

Result<QStringList> SecondFactors::confirm(const Id &user, const QString &code)
{
    FIELDFARE_ASSIGN(auto record, m_store.find(user));
    if (!record)
        return noFactor();
    if (record->active)
        return {ErrorCode::AlreadyExists, QStringLiteral("the second factor is active already")};
    record->active = true;
    FIELDFARE_ASSIGN(const bool isRight, acceptOneTimeCode(*record, code));
    if (!isRight)
        return {ErrorCode::SecondFactorWrong, QStringLiteral("the code is not the app's")};
    return makeRecoveryCodes(user);
}

Result<QStringList> SecondFactors::renewRecoveryCodes(const Id &user)
{
    FIELDFARE_ASSIGN(const auto record, m_store.find(user));
    if (!record || !record->active)
        return noFactor();
    return makeRecoveryCodes(user);
}

Result<QStringList> SecondFactors::makeRecoveryCodes(const Id &user)
{
    QStringList codes;
    std::vector<QByteArray> hashes;
    for (int i = 0; i < kRecoveryCodes; ++i) {
        const QByteArray letters = newTypedCode(m_random);
        codes.append(legibleCode(letters));
        hashes.push_back(recoveryHash(user, letters));
    }
    FIELDFARE_TRY(m_store.putRecoveryCodes(user, hashes));
    return codes;
}

Result<void> SecondFactors::remove(const Id &user)
{
    FIELDFARE_ASSIGN(const auto record, m_store.find(user));
    if (!record)
        return noFactor();
    return m_store.remove(user);
}

/// Notes the step when it is right.
Result<bool> SecondFactors::acceptOneTimeCode(SecondFactorRecord record, const QString &code)
{
    const auto step = acceptedStep(record.secret, typedDigits(code), m_clock.wallMs(), record.lastStep);
    if (!step)
        return false;
    record.lastStep = *step;
    FIELDFARE_TRY(m_store.put(record));
    return true;
}

Result<bool> SecondFactors::accept(const Id &user, const QString &code)
{
    FIELDFARE_ASSIGN(const auto record, m_store.find(user));
    if (!record || !record->active)
        return false;
    if (!typedDigits(code).isEmpty())
        return acceptOneTimeCode(*record, code);
    return m_store.takeRecoveryCode(user, recoveryHash(user, typedLetters(code)));
}

} // namespace fieldfare::server
