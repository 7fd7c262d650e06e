// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/model/entity.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <variant>
#include <vector>

namespace fieldfare::storage {
class Statement;
}

namespace fieldfare::store {

/// A value for a parameter: NULL, integer, text or blob.
using SqlValue = std::variant<std::monostate, std::int64_t, QString, QByteArray>;

/// A piece of SQL with the values of its `?` parameters, in their order. Identifiers come from the catalog alone; what a
/// person typed is always a parameter.
struct SqlCondition {
    QString sql;
    std::vector<SqlValue> values;

    /// Appends text and values of `other`.
    SqlCondition &operator+=(const SqlCondition &other);
    SqlCondition &operator+=(const QString &text);

    [[nodiscard]] bool isEmpty() const { return sql.isEmpty(); }
};

/// Binds from parameter `first` on; returns the number of the next parameter.
int bindValues(storage::Statement &statement, const std::vector<SqlValue> &values, int first = 1);

/// An identifier in double quotes, as `order` and `group` are words of SQL.
[[nodiscard]] QString quotedName(const QString &identifier);

/// What a Reference column holds for `id`: 16 bytes with one target entity, otherwise its number (2 bytes, big endian) first.
[[nodiscard]] QByteArray referenceBytes(const model::Field &field, model::EntityId target, const base::Id &id);
/// 18 bytes: the entity's number, then the id.
[[nodiscard]] QByteArray entityReferenceBytes(model::EntityId target, const base::Id &id);

} // namespace fieldfare::store
