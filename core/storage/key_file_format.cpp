// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/key_file_format.h"

#include "core/base/hash.h"
#include "core/storage/data_key.h"

#include <QtEndian>

namespace fieldfare::storage {

namespace {

using base::ErrorCode;

constexpr QByteArrayView kMagic("FFKEY\r\n\x1a", 8); // line ends and ^Z show what a text-mode copy did to it
constexpr quint32 kVersion = 2;
constexpr quint32 kBlockSize = 8;
constexpr quint32 kParallelism = 1;
constexpr qsizetype kVersionOffset = 8;
constexpr qsizetype kWrappedOffset = 64;
constexpr qsizetype kKeyIdOffset = kWrappedOffset + WrappedKey::kSize;
constexpr qsizetype kRecordsOffset = kKeyIdOffset + DataKey::kIdSize;
constexpr qsizetype kRecordHeadSize = 8;
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

/// False: they do not fill `bytes` exactly, or are not in the order of their types, each once.
bool readRecords(QByteArrayView bytes, QMap<quint32, QByteArray> *records)
{
    while (!bytes.isEmpty()) {
        if (bytes.size() < kRecordHeadSize)
            return false;
        const quint32 type = read32(bytes, 0);
        const quint32 size = read32(bytes, 4);
        if (size > quint32(bytes.size() - kRecordHeadSize) || (!records->isEmpty() && type <= records->lastKey()))
            return false;
        records->insert(type, bytes.sliced(kRecordHeadSize, qsizetype(size)).toByteArray());
        bytes = bytes.sliced(kRecordHeadSize + qsizetype(size));
    }
    return true;
}

} // namespace

QByteArray KeyFileContent::authenticatedHeader() const
{
    QByteArray bytes = kMagic.toByteArray();
    append32(bytes, 1);
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
    QByteArray bytes = authenticatedHeader() + key.toBytes();
    if (!keyId.isEmpty() || !records.isEmpty()) {
        qToBigEndian(kVersion, bytes.data() + kVersionOffset);
        bytes += keyId;
        for (auto record = records.cbegin(); record != records.cend(); ++record) {
            append32(bytes, record.key());
            append32(bytes, quint32(record->size()));
            bytes += *record;
        }
    }
    return bytes + base::sha256(bytes);
}

KeyFileContent KeyFileContent::copy() const
{
    KeyFileContent content = *this;
    content.records.remove(Keychain);
    return content;
}

base::Result<KeyFileContent> KeyFileContent::parse(QByteArrayView bytes)
{
    const auto damaged = [](const char *why) {
        return base::Error{ErrorCode::KeyFileDamaged, QStringLiteral("key file: ") + QLatin1StringView(why)};
    };
    if (bytes.size() < 12 || bytes.first(kMagic.size()) != kMagic)
        return damaged("no key file");
    const quint32 version = read32(bytes, kVersionOffset);
    if (version > kVersion)
        return base::Error{ErrorCode::SchemaTooNew, QStringLiteral("key file of version %1").arg(version)};
    if (version == 1 ? bytes.size() != kSize : bytes.size() < kRecordsOffset + kChecksumSize || bytes.size() > kMaxSize)
        return damaged("wrong size");
    if (bytes.last(kChecksumSize) != base::sha256(bytes.chopped(kChecksumSize)))
        return damaged("wrong checksum");
    const quint32 logN = read32(bytes, 12);
    const quint32 flags = read32(bytes, 24);
    if (version == 0 || logN < kMinLogN || logN > kMaxLogN || read32(bytes, 16) != kBlockSize || read32(bytes, 20) != kParallelism ||
        flags > 1 || read32(bytes, 28) != 0)
        return damaged("parameters out of bounds");
    KeyFileContent content;
    content.logN = int(logN);
    content.needsDeviceSecret = flags == 1;
    content.salt = bytes.sliced(32, 32).toByteArray();
    content.key = WrappedKey::fromBytes(bytes.sliced(kWrappedOffset, WrappedKey::kSize));
    if (version == 1)
        return content;
    content.keyId = bytes.sliced(kKeyIdOffset, DataKey::kIdSize).toByteArray();
    if (!readRecords(bytes.sliced(kRecordsOffset).chopped(kChecksumSize), &content.records))
        return damaged("records that do not fit");
    return content;
}

} // namespace fieldfare::storage
