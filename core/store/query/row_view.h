// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/record.h"

#include <utility>
#include <vector>

namespace fieldfare::store {

/// What a list shows beside a row's values.
enum RowMark : std::uint8_t {
    Waiting = 1U << 0,     ///< Own edits have no verdict yet.
    InConflict = 1U << 1,  ///< An open conflict is about it.
    NotAccepted = 1U << 2, ///< The tray holds a refused edit of it.
    Unreadable = 1U << 3,  ///< Its part of the file is damaged: the record has its rid and nothing else (OnDamage::Mark).
};

/// What a reader does with a row whose part of the file is damaged.
enum class OnDamage {
    Fail, ///< FileDamaged, for all rows that were asked for.
    Mark, ///< The row is Unreadable; a title, tag or mark that cannot be read is left out.
};

/// A row as a list shows it: the record with its tags, what its references are called, and its marks. A plain value.
struct RowView {
    model::Record record;
    std::vector<std::pair<int, QString>> referenceTitles; ///< By Field::index; only references to records that are here.
    std::uint8_t marks = 0;

    [[nodiscard]] bool has(RowMark mark) const { return (marks & mark) != 0; }
    /// Title of the target, its number when it has no title; empty when the field is, or the target is not here.
    [[nodiscard]] QString referenceTitle(const model::Field &field) const
    {
        for (const auto &[index, title] : referenceTitles) {
            if (index == field.index)
                return title;
        }
        return {};
    }
};

} // namespace fieldfare::store
