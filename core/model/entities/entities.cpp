// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entities/entities.h"

namespace fieldfare::model::entities {

std::span<const EntitySpec *const> all()
{
    static const EntitySpec *const specs[] = {&kTeam, &kRoleRight, &kUser, &kChoiceValue, &kCustomField, &kTag, &kPipeline, &kStage, &kCustomer, &kContact, &kDeal, &kTicket, &kInteraction, &kTagging, &kConflict};
    return specs;
}

} // namespace fieldfare::model::entities
