// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/random.h"
#include "core/storage/data_key.h"

#include <optional>

namespace fieldfare::storage {

/// A profile's data key, wrapped under a random secret that the desktop's keychain keeps: record 2 of the key file
/// (core/storage/docs/key-file.md). Who has the one without the other has nothing. A value.
class KeychainRecord {
public:
    static constexpr qsizetype kItemSize = 16;
    static constexpr qsizetype kSize = kItemSize + 60;
    static constexpr size_t kSecretSize = 32;

    /// `item` is kItemSize random bytes, `secret` kSecretSize. InvalidArgument.
    [[nodiscard]] static base::Result<KeychainRecord> make(const DataKey &key, const QByteArray &item, const base::Secret &secret);
    /// None: of another size.
    [[nodiscard]] static std::optional<KeychainRecord> parse(const QByteArray &bytes);
    [[nodiscard]] QByteArray toBytes() const { return m_bytes; }

    /// Names the secret in the keychain; tells nothing about profile or person.
    [[nodiscard]] QByteArray item() const { return m_bytes.first(kItemSize); }
    /// None: the secret is not the one that it was made with, or the record was altered.
    [[nodiscard]] std::optional<base::Secret> open(const base::Secret &secret) const;

private:
    explicit KeychainRecord(QByteArray bytes) : m_bytes(std::move(bytes)) {}

    QByteArray m_bytes;
};

} // namespace fieldfare::storage
