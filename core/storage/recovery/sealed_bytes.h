// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>

/// What recovery's files have in common (core/storage/docs/recovery.md): a magic of 8 bytes, a version, big-endian integers, and
/// at the end the SHA-256 of all before, against damage on the way. All functions: any thread.
namespace fieldfare::storage::sealed_bytes {

inline constexpr qsizetype kChecksumSize = 32;

void append32(QByteArray &bytes, std::uint32_t value);
void append64(QByteArray &bytes, std::int64_t value);
[[nodiscard]] std::uint32_t read32(QByteArrayView bytes, qsizetype offset);
[[nodiscard]] std::int64_t read64(QByteArrayView bytes, qsizetype offset);
[[nodiscard]] QByteArray withChecksum(const QByteArray &bytes);
/// Of this size, with this magic, and what withChecksum() made.
[[nodiscard]] bool isWhole(QByteArrayView bytes, qsizetype size, QByteArrayView magic);

/// 80 bits of the SHA-256 of `purpose` and `bytes` in groups for reading out: "1A2B-3C4D-5E6F-7081-92A3".
[[nodiscard]] QString fingerprint(QByteArrayView purpose, QByteArrayView bytes);
/// As somebody typed it: case, spaces and dashes do not matter.
[[nodiscard]] bool isSameFingerprint(const QString &typed, const QString &fingerprint);

} // namespace fieldfare::storage::sealed_bytes
