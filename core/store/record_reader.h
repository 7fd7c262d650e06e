// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/model/record.h"
#include "core/storage/connection.h"
#include "core/store/query/list_query.h"
#include "core/store/table_layout.h"

#include <map>
#include <optional>
#include <span>

namespace fieldfare::store {

/// Reads single records by id on any connection to the profile, the store's own or a reader's. Uses the thread of its
/// connection. Every statement here goes through an index.
class RecordReader {
public:
    RecordReader(storage::Connection &connection, model::CatalogPointer catalog);

    void setCatalog(model::CatalogPointer catalog);
    [[nodiscard]] const model::CatalogPointer &catalog() const { return m_catalog; }
    /// UnknownEntity for an id that the catalog lacks.
    base::Result<const TableLayout *> layout(model::EntityId entity);

    base::Result<std::optional<model::Record>> find(model::EntityId entity, const base::Id &id);
    base::Result<std::vector<model::Record>> records(model::EntityId entity, std::span<const base::Id> ids);
    /// Of a list; empty when there is none.
    base::Result<std::optional<model::Record>> first(const ListQuery &query);
    /// Names of the record's tags, sorted.
    base::Result<QStringList> tags(const model::Reference &record);
    /// See Store::resolve.
    base::Result<base::Id> resolve(model::EntityId entity, const QString &text);
    base::Result<QString> title(const model::Reference &reference);
    /// Records that are not in the trash and point here, as (entity, id), at most `limit`; those in `exceptAction` (local
    /// number of an action) were created by it and are left out; 0 for none.
    base::Result<std::vector<model::Reference>> referencing(const model::Reference &record, int limit, qint64 exceptAction = 0);

private:
    base::Result<std::vector<base::Id>> idsWhere(const TableLayout &layout, const model::Field &field, const QString &text);

    storage::Connection &m_connection;
    model::CatalogPointer m_catalog;
    std::map<model::EntityId, TableLayout> m_layouts;
};

} // namespace fieldfare::store
