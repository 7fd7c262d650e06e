// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/data_key.h"

#include "core/storage/key_wrap.h"

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;

DataKey DataKey::generate(base::RandomSource &random)
{
    base::Secret secret(kSize);
    random.fill({secret.data(), secret.size()});
    return DataKey(std::move(secret));
}

base::Result<DataKey> DataKey::fromSecret(base::Secret secret)
{
    if (secret.size() != kSize)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("a data key has 32 bytes")};
    return DataKey(std::move(secret));
}

base::Result<DataKey> DataKey::replacing(base::Secret secret, base::Secret former, std::uint32_t boundary)
{
    if (former.size() != kSize || boundary == 0)
        return Error{ErrorCode::InvalidArgument, QStringLiteral("a former data key has 32 bytes and a boundary")};
    FIELDFARE_ASSIGN(DataKey key, fromSecret(std::move(secret)));
    key.m_former = std::move(former);
    key.m_boundary = boundary;
    return key;
}

QByteArray DataKey::id() const
{
    const base::Secret derived = key_wrap::derive(m_secret, {}, "fieldfare key id", size_t(kIdSize));
    return derived.view().toByteArray();
}

} // namespace fieldfare::storage
