// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/open_conflicts.h"

#include "core/store/query/sql_condition.h"

namespace fieldfare::store {

using base::Id;
using base::Result;
using model::FieldKey;
using storage::Statement;
using storage::StatementReset;

FieldKey conflictField(const QString &text)
{
    if (const auto id = Id::fromString(text))
        return FieldKey(*id);
    return FieldKey(std::uint16_t(text.toUInt()));
}

Result<QHash<FieldKey, Id>> openConflicts(storage::Connection &connection, const model::Reference &record)
{
    Statement &statement = connection.statement(
        QLatin1StringView("SELECT field, id FROM conflict WHERE record = ? AND +status = 'open' AND +trashed = 0 ORDER BY id DESC"));
    const StatementReset reset(statement);
    statement.bindBlob(1, entityReferenceBytes(record.entity, record.id));
    QHash<FieldKey, Id> conflicts;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, statement.step());
        if (!row)
            return conflicts;
        conflicts.insert(conflictField(statement.text(0)), Id::fromBytes(statement.blob(1)));
    }
}

} // namespace fieldfare::store
