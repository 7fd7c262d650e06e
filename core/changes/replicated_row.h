// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/operation.h"

#include <vector>

namespace fieldfare::changes {

/// Who made and last changed a row, and when (ms UTC).
struct RowStamp {
    std::int64_t createdAt = 0;
    base::Id createdBy;
    std::int64_t modifiedAt = 0;
    base::Id modifiedBy;
    friend bool operator==(const RowStamp &, const RowStamp &) = default;
};

/// A row as sync sees it: fields by key, unknown ones included. The trashed mark is the field kTrashedNumber with value 1.
struct ReplicatedRow {
    model::EntityId entity = 0;
    base::Id id;
    std::vector<FieldValue> values; ///< Only those not empty, sorted by key.
    RowVersions versions;
    RowStamp stamp;

    [[nodiscard]] const model::Value &value(const model::FieldKey &field) const;
    void setValue(const model::FieldKey &field, model::Value value);
    [[nodiscard]] bool isTrashed() const { return value(model::FieldKey(model::kTrashedNumber)).integerOr(0) == 1; }
    friend bool operator==(const ReplicatedRow &, const ReplicatedRow &) = default;
};

/// What a pull carries of one row: the fields above the device's cursor, or a tombstone.
struct RowChange {
    model::EntityId entity = 0;
    base::Id id;
    Version seq = 0;        ///< Of the row's latest entry in the change index.
    bool erased = false;    ///< Tombstone; nothing else is set then.
    Version createVersion = 0;
    struct Field {
        model::FieldKey field;
        Version version = 0;
        model::Value value;
        friend bool operator==(const Field &, const Field &) = default;
    };
    std::vector<Field> fields;
    RowStamp stamp;
    bool left = false;      ///< The user sees it no more (scopes.md): it is forgotten, not deleted. Nothing else is set then.
    friend bool operator==(const RowChange &, const RowChange &) = default;
};

} // namespace fieldfare::changes
