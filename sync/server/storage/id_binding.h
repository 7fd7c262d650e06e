// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/storage/statement.h"

/// Ids as parameters and columns: BLOB of 16, the null id as NULL.
namespace fieldfare::server {

/// Valid as long as the id.
[[nodiscard]] inline QByteArrayView viewOf(const base::Id &id)
{
    return {id.data().data(), base::Id::kSize};
}

inline void bindId(storage::Statement &statement, int index, const base::Id &id)
{
    if (id.isNull())
        statement.bindNull(index);
    else
        statement.bindBlob(index, viewOf(id));
}

[[nodiscard]] inline base::Id readId(const storage::Statement &statement, int column)
{
    const QByteArrayView bytes = statement.bytesView(column);
    return base::Id::fromBytes(std::span(reinterpret_cast<const std::uint8_t *>(bytes.data()), size_t(bytes.size())));
}

} // namespace fieldfare::server
