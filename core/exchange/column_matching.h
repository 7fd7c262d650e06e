// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"

#include <QStringList>

namespace fieldfare::exchange {

/// The heading under which export writes a record's id, and import finds it.
inline constexpr const char *kIdColumn = "id";
/// Headings that a rejects file has beside the original ones; import passes over them.
inline constexpr const char *kLineColumn = "rejected_line";
inline constexpr const char *kReasonColumn = "rejected_because";

/// Whether an import may write the field: not computed, hidden, removed or set by the program only (the number may be given).
[[nodiscard]] bool isImportable(const model::Field &field);

/// A heading as it is compared: case folded, compatibility forms unified, only letters and digits.
[[nodiscard]] QString foldedHeading(const QString &heading);

/// The field that a heading means: by name, by label in the program's language, by its English or Chinese label, or by the
/// headings that its descriptor knows. Null when none or more than one fits.
[[nodiscard]] const model::Field *fieldForHeading(const model::Entity &entity, const QString &heading);

} // namespace fieldfare::exchange
