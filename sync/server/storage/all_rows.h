// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/statement.h"

#include <vector>

namespace fieldfare::server {

/// Every row of a bound query; it is reset afterwards.
template <typename Row>
[[nodiscard]] base::Result<std::vector<Row>> allRows(storage::Statement &query, Row (*read)(const storage::Statement &))
{
    const storage::StatementReset reset(query);
    std::vector<Row> rows;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found)
            return rows;
        rows.push_back(read(query));
    }
}

} // namespace fieldfare::server
