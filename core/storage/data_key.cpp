// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/data_key.h"

namespace fieldfare::storage {

DataKey DataKey::generate(base::RandomSource &random)
{
    base::Secret secret(kSize);
    random.fill({secret.data(), secret.size()});
    return DataKey(std::move(secret));
}

base::Result<DataKey> DataKey::fromSecret(base::Secret secret)
{
    if (secret.size() != kSize)
        return base::Error{base::ErrorCode::InvalidArgument, QStringLiteral("a data key has 32 bytes")};
    return DataKey(std::move(secret));
}

} // namespace fieldfare::storage
