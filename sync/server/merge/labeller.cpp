// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/labeller.h"

#include "core/model/entities/entities.h"
#include "core/rights/place.h"

#include <algorithm>

namespace fieldfare::server {

using base::Id;
using base::Result;
using changes::Version;
using model::Entity;
using model::Field;
using model::Reference;

const Field *hangsOnField(const model::Catalog &catalog, const Entity &entity)
{
    const Field *const field = entity.id() == model::entities::kConflict.id ? entity.field(QStringLiteral("record")) : entity.parentField();
    return field != nullptr ? catalog.entity(entity.id())->field(field->key) : nullptr;
}

PlaceFields placeFields(const Entity &entity)
{
    return {rights::ownerField(entity), rights::teamField(entity)};
}

model::EntityId rootKind(const Entity &entity)
{
    const Field *const parent = entity.parentField();
    return parent != nullptr && !parent->targets.isEmpty() ? parent->targets.first() : entity.id();
}

bool isForEverybody(const model::Catalog &catalog, const Entity &entity)
{
    if (entity.id() == model::entities::kConflict.id)
        return false;
    if (entity.has(model::System))
        return true;
    const PlaceFields place = placeFields(entity);
    return hangsOnField(catalog, entity) == nullptr && place.owner == nullptr && place.team == nullptr;
}

bool Labeller::isPlace(model::EntityId id, const model::FieldKey &key) const
{
    const Entity *const entity = m_catalog.entity(id);
    const Field *const field = entity != nullptr ? entity->field(key) : nullptr;
    if (field == nullptr)
        return false;
    const auto isField = [field](const Field *other) { return other != nullptr && other->key == field->key; };
    const PlaceFields place = placeFields(*entity);
    return isField(hangsOnField(m_catalog, *entity)) || (!isForEverybody(m_catalog, *entity) && (isField(place.owner) || isField(place.team)));
}

Result<LabelNumber> Labeller::labelOf(const changes::ReplicatedRow &row)
{
    const Entity *const entity = m_catalog.entity(row.entity);
    if (entity == nullptr)
        return kEverybody;
    if (const Field *const hangsOn = hangsOnField(m_catalog, *entity); hangsOn != nullptr) {
        if (const Reference *const parent = row.value(hangsOn->key).reference(); parent != nullptr) {
            FIELDFARE_ASSIGN(const auto found, m_storage.row(parent->entity, parent->id));
            if (found)
                return found->label;
        }
    }
    if (isForEverybody(m_catalog, *entity))
        return kEverybody;
    const auto idIn = [&row](const Field *field) { return field != nullptr ? row.value(field->key).referenceId() : Id(); };
    const PlaceFields place = placeFields(*entity);
    return m_storage.labelNumber({rootKind(*entity), idIn(place.owner), idIn(place.team)});
}

Result<void> Labeller::follow(const Reference &row, Version version)
{
    FIELDFARE_ASSIGN(const auto stored, m_storage.row(row.entity, row.id));
    if (!stored)
        return {};
    const Entity *const entity = m_catalog.entity(row.entity);
    const Field *const hangsOn = entity != nullptr ? hangsOnField(m_catalog, *entity) : nullptr;
    const Reference *const parent = hangsOn != nullptr ? stored->value(hangsOn->key).reference() : nullptr;
    FIELDFARE_ASSIGN(const auto standing, parent != nullptr ? m_storage.row(parent->entity, parent->id) : Result<std::optional<LabelledRow>>(std::nullopt));
    if (parent != nullptr && !standing)
        return {}; // it was erased: what hung on it keeps its label
    FIELDFARE_ASSIGN(const LabelNumber label, labelOf(*stored));
    if (parent != nullptr && stored->label == label) // hung on another record of the same people: it came there with this change
        FIELDFARE_TRY(m_storage.setLabel(row, label, std::max(version, stored->labelSince)));
    std::vector<Reference> waiting{row};
    while (!waiting.empty()) { // a ring of parents ends, as what has the label already is passed
        const Reference next = waiting.back();
        waiting.pop_back();
        FIELDFARE_ASSIGN(const bool isMoved, move(next, label, version));
        if (!isMoved || m_mutants.childrenKeepLabel)
            continue;
        FIELDFARE_ASSIGN(const std::vector<Reference> children, m_storage.childrenOf(next));
        waiting.insert(waiting.end(), children.begin(), children.end());
    }
    return {};
}

/// Two entries with the same version: under the former label, and under the new one.
Result<bool> Labeller::move(const Reference &row, LabelNumber to, Version version)
{
    FIELDFARE_ASSIGN(const auto stored, m_storage.row(row.entity, row.id));
    if (!stored || stored->label == to)
        return false;
    // Entries never go back: the row itself may have changed after what moves it, in the same transaction.
    const Version seq = std::max({version, stored->versions.latest(), stored->labelSince});
    if (!m_mutants.noEntryUnderFormerLabel)
        FIELDFARE_TRY(m_storage.putChange({seq, row.entity, row.id, stored->label, ChangeEntry::Kind::Left}));
    FIELDFARE_TRY(m_storage.setLabel(row, to, seq));
    FIELDFARE_TRY(m_storage.putChange({seq, row.entity, row.id, to, ChangeEntry::Kind::Written}));
    return true;
}

} // namespace fieldfare::server
