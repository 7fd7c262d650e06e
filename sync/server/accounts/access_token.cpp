// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/access_token.h"

#include "core/base/hash.h"

#include <QtEndian>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;

namespace {

constexpr char kFormat = 1;
constexpr qsizetype kClaimBytes = 1 + 2 * Id::kSize + 8;
constexpr qsizetype kTokenBytes = kClaimBytes + 32;
constexpr auto kEncoding = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;

} // namespace

TokenSigner::Issued TokenSigner::issue(const Id &device, const Id &user) const
{
    const std::int64_t expiresAt = m_clock.wallMs() + kLifetimeMs;
    QByteArray claims(1, kFormat);
    claims += device.toBytes() + user.toBytes();
    char number[8];
    qToBigEndian(qint64(expiresAt), number);
    claims.append(number, 8);
    return {QString::fromLatin1((claims + base::hmacSha256(m_key, claims)).toBase64(kEncoding)), expiresAt};
}

base::Result<Session> TokenSigner::check(QByteArrayView token) const
{
    const auto decoded = QByteArray::fromBase64Encoding(token.toByteArray(), kEncoding | QByteArray::AbortOnBase64DecodingErrors);
    const QByteArray &bytes = *decoded;
    if (!decoded || bytes.size() != kTokenBytes || bytes.at(0) != kFormat)
        return {ErrorCode::SignInFailed, QStringLiteral("malformed access token")};
    const QByteArray claims = bytes.left(kClaimBytes);
    if (!base::equalInConstantTime(base::hmacSha256(m_key, claims), QByteArrayView(bytes).sliced(kClaimBytes)))
        return {ErrorCode::SignInFailed, QStringLiteral("access token of another server")};
    Session session;
    session.device = Id::fromBytes(claims.mid(1, Id::kSize));
    session.user = Id::fromBytes(claims.mid(1 + Id::kSize, Id::kSize));
    session.expiresAt = qFromBigEndian<qint64>(claims.constData() + 1 + 2 * Id::kSize);
    if (session.expiresAt <= m_clock.wallMs())
        return {ErrorCode::SignInFailed, QStringLiteral("access token is over")};
    return session;
}

} // namespace fieldfare::server
