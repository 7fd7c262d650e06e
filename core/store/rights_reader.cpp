// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/rights_reader.h"

#include "core/store/table_layout.h"

namespace fieldfare::store {

base::Result<std::vector<model::Record>> RightsReader::all(model::EntityId entity)
{
    FIELDFARE_ASSIGN(const TableLayout *const layout, m_reader.layout(entity));
    storage::Statement &query = m_connection.statement(QStringLiteral("SELECT id FROM %1 WHERE trashed = 0").arg(layout->table()));
    std::vector<base::Id> ids;
    {
        const storage::StatementReset reset(query);
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (!row)
                break;
            ids.push_back(base::Id::fromBytes(query.blob(0)));
        }
    }
    return m_reader.records(entity, ids);
}

} // namespace fieldfare::store
