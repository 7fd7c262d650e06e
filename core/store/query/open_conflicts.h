// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/field_key.h"
#include "core/model/value.h"
#include "core/storage/connection.h"

#include <QHash>

namespace fieldfare::store {

/// Reads the field that a conflict is about, as the conflict log keeps it: the number of a built-in field, the id of an
/// own one.
[[nodiscard]] model::FieldKey conflictField(const QString &text);

/// The open conflict of each field of one record that has one: a look-up by key, however long the log is. On the
/// connection's thread.
[[nodiscard]] base::Result<QHash<model::FieldKey, base::Id>> openConflicts(storage::Connection &connection, const model::Reference &record);

} // namespace fieldfare::store
