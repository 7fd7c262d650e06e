// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/storage/salvage/tree_reader.h"

#include <QList>
#include <QStringList>

namespace fieldfare::store {

/// A table of a damaged profile: where it begins, and what its rows look like.
struct SalvageTable {
    struct Column {
        QString name;
        QString type;
    };
    QString name;
    QString sql;                 ///< As the file has it; for a table that its schema does not tell of any more: today's.
    std::uint32_t root = 0;      ///< 0: unknown.
    std::uint32_t idIndex = 0;   ///< Root of the index of ids; 0: none, or unknown.
    QList<Column> columns;
    int rowidColumn = -1;        ///< Stands for the rowid and is NULL in the stored row.
    bool isWithoutRowid = false;
    bool isKept = true;          ///< False: of the search tables, which are only walked through to know whose a page is.
    std::vector<storage::SalvageGap> gaps;
    std::vector<qint64> tornRows;

    /// How well a row could be this table's: 0 not at all.
    [[nodiscard]] int likeness(const storage::SalvagedRow &row) const;
};

/// The tables by what can be read of the file's schema; those that are missing there, as this program makes them.
class SalvageSchema {
public:
    static base::Result<SalvageSchema> read(storage::SalvagedPages &pages, storage::TreeReader &tree, const model::Catalog &catalog);

    [[nodiscard]] std::vector<SalvageTable> &tables() { return m_tables; }
    [[nodiscard]] const std::vector<std::uint32_t> &indexRoots() const { return m_indexRoots; }

private:
    struct Entry;
    base::Result<void> addTable(const QString &name, const QString &sql, std::uint32_t root, bool isKept);
    base::Result<void> addMissing(const model::Catalog &catalog);
    [[nodiscard]] bool has(const QString &name) const;

    std::vector<SalvageTable> m_tables;
    std::vector<std::uint32_t> m_indexRoots;
};

} // namespace fieldfare::store
