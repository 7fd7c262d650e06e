// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"
#include "core/model/entity.h"

#include <vector>

namespace fieldfare::domain {

/// What a record that somebody makes has, unless they say otherwise: it is theirs (the field with the flag Mine). Forms show it
/// and the command line adds it to what was typed; imports do not, as nobody says that the rows are theirs. Empty without a
/// user, and for records that are nobody's.
[[nodiscard]] std::vector<changes::FieldValue> newRecordDefaults(const model::Entity &entity, const base::Id &user);

} // namespace fieldfare::domain
