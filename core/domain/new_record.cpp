// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/new_record.h"

#include "core/model/entities/entities.h"

namespace fieldfare::domain {

std::vector<changes::FieldValue> newRecordDefaults(const model::Entity &entity, const base::Id &user)
{
    const model::Field *mine = entity.mineField();
    if (mine == nullptr || user.isNull())
        return {};
    return {{mine->key, model::Value(model::Reference{model::entities::kUser.id, user})}};
}

} // namespace fieldfare::domain
