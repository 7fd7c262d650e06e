// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/row_source.h"

#include "sync/server/merge/merger_batch.h"

namespace fieldfare::server {

using base::Id;
using base::Result;
using model::Record;

namespace {

constexpr int kPage = 200; ///< Of small tables; there is room for as many before there are any.

} // namespace

Result<std::optional<Record>> RowSource::find(model::EntityId entity, const Id &id)
{
    if (m_working != nullptr) {
        if (const auto working = m_working->find({entity, id}); working != m_working->end())
            return recordOf(working->second.row);
    }
    FIELDFARE_ASSIGN(const auto row, m_storage.row(entity, id));
    return row ? recordOf(*row) : std::nullopt;
}

Result<std::vector<Record>> RowSource::all(model::EntityId entity)
{
    std::vector<Record> records;
    for (Id after;;) {
        FIELDFARE_ASSIGN(const auto rows, m_storage.rowsAfter(entity, after, kPage));
        for (const LabelledRow &row : rows) {
            if (auto record = recordOf(row); record && !row.isTrashed())
                records.push_back(std::move(*record));
        }
        if (rows.size() < size_t(kPage))
            return records;
        after = rows.back().id;
    }
}

std::optional<Record> RowSource::recordOf(const changes::ReplicatedRow &row) const
{
    const model::Entity *const entity = m_catalog.entity(row.entity);
    if (entity == nullptr)
        return std::nullopt;
    Record record;
    record.entity = row.entity;
    record.id = row.id;
    record.trashed = row.isTrashed();
    for (const model::Field &field : entity->fields()) {
        if (const model::Value &value = row.value(field.key); !value.isEmpty())
            record.setValue(field, value);
    }
    return record;
}

} // namespace fieldfare::server
