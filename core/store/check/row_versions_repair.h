// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/row_versions.h"
#include "core/model/entity.h"
#include "core/storage/connection.h"

/// The versions of a row's fields (core/changes/row_versions.h), when what is stored cannot be read.
namespace fieldfare::store::row_versions {

/// Below what any server has given.
[[nodiscard]] bool arePossible(const changes::RowVersions &versions);
/// True, too, when there is no such row, or its page cannot be read.
base::Result<bool> areReadable(storage::Connection &connection, const model::Entity &entity, const base::Id &id);

/// Writes versions that can be read: none for a row that no server has (it stands alone, or its create waits);
/// otherwise what history says a field got last, and the row's own for the others. That is never above the truth: a
/// field with too low a version takes the server's value, and the next own edit of it is judged as one that has not
/// seen the latest. The caller lets the next sync download again, which brings what is still too low. In a transaction
/// of its own.
base::Result<void> recompute(storage::Connection &connection, const model::Entity &entity, const base::Id &id, bool isStandAlone);

} // namespace fieldfare::store::row_versions
