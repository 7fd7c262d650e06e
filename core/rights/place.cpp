// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rights/place.h"

#include "core/model/entities/entities.h"

#include <algorithm>

namespace fieldfare::rights {

const model::Field *ownerField(const model::Entity &entity)
{
    return entity.mineField();
}

const model::Field *teamField(const model::Entity &entity)
{
    const auto found = std::find_if(entity.fields().begin(), entity.fields().end(), [](const model::Field &field) {
        return field.isReference() && field.targets == QList<model::EntityId>{model::entities::kTeam.id} && !field.has(model::Removed);
    });
    return found != entity.fields().end() ? &*found : nullptr;
}

} // namespace fieldfare::rights
