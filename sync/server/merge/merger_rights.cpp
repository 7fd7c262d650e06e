// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the author of a push may do: the rights of devices (core/rights), read from the server's rows.
#include "sync/server/merge/merger_batch.h"
#include "sync/server/merge/row_source.h"

namespace fieldfare::server {

using base::Result;
using changes::OperationKind;

/// Of a new or moved record of a kind that only says something about another one.
std::optional<model::Reference> Merger::recordSpokenOf(const changes::Operation &operation, const model::Entity &entity) const
{
    if (!entity.has(model::System) || entity.parentField() == nullptr)
        return std::nullopt;
    for (const changes::FieldValue &entry : operation.values) {
        const model::Reference *const parent = entry.field == entity.parentField()->key ? entry.value.reference() : nullptr;
        const model::Entity *const about = parent != nullptr ? m_catalog->entity(parent->entity) : nullptr;
        if (about != nullptr && !about->has(model::System))
            return *parent;
    }
    return std::nullopt;
}


Result<const rights::Rights *> Merger::rightsOf(Batch &batch)
{
    if (!batch.rights) {
        RowSource source(m_storage, *m_catalog, &batch.rows);
        FIELDFARE_ASSIGN(batch.rights, rights::readRights(*m_catalog, source, batch.device.user));
    }
    return &*batch.rights;
}

/// Sight and right, of a record that is there. What was permitted once in this push stays so.
Result<bool> Merger::mayChange(rights::Action action, const model::Reference &record, Batch &batch)
{
    const RowKey key{record.entity, record.id};
    if (batch.made.contains(key) || batch.permitted.contains({action, key}))
        return true;
    FIELDFARE_ASSIGN(const bool isSeen, batch.seen.contains(key) ? Result<bool>(true) : isInSight(record, batch));
    if (!isSeen && !m_mutants.sightNotAsked)
        return false;
    FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
    RowSource source(m_storage, *m_catalog, &batch.rows);
    FIELDFARE_ASSIGN(const bool isAllowed, rights::isPermitted(*m_catalog, source, *rights, {action, record}));
    if (isAllowed)
        batch.permitted.insert({action, key});
    return isAllowed;
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
    // A tagging says something about its record, the one it is made for and the one it is moved to; other records may be hung
    // on anything.
    const std::optional<model::Reference> about = recordSpokenOf(operation, entity);
    if (about) {
        FIELDFARE_ASSIGN(const bool mayAbout, mayChange(rights::Action::Edit, *about, batch));
        if (!mayAbout)
            return false;
    }
    if (operation.kind != OperationKind::Create)
        return mayChange(operation.kind == OperationKind::Set ? rights::Action::Edit : rights::Action::Remove, {operation.entity, operation.record}, batch);
    if (about)
        return true;
    RowSource source(m_storage, *m_catalog, &batch.rows);
    return rights::isPermitted(*m_catalog, source, *rights, {rights::Action::Create, {operation.entity, operation.record}});
}

/// A create of a named record that is there would edit it.
Result<bool> Merger::mayEditNamed(const changes::Operation &operation, Batch &batch)
{
    if (batch.isReviewed || m_mutants.rightsNotAsked)
        return true;
    FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
    if (rights->isUnlimited())
        return true;
    return mayChange(rights::Action::Edit, {operation.entity, operation.record}, batch);
}

} // namespace fieldfare::server
