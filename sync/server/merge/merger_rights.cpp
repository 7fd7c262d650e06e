// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the author of a push may do: the rights of devices (core/rights), read from the server's rows.
#include "core/rights/permission.h"
#include "sync/server/merge/merger_batch.h"

namespace fieldfare::server {

using base::Id;
using base::Result;
using changes::OperationKind;
using model::Record;

namespace {

constexpr int kPage = 200; ///< Of small tables; there is room for as many before there are any.

/// The server's rows, those of the group under decision as it would leave them.
class RowSource final : public rights::RightsSource {
public:
    RowSource(ServerStorage &storage, const model::Catalog &catalog, const std::map<RowKey, WorkingRow> &working) : m_storage(storage), m_catalog(catalog), m_working(working) {}

    Result<std::optional<Record>> find(model::EntityId entity, const Id &id) override
    {
        if (const auto working = m_working.find({entity, id}); working != m_working.end())
            return recordOf(working->second.row);
        FIELDFARE_ASSIGN(const auto row, m_storage.row(entity, id));
        return row ? recordOf(*row) : std::nullopt;
    }
    Result<std::vector<Record>> all(model::EntityId entity) override
    {
        std::vector<Record> records;
        for (Id after;;) {
            FIELDFARE_ASSIGN(const auto rows, m_storage.rowsAfter(entity, after, kPage));
            for (const changes::ReplicatedRow &row : rows) {
                if (auto record = recordOf(row); record && !row.isTrashed())
                    records.push_back(std::move(*record));
            }
            if (rows.size() < size_t(kPage))
                return records;
            after = rows.back().id;
        }
    }

private:
    [[nodiscard]] std::optional<Record> recordOf(const changes::ReplicatedRow &row) const
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

    ServerStorage &m_storage;
    const model::Catalog &m_catalog;
    const std::map<RowKey, WorkingRow> &m_working;
};

rights::Request requestOf(const changes::Operation &operation, const model::Entity &entity)
{
    rights::Request request{rights::Action::Remove, {operation.entity, operation.record}, {}};
    if (operation.kind == OperationKind::Set)
        request.action = rights::Action::Edit;
    if (operation.kind != OperationKind::Create)
        return request;
    request.action = rights::Action::Create;
    for (const changes::FieldValue &entry : operation.values) {
        if (entity.parentField() != nullptr && entry.field == entity.parentField()->key && entry.value.reference() != nullptr)
            request.parent = *entry.value.reference();
    }
    return request;
}

} // namespace

/// By the rights of now, not of when the edit was made: whoever lost them meanwhile finds it among what was not accepted.
Result<bool> Merger::isPermitted(const changes::Operation &operation, Batch &batch)
{
    if (batch.isReviewed || m_mutants.rightsNotAsked)
        return true; // who accepts what was handed in has the right
    RowSource source(m_storage, *m_catalog, batch.rows);
    if (!batch.rights) {
        FIELDFARE_ASSIGN(batch.rights, rights::readRights(*m_catalog, source, batch.device.user));
    }
    if (batch.rights->isUnlimited())
        return true;
    const model::Entity &entity = *m_catalog->entity(operation.entity);
    const rights::Request request = requestOf(operation, entity);
    const bool isCreate = operation.kind == OperationKind::Create;
    if (isCreate ? request.parent && entity.has(model::System) && batch.made.contains(request.parent->id) : batch.made.contains(operation.record))
        return true;
    FIELDFARE_ASSIGN(const bool isAllowed, rights::isPermitted(*m_catalog, source, *batch.rights, request));
    if (isAllowed && isCreate)
        batch.made.insert(operation.record);
    return isAllowed;
}

} // namespace fieldfare::server
