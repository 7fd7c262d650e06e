// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"

#include <compare>
#include <cstdint>

namespace fieldfare::model {

/// Names a field for ever: the number of a built-in field within its entity, or the UUID of a custom field's definition.
/// This is what operations, versions and the wire carry; names and columns may change, this may not.
struct FieldKey {
    std::uint16_t number = 0; ///< 1 to 65535 for built-in fields, 0 for custom ones.
    base::Id custom;          ///< Null for built-in fields.

    FieldKey() = default;
    constexpr FieldKey(std::uint16_t builtIn) : number(builtIn) {}
    explicit FieldKey(const base::Id &definition) : custom(definition) {}

    [[nodiscard]] bool isCustom() const { return number == 0; }
    friend auto operator<=>(const FieldKey &, const FieldKey &) = default;
    friend bool operator==(const FieldKey &, const FieldKey &) = default;
};

[[nodiscard]] inline size_t qHash(const FieldKey &key, size_t seed = 0) noexcept
{
    return key.isCustom() ? base::qHash(key.custom, seed) : ::qHash(key.number, seed);
}

/// Pseudo-field of every entity: 1 while the row lies in the trash. It has a version like any field.
inline constexpr std::uint16_t kTrashedNumber = 65001;

/// Permanent number of an entity (EntitySpec::id).
using EntityId = std::uint16_t;

} // namespace fieldfare::model
