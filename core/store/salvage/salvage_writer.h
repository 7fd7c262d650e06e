// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/store/salvage/salvage_report.h"
#include "core/store/salvage/salvage_tables.h"

#include <functional>

namespace fieldfare::store {

/// Writes what TreeReader finds into a new database, table by table: first what can be reached from the tables' roots, then pages
/// whose upper page is damaged, by what their rows look like and by the gap of rowids that they fit into.
class SalvageWriter {
public:
    /// `to` is empty. `idle`: true stops with Cancelled.
    SalvageWriter(storage::SalvagedPages &pages, storage::Connection &to, SalvageReport &report, std::function<bool(int percent)> idle);

    base::Result<void> run(const model::Catalog &catalog);

private:
    base::Result<void> take(SalvageTable &table, const storage::SalvagedRow &row);
    base::Result<void> takeTable(SalvageTable &table);
    base::Result<void> takeStrayPages();
    base::Result<void> countLost(const SalvageTable &table, SalvageReport::Table &told);
    base::Result<void> finishSchema(const model::Catalog &catalog);
    base::Result<void> pause(bool isLast = false);
    [[nodiscard]] SalvageTable *ownerOf(const std::vector<storage::SalvagedRow> &rows, bool ofIndex);
    SalvageReport::Table &told(const QString &table);

    storage::SalvagedPages &m_pages;
    storage::TreeReader m_tree;
    storage::Connection &m_to;
    SalvageReport &m_report;
    std::function<bool(int percent)> m_idle;
    SalvageSchema m_schema;
    qint64 m_rowsInTransaction = 0;
    size_t m_tablesDone = 0;
};

} // namespace fieldfare::store
