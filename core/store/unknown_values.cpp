// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/unknown_values.h"

#include "core/store/field_bytes.h"

namespace fieldfare::store {

using base::Result;
using changes::FieldValue;

namespace {

Result<std::vector<qint64>> rowsWithUnknown(storage::Connection &connection, const TableLayout &layout)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral("SELECT rid FROM %1 WHERE unknown IS NOT NULL ORDER BY rid")
                                                              .arg(layout.table())));
    std::vector<qint64> rids;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return rids;
        rids.push_back(query->int64(0));
    }
}

Result<bool> replayRow(storage::Connection &connection, const TableLayout &layout, qint64 rid)
{
    QByteArray bytes;
    {
        storage::Statement &query = connection.statement(QStringLiteral("SELECT unknown FROM %1 WHERE rid = ?").arg(layout.table()));
        const storage::StatementReset reset(query);
        query.bind(1, rid);
        FIELDFARE_TRY(query.step());
        bytes = query.blob(0);
    }
    FIELDFARE_ASSIGN(const std::vector<FieldValue> values, decodeUnknown(bytes));
    std::vector<FieldValue> remaining;
    std::vector<std::pair<const TableLayout::Slot *, const model::Value *>> known;
    QString columns = QStringLiteral("unknown = ?");
    for (const FieldValue &entry : values) {
        const TableLayout::Slot *slot = layout.slot(entry.field);
        if (slot == nullptr || !slot->replicated || !slot->column.holds(entry.value)) {
            remaining.push_back(entry);
            continue;
        }
        known.emplace_back(slot, &entry.value);
        for (const QString &column : TableLayout::columns(*slot))
            columns += QStringLiteral(", ") + column + QStringLiteral(" = ?");
    }
    if (known.empty())
        return false;
    storage::Statement &update = connection.statement(QStringLiteral("UPDATE %1 SET %2 WHERE rid = ?").arg(layout.table(), columns));
    const QByteArray rest = encodeUnknown(remaining);
    if (!rest.isEmpty())
        update.bindBlob(1, rest);
    int index = 2;
    for (const auto &[slot, value] : known)
        storage::FieldColumns::bind(update, index, slot->column, *value);
    update.bind(index, rid);
    FIELDFARE_TRY(update.run());
    return true;
}

} // namespace

Result<int> replayUnknownValues(storage::Connection &connection, const TableLayout &layout)
{
    FIELDFARE_ASSIGN(const std::vector<qint64> rids, rowsWithUnknown(connection, layout));
    int replayed = 0;
    for (const qint64 rid : rids) {
        FIELDFARE_ASSIGN(const bool changed, replayRow(connection, layout, rid));
        replayed += changed ? 1 : 0;
    }
    return replayed;
}

} // namespace fieldfare::store
