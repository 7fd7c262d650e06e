// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/keychain_record.h"

#include "core/storage/key_wrap.h"

namespace fieldfare::storage {

using base::ErrorCode;
using base::Result;
using base::Secret;

namespace {

Secret wrappingKey(const Secret &secret, const QByteArray &item)
{
    return key_wrap::derive(secret, item, "fieldfare keychain", DataKey::kSize);
}

} // namespace

Result<KeychainRecord> KeychainRecord::make(const DataKey &key, const QByteArray &item, const Secret &secret)
{
    static_assert(kSize == kItemSize + WrappedKey::kSize);
    if (item.size() != kItemSize || secret.size() != kSecretSize)
        return {ErrorCode::InvalidArgument, QStringLiteral("a keychain's item has 16 bytes and its secret 32")};
    FIELDFARE_ASSIGN(const WrappedKey wrapped, key_wrap::wrap(key.secret(), wrappingKey(secret, item), item));
    return KeychainRecord(item + wrapped.toBytes());
}

std::optional<KeychainRecord> KeychainRecord::parse(const QByteArray &bytes)
{
    return bytes.size() == kSize ? std::optional(KeychainRecord(bytes)) : std::nullopt;
}

std::optional<Secret> KeychainRecord::open(const Secret &secret) const
{
    if (secret.size() != kSecretSize)
        return std::nullopt;
    return key_wrap::unwrap(WrappedKey::fromBytes(QByteArrayView(m_bytes).sliced(kItemSize)), wrappingKey(secret, item()), item());
}

} // namespace fieldfare::storage
