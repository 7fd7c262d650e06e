// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/model/record.h"
#include "core/storage/field_columns.h"

#include <QHash>

#include <vector>

namespace fieldfare::store {

/// The name in double quotes, as SQL wants identifiers; only for names of the catalog.
[[nodiscard]] QString quoted(const QString &identifier);

/// How the rows of one entity lie in their table (core/store/docs/tables.md): which column a field has and how its values are
/// bound and read. Immutable; keeps its catalog alive. One place for all SQL that names an entity's columns.
class TableLayout {
public:
    /// Columns of `selectList`, before those of the fields.
    enum HeadColumn { Rid, IdColumn, Trashed, CreatedAt, CreatedBy, ModifiedAt, ModifiedBy, VersionBase, VersionExceptions, CreatedN, Unknown, FirstField };

    /// A field and where it stands.
    struct Slot {
        const model::Field *field = nullptr;
        storage::FieldColumn column;
        int at = 0; ///< In selectList.
        bool replicated = true;
    };

    TableLayout(model::CatalogPointer catalog, const model::Entity &entity);
    /// Rows of an entity that the catalog does not know: everything goes to column `unknown` of table entity_<n>.
    explicit TableLayout(model::EntityId unknownEntity);

    [[nodiscard]] model::EntityId entity() const { return m_entity; }
    [[nodiscard]] const model::Entity *description() const { return m_description; }
    [[nodiscard]] const QString &table() const { return m_table; } ///< Quoted.
    [[nodiscard]] const std::vector<Slot> &slotList() const { return m_slots; }
    [[nodiscard]] const Slot *slot(const model::FieldKey &field) const;
    [[nodiscard]] int columnCount() const { return m_columnCount; }
    [[nodiscard]] const QString &selectList() const { return m_selectList; }

    /// The column names of a field, quoted.
    [[nodiscard]] static QStringList columns(const Slot &slot);

    /// The present row of a statement that selected selectList, as a Record. Unknown fields are left out.
    [[nodiscard]] model::Record readRecord(const storage::Statement &statement) const;

private:
    void finish();

    model::CatalogPointer m_catalog;
    const model::Entity *m_description = nullptr;
    model::EntityId m_entity = 0;
    QString m_table;
    QString m_selectList;
    int m_columnCount = FirstField;
    std::vector<Slot> m_slots;
    std::vector<int> m_byNumber; // built-in fields; -1 for none
    QHash<model::FieldKey, int> m_byKey; // custom fields
};

/// 16 bytes, or NULL for the null id.
void bindId(storage::Statement &statement, int index, const base::Id &id);
[[nodiscard]] base::Id readId(const storage::Statement &statement, int column);

} // namespace fieldfare::store
