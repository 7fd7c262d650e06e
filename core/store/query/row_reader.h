// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/store/query/row_view.h"

#include <QHash>
#include <QSet>

#include <optional>
#include <span>

namespace fieldfare::store {

class TableLayout;

/// Completes rows for a list: tags, what references are called, marks. What one call has looked up, such as the name of an
/// owner, is kept for the next; so make one for each page, not one for ever.
class RowReader {
public:
    RowReader(storage::Connection &connection, model::CatalogPointer catalog, OnDamage onDamage = OnDamage::Fail)
        : m_connection(connection), m_catalog(std::move(catalog)), m_onDamage(onDamage)
    {
    }

    /// In the order of `rids`; rows that are gone are left out.
    base::Result<std::vector<RowView>> read(model::EntityId entity, std::span<const std::int64_t> rids);
    /// The target's title, its number when it has none; empty when it is not here.
    base::Result<QString> title(const model::Reference &reference);
    /// With OnDamage::Mark: the first damage that was met.
    [[nodiscard]] const std::optional<base::Error> &damage() const { return m_damage; }

private:
    /// No value when there is no such row.
    base::Result<std::optional<RowView>> readRow(const TableLayout &layout, const QString &sql, std::int64_t rid);
    /// Success in place of damage that is to be marked.
    base::Result<void> tolerated(base::Result<void> result);
    base::Result<void> addTitles(const model::Entity &entity, RowView &row);
    base::Result<void> addTags(const model::Entity &entity, model::Record &record);
    base::Result<void> addMarks(RowView &row);
    base::Result<void> readTray();

    storage::Connection &m_connection;
    model::CatalogPointer m_catalog;
    OnDamage m_onDamage;
    std::optional<base::Error> m_damage;
    QHash<base::Id, QString> m_titles;
    std::optional<QSet<base::Id>> m_refused; ///< Records that the tray speaks of.
};

} // namespace fieldfare::store
