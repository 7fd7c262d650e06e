// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/field_spec.h"

#include <span>

/// The tables of all entities, one file each. To add a field, add one row to one of these files (DESIGN 2).
namespace fieldfare::model::entities {

extern const EntitySpec kCustomer;
extern const EntitySpec kContact;
extern const EntitySpec kInteraction;
extern const EntitySpec kDeal;
extern const EntitySpec kPipeline;
extern const EntitySpec kStage;
extern const EntitySpec kTicket;
extern const EntitySpec kTag;
extern const EntitySpec kTagging;
extern const EntitySpec kTeam;
extern const EntitySpec kUser;
extern const EntitySpec kChoiceValue;
extern const EntitySpec kCustomField;
extern const EntitySpec kConflict;
extern const EntitySpec kRoleRight;

/// All of them, in the order in which a first download sends them (what is pointed to comes first where that is possible).
[[nodiscard]] std::span<const EntitySpec *const> all();

} // namespace fieldfare::model::entities
