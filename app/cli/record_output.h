// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/command.h"

namespace fieldfare::app {

/// Reads FIELD=VALUE words: choices by key or label, references by id, number or name. An empty value clears. Fails with
/// UnknownField, UnknownChoice, BadValue, NotFound; InvalidArgument for an ambiguous name.
base::Result<std::vector<changes::FieldValue>> readAssignments(CommandContext &context, const model::Entity &entity, const QStringList &words,
                                                               const base::Id &pipeline);

/// One field's value from what a person typed, as above.
base::Result<model::Value> readValue(CommandContext &context, const model::Entity &entity, const model::Field &field, const QString &text,
                                     const base::Id &pipeline);

/// JSON on one line, or a field a line.
void printRecord(CommandContext &context, const model::Entity &entity, const store::RowView &row);

/// A value as people read it, references by their title.
[[nodiscard]] QString valueText(store::Store &store, const model::Entity *entity, const model::FieldKey &field, const model::Value &value);
/// "name", "trashed", or the number of a field that this version does not know.
[[nodiscard]] QString fieldName(const model::Entity *entity, const model::FieldKey &field);
/// Full name of a user; null id: empty.
[[nodiscard]] QString userName(store::Store &store, const base::Id &user);
/// ISO 8601 in UTC; empty for 0.
[[nodiscard]] QString timeText(qint64 ms);

} // namespace fieldfare::app
