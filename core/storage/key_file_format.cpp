// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/key_file_format.h"

#include "core/base/hash.h"

#include <QtEndian>

namespace fieldfare::storage {

namespace {

using base::ErrorCode;

constexpr QByteArrayView kMagic("FFKEY\r\n\x1a", 8); // line ends and ^Z show what a text-mode copy did to it
constexpr quint32 kVersion = 1;
constexpr quint32 kBlockSize = 8;
constexpr quint32 kParallelism = 1;
constexpr qsizetype kChecksumSize = 32;

void append32(QByteArray &bytes, quint32 value)
{
    char encoded[4];
    qToBigEndian(value, encoded);
    bytes.append(encoded, 4);
}

quint32 read32(QByteArrayView bytes, qsizetype offset)
{
    return qFromBigEndian<quint32>(bytes.data() + offset);
}

} // namespace

QByteArray KeyFileContent::authenticatedHeader() const
{
    QByteArray bytes = kMagic.toByteArray();
    append32(bytes, kVersion);
    append32(bytes, quint32(logN));
    append32(bytes, kBlockSize);
    append32(bytes, kParallelism);
    append32(bytes, needsDeviceSecret ? 1 : 0);
    append32(bytes, 0);
    bytes.append(salt);
    Q_ASSERT(bytes.size() == kAuthenticatedSize);
    return bytes;
}

QByteArray KeyFileContent::toBytes() const
{
    QByteArray bytes = authenticatedHeader() + nonce + wrappedKey + tag;
    bytes += base::sha256(bytes);
    Q_ASSERT(bytes.size() == kSize);
    return bytes;
}

base::Result<KeyFileContent> KeyFileContent::parse(QByteArrayView bytes)
{
    const auto damaged = [](const char *why) {
        return base::Error{ErrorCode::KeyFileDamaged, QStringLiteral("key file: ") + QLatin1StringView(why)};
    };
    if (bytes.size() < 12 || bytes.first(kMagic.size()) != kMagic)
        return damaged("no key file");
    if (read32(bytes, 8) > kVersion)
        return base::Error{ErrorCode::SchemaTooNew, QStringLiteral("key file of version %1").arg(read32(bytes, 8))};
    if (bytes.size() != kSize)
        return damaged("wrong size");
    if (bytes.last(kChecksumSize) != base::sha256(bytes.first(kSize - kChecksumSize)))
        return damaged("wrong checksum");
    const quint32 logN = read32(bytes, 12);
    const quint32 flags = read32(bytes, 24);
    if (read32(bytes, 8) != kVersion || logN < kMinLogN || logN > kMaxLogN || read32(bytes, 16) != kBlockSize ||
        read32(bytes, 20) != kParallelism || flags > 1 || read32(bytes, 28) != 0)
        return damaged("parameters out of bounds");
    KeyFileContent content;
    content.logN = int(logN);
    content.needsDeviceSecret = flags == 1;
    content.salt = bytes.sliced(32, 32).toByteArray();
    content.nonce = bytes.sliced(64, 12).toByteArray();
    content.wrappedKey = bytes.sliced(76, 32).toByteArray();
    content.tag = bytes.sliced(108, 16).toByteArray();
    return content;
}

} // namespace fieldfare::storage
