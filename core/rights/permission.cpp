// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rights/permission.h"

#include "core/model/entities/entities.h"

namespace fieldfare::rights {

using base::Result;
using model::Entity;
using model::Reference;

namespace {

constexpr int kMostLevels = 8; ///< Of records that hang on each other; two are in the catalog.

Result<std::optional<Reference>> parentOf(const Entity &entity, RightsSource &source, const Request &request)
{
    if (request.parent)
        return request.parent;
    FIELDFARE_ASSIGN(const auto record, source.find(entity.id(), request.record.id));
    const Reference *const parent = record ? record->value(*entity.parentField()).reference() : nullptr;
    return parent != nullptr ? std::optional(*parent) : std::nullopt;
}

/// Of the root that the record hangs on. What hangs on nothing that is here is nobody's.
Result<Place> placeOf(const model::Catalog &catalog, RightsSource &source, Reference record)
{
    for (int level = 0; level < kMostLevels; ++level) {
        const Entity *const entity = catalog.entity(record.entity);
        if (entity == nullptr)
            return Place();
        FIELDFARE_ASSIGN(const auto found, source.find(record.entity, record.id));
        if (!found)
            return Place();
        if (entity->parentField() == nullptr) {
            const model::Field *const team = teamField(*entity);
            const model::Field *const owner = ownerField(*entity);
            return Place{owner != nullptr ? found->value(*owner).referenceId() : base::Id(),
                         team != nullptr ? found->value(*team).referenceId() : base::Id()};
        }
        const Reference *const parent = found->value(*entity->parentField()).reference();
        if (parent == nullptr)
            return Place();
        record = *parent;
    }
    return Place();
}

} // namespace

bool mayDeviceSet(const Entity &entity, const model::FieldKey &key)
{
    if (!entity.has(model::ServerOnly))
        return true;
    const model::Field *const field = entity.field(key);
    return entity.id() == model::entities::kConflict.id && field != nullptr && field->guardGroup == 1;
}

Result<bool> isPermitted(const model::Catalog &catalog, RightsSource &source, const Rights &rights, const Request &request)
{
    if (rights.isUnlimited())
        return true;
    const Entity *const entity = catalog.entity(request.record.entity);
    if (entity == nullptr)
        return {base::ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(request.record.entity)};
    if (entity->id() == model::entities::kConflict.id) { // who decides it edits what it is about
        FIELDFARE_ASSIGN(const auto conflict, source.find(entity->id(), request.record.id));
        const model::Field *const record = entity->field(QStringLiteral("record"));
        const Reference *const about = conflict && record != nullptr ? conflict->value(*record).reference() : nullptr;
        return about == nullptr ? Result<bool>(true) : isPermitted(catalog, source, rights, {Action::Edit, *about});
    }
    if (entity->has(model::ServerOnly))
        return true;
    if (entity->has(model::System) && entity->parentField() != nullptr) {
        FIELDFARE_ASSIGN(const auto parent, parentOf(*entity, source, request));
        const Entity *const about = parent ? catalog.entity(parent->entity) : nullptr;
        if (about != nullptr && !about->has(model::System))
            return isPermitted(catalog, source, rights, {Action::Edit, *parent});
    }
    if (!rights.may(request.action, entity->id()))
        return false;
    if (!rights.dependsOnPlace(request.action, entity->id()))
        return true;
    FIELDFARE_ASSIGN(const Place place, placeOf(catalog, source, request.record));
    return rights.may(request.action, entity->id(), place);
}

} // namespace fieldfare::rights
