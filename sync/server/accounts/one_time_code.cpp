// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/one_time_code.h"

#include "core/base/hash.h"

#include <QUrl>
#include <QtEndian>

namespace fieldfare::server {

namespace {

constexpr std::uint32_t kModulus = 1'000'000; ///< 10 to the number of digits.

/// Part of the address: a colon parts issuer and account, so that none may stand in them.
QByteArray uriPart(const QString &text)
{
    return QUrl::toPercentEncoding(QString(text).replace(QLatin1Char(':'), QLatin1Char(' ')).simplified());
}

} // namespace

std::int64_t oneTimeStep(std::int64_t wallMs)
{
    return wallMs / kOneTimeStepMs;
}

QByteArray oneTimeCode(QByteArrayView secret, std::int64_t step)
{
    char counter[8];
    qToBigEndian(qint64(step), counter);
    const QByteArray mac = base::hmacSha1(secret, QByteArrayView(counter, 8));
    // RFC 4226, section 5.3: the last four bits say which 31 bits are taken.
    const qsizetype offset = mac.back() & 0x0F;
    const std::uint32_t bits = qFromBigEndian<quint32>(mac.constData() + offset) & 0x7FFF'FFFFU;
    return QByteArray::number(bits % kModulus).rightJustified(kOneTimeDigits, '0');
}

std::optional<std::int64_t> acceptedStep(QByteArrayView secret, QByteArrayView code, std::int64_t wallMs, std::int64_t lastStep)
{
    const std::int64_t now = oneTimeStep(wallMs);
    std::optional<std::int64_t> accepted;
    for (std::int64_t step = now - kOneTimeWindow; step <= now + kOneTimeWindow; ++step) {
        if (base::equalInConstantTime(oneTimeCode(secret, step), code) && step > lastStep)
            accepted = step;
    }
    return accepted;
}

QByteArray base32(QByteArrayView bytes)
{
    constexpr char kAlphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    QByteArray text;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char byte : bytes) {
        bits = (bits << 8) | std::uint8_t(byte);
        for (count += 8; count >= 5; count -= 5)
            text += kAlphabet[(bits >> (count - 5)) & 31];
    }
    if (count > 0)
        text += kAlphabet[(bits << (5 - count)) & 31];
    return text;
}

QString oneTimeUri(const QString &issuer, const QString &account, QByteArrayView secret)
{
    return QString::fromLatin1("otpauth://totp/" + uriPart(issuer) + ':' + uriPart(account) + "?secret=" + base32(secret) + "&issuer=" + uriPart(issuer)
                               + "&algorithm=SHA1&digits=" + QByteArray::number(kOneTimeDigits) + "&period=" + QByteArray::number(kOneTimeStepMs / 1000));
}

} // namespace fieldfare::server
