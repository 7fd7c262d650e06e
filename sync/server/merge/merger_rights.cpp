// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the author of a push may do: the rights of devices (core/rights), read from the server's rows.
#include "sync/server/merge/merger_batch.h"
#include "sync/server/merge/row_source.h"

namespace fieldfare::server {

using base::Result;
using changes::OperationKind;

namespace {

/// What the right and the sight are asked of: a tagging says something about its record.
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

Result<const rights::Rights *> Merger::rightsOf(Batch &batch)
{
    if (!batch.rights) {
        RowSource source(m_storage, *m_catalog, &batch.rows);
        FIELDFARE_ASSIGN(batch.rights, rights::readRights(*m_catalog, source, batch.device.user));
    }
    return &*batch.rights;
}

/// By the rights of now, not of when the edit was made: whoever lost them meanwhile finds it among what was not accepted.
Result<bool> Merger::isPermitted(const changes::Operation &operation, Batch &batch)
{
    if (batch.isReviewed || m_mutants.rightsNotAsked)
        return true; // who accepts what was handed in has the right
    FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
    if (rights->isUnlimited())
        return true;
    const model::Entity &entity = *m_catalog->entity(operation.entity);
    const rights::Request request = requestOf(operation, entity);
    const bool isCreate = operation.kind == OperationKind::Create;
    // A tagging says something about its record; other new records may be somebody else's at once.
    const bool isAbout = request.parent && entity.has(model::System);
    if (isCreate ? isAbout && batch.made.contains(request.parent->id) : batch.made.contains(operation.record))
        return true;
    const std::pair permission(isAbout ? rights::Action::Edit : request.action, isAbout ? request.parent->id : operation.record);
    if (!batch.permitted.contains(permission)) {
        if (!isCreate || isAbout) {
            const model::Reference asked = isAbout ? *request.parent : request.record;
            FIELDFARE_ASSIGN(const bool isSeen, batch.seen.contains(asked.id) ? Result<bool>(true) : isInSight(asked, batch));
            if (!isSeen && !m_mutants.sightNotAsked)
                return false;
        }
        RowSource source(m_storage, *m_catalog, &batch.rows);
        FIELDFARE_ASSIGN(const bool isAllowed, rights::isPermitted(*m_catalog, source, *rights, request));
        if (!isAllowed)
            return false;
        if (!isCreate || isAbout)
            batch.permitted.insert(permission);
    }
    if (isCreate)
        batch.made.insert(operation.record);
    return true;
}

} // namespace fieldfare::server
