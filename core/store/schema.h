// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"

#include <QStringList>

namespace fieldfare::store {

/// Version of the tables that do not follow from the catalog; a step up needs a numbered migration.
inline constexpr int kSchemaVersion = 1;

/// The tables of a profile, written out in core/store/docs/tables.md. Everything about an entity's table follows from the
/// catalog; the rest (outbox, history, ...) is fixed text. Statements only; nothing here runs them.
namespace schema {

struct Index {
    QString name;
    QString statement;
};

[[nodiscard]] QStringList systemTables();
/// Columns that every entity's table begins with, and those of its fields.
[[nodiscard]] QString createTable(const model::Entity &entity);
/// Head columns only, for rows of an entity that the catalog does not know.
[[nodiscard]] QString createUnknownTable(model::EntityId entity);
/// "name" TEXT COLLATE NOCASE and the like, one a column of the field.
[[nodiscard]] QStringList columnDefinitions(const model::Field &field);
/// Secondary indexes: (trashed, field) for Sortable fields, (field) where not NULL for references. Names begin with
/// indexPrefix(entity).
[[nodiscard]] QList<Index> indexes(const model::Entity &entity);
[[nodiscard]] QString indexPrefix(const model::Entity &entity);

} // namespace schema
} // namespace fieldfare::store
