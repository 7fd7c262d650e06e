// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"

namespace fieldfare::rights {

/// Whose a record is: the owner and team of its root.
struct Place {
    base::Id owner;
    base::Id team;

    /// Nobody's: it lies in the pool of its kind.
    [[nodiscard]] bool isPool() const { return owner.isNull() && team.isNull(); }
};

/// The field that says who owns a record; null where records have no owner.
[[nodiscard]] const model::Field *ownerField(const model::Entity &entity);
/// The field that says whose team's a record is; null where records have none.
[[nodiscard]] const model::Field *teamField(const model::Entity &entity);

} // namespace fieldfare::rights
