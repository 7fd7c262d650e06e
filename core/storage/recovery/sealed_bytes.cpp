// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/recovery/sealed_bytes.h"

#include "core/base/hash.h"

#include <QtEndian>

namespace fieldfare::storage {

namespace {

QString onlyDigits(const QString &text)
{
    QString digits;
    for (const QChar &character : text) {
        if (!character.isSpace() && character != QLatin1Char('-'))
            digits += character.toUpper();
    }
    return digits;
}

} // namespace

void sealed_bytes::append32(QByteArray &bytes, std::uint32_t value)
{
    char encoded[4];
    qToBigEndian(value, encoded);
    bytes.append(encoded, 4);
}

void sealed_bytes::append64(QByteArray &bytes, std::int64_t value)
{
    char encoded[8];
    qToBigEndian(value, encoded);
    bytes.append(encoded, 8);
}

std::uint32_t sealed_bytes::read32(QByteArrayView bytes, qsizetype offset)
{
    return qFromBigEndian<std::uint32_t>(bytes.data() + offset);
}

std::int64_t sealed_bytes::read64(QByteArrayView bytes, qsizetype offset)
{
    return qFromBigEndian<std::int64_t>(bytes.data() + offset);
}

QByteArray sealed_bytes::withChecksum(const QByteArray &bytes)
{
    return bytes + base::sha256(bytes);
}

bool sealed_bytes::isWhole(QByteArrayView bytes, qsizetype size, QByteArrayView magic)
{
    return bytes.size() == size && bytes.first(magic.size()) == magic && bytes.last(kChecksumSize) == base::sha256(bytes.chopped(kChecksumSize));
}

QString sealed_bytes::fingerprint(QByteArrayView purpose, QByteArrayView bytes)
{
    const QByteArray digits = base::sha256(purpose.toByteArray() + '\0' + bytes.toByteArray()).first(10).toHex('\0').toUpper();
    QStringList groups;
    for (qsizetype at = 0; at < digits.size(); at += 4)
        groups.append(QString::fromLatin1(digits.sliced(at, 4)));
    return groups.join(QLatin1Char('-'));
}

bool sealed_bytes::isSameFingerprint(const QString &typed, const QString &fingerprint)
{
    return onlyDigits(typed) == onlyDigits(fingerprint);
}

} // namespace fieldfare::storage
