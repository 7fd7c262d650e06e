// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/record.h"

#include <optional>
#include <vector>

namespace fieldfare::rights {

/// Where rights are read from: a device's tables, or the server's.
class RightsSource {
public:
    virtual ~RightsSource() = default;
    /// As it stands in the transaction; empty when it is not here.
    virtual base::Result<std::optional<model::Record>> find(model::EntityId entity, const base::Id &id) = 0;
    /// All that are not in the trash. Asked for small tables alone: teams and what is said of roles.
    virtual base::Result<std::vector<model::Record>> all(model::EntityId entity) = 0;
};

} // namespace fieldfare::rights
