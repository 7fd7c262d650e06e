// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/model/value.h"

#include <QStringList>

#include <vector>

namespace fieldfare::model {

/// One row as read from the store: a plain value, safe to hand between threads.
struct Record {
    EntityId entity = 0;
    base::Id id;
    std::int64_t rid = 0;      ///< Local row id; 0 when not stored yet.
    bool trashed = false;
    std::int64_t createdAt = 0;  ///< ms UTC
    std::int64_t modifiedAt = 0; ///< ms UTC
    base::Id createdBy;          ///< user; null for the program itself
    base::Id modifiedBy;
    std::vector<Value> values;   ///< By Field::index; shorter when the catalog has grown since.
    QStringList tags;            ///< Names, sorted; filled only where asked for.

    [[nodiscard]] const Value &value(const Field &field) const
    {
        static const Value none;
        return field.index >= 0 && size_t(field.index) < values.size() ? values[size_t(field.index)] : none;
    }
    void setValue(const Field &field, Value value)
    {
        if (size_t(field.index) >= values.size())
            values.resize(size_t(field.index) + 1);
        values[size_t(field.index)] = std::move(value);
    }
};

} // namespace fieldfare::model
