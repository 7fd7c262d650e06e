// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/replicated_row.h"

#include <algorithm>

namespace fieldfare::changes {

namespace {

auto lowerBound(const std::vector<FieldValue> &values, const model::FieldKey &field)
{
    return std::lower_bound(values.begin(), values.end(), field,
                            [](const FieldValue &entry, const model::FieldKey &key) { return entry.field < key; });
}

} // namespace

const model::Value &ReplicatedRow::value(const model::FieldKey &field) const
{
    static const model::Value none;
    const auto it = lowerBound(values, field);
    return it != values.end() && it->field == field ? it->value : none;
}

void ReplicatedRow::setValue(const model::FieldKey &field, model::Value value)
{
    const auto it = values.begin() + (lowerBound(values, field) - values.cbegin());
    const bool found = it != values.end() && it->field == field;
    if (value.isEmpty()) {
        if (found)
            values.erase(it);
    } else if (found) {
        it->value = std::move(value);
    } else {
        values.insert(it, FieldValue{field, std::move(value)});
    }
}

} // namespace fieldfare::changes
