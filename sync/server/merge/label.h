// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replicated_row.h"

#include <set>

namespace fieldfare::server {

/// What the visibility of a row depends on (core/changes/docs/scopes.md): the kind of its root, the root's owner and team. It does
/// not depend on who asks.
struct Label {
    model::EntityId root = 0; ///< 0: the row is for everybody.
    base::Id owner;
    base::Id team;
    friend auto operator<=>(const Label &, const Label &) = default;
    friend bool operator==(const Label &, const Label &) = default;
};

/// Labels are numbered as they occur and keep their numbers.
using LabelNumber = std::uint32_t;
using LabelSet = std::set<LabelNumber>;
inline constexpr LabelNumber kEverybody = 1;

/// A row as the server keeps it.
struct LabelledRow : changes::ReplicatedRow {
    LabelNumber label = kEverybody;
    changes::Version labelSince = 0; ///< Of the change that gave it this label; 0: before there were labels.
};

} // namespace fieldfare::server
