// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"

namespace fieldfare::simulation {

inline constexpr model::EntityId kThing = 900; ///< Fields of every merge rule.
inline constexpr model::EntityId kLabel = 901; ///< Named ids: two devices make the same one.

inline constexpr std::uint16_t kF0 = 1;      ///< Latest
inline constexpr std::uint16_t kF1 = 2;      ///< Latest
inline constexpr std::uint16_t kG0 = 3;      ///< Guarded, with kG1
inline constexpr std::uint16_t kG1 = 4;
inline constexpr std::uint16_t kText = 5;    ///< Text
inline constexpr std::uint16_t kCounter = 6; ///< Counter
inline constexpr std::uint16_t kParent = 7;  ///< Reference to a thing
inline constexpr std::uint16_t kOwner = 8;   ///< User
inline constexpr std::uint16_t kTeam = 9;    ///< Reference to a team
inline constexpr int kMaxText = 60;          ///< Longest value of kF0: longer ones are refused.

/// A catalog small enough that a schedule takes milliseconds: things, labels, and the real users, teams, rights and conflicts.
[[nodiscard]] model::CatalogPointer simulationCatalog();

} // namespace fieldfare::simulation
