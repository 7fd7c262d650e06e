// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/storage/field_columns.h"

#include <optional>

/// The labels of rows in SQL, all at once: what Labeller (sync/server/merge/labeller.h) does for one row after the other. For stores
/// of before there were labels, and to check that the labels of a store are those of its fields.
namespace fieldfare::server {

/// The column by which rows of the entity hang on others: its parentField, or which record a conflict is about.
struct HangingColumn {
    const model::Field *field = nullptr; ///< The catalog's.
    storage::FieldColumn column;
};
[[nodiscard]] std::optional<HangingColumn> hangingColumn(const model::Catalog &catalog, const model::Entity &entity);

/// Rows of the entity may have another label than everybody's.
[[nodiscard]] bool hasLabels(const model::Catalog &catalog, const model::Entity &entity);

/// Gives every row, and its entry in the change index, its label. Inside a transaction.
[[nodiscard]] base::Result<void> labelAllRows(storage::Connection &connection, const model::Catalog &catalog);

/// How many rows of the entity have another label than their fields say.
[[nodiscard]] base::Result<qint64> countWrongLabels(storage::Connection &connection, const model::Catalog &catalog, const model::Entity &entity);

} // namespace fieldfare::server
