// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/salvage/salvaged_pages.h"

#include <functional>
#include <limits>
#include <optional>
#include <set>
#include <vector>

namespace fieldfare::storage {

/// A value of a row as SQLite stores it.
struct SalvagedValue {
    enum class Type { Null, Integer, Real, Text, Blob };
    Type type = Type::Null;
    qint64 integer = 0;
    double real = 0;
    QByteArray bytes; ///< Of Text (UTF-8) and Blob.
};

/// A row of a table, or an entry of an index or of a table WITHOUT ROWID (rowid 0, the key's columns first).
struct SalvagedRow {
    qint64 rowid = 0;
    std::vector<SalvagedValue> values;
};

/// Pages of one tree that cannot be read, and what may have been on them.
struct SalvageGap {
    std::uint32_t page = 0;
    qint64 above = std::numeric_limits<qint64>::min(); ///< Of a table: its rowids are larger than this,
    qint64 upTo = std::numeric_limits<qint64>::max();  ///< and not larger than this.
};

/// Reads the rows of tables and indexes from pages, by the format alone (sqlite.org/fileformat2, 1.6 and 2.1): past damaged
/// pages, which SQLite itself does not go on behind.
class TreeReader {
public:
    using OnRow = std::function<void(const SalvagedRow &)>;

    explicit TreeReader(SalvagedPages &pages) : m_pages(pages) {}

    /// All rows of the tree that can be reached from its root, in order; what could not be read is added to the lists below.
    void walk(std::uint32_t root, const OnRow &onRow);
    /// Of the last walk().
    [[nodiscard]] const std::vector<SalvageGap> &gaps() const { return m_gaps; }
    /// Rows whose beginning could be read, but not the pages that they go on to.
    [[nodiscard]] const std::vector<qint64> &tornRows() const { return m_tornRows; }

    /// Whether any walk() has come by this page. What none has come by belongs to a tree whose upper page is damaged, or to none.
    [[nodiscard]] bool wasVisited(std::uint32_t page) const { return m_visited.contains(page); }
    void markVisited(std::uint32_t page) { m_visited.insert(page); }
    /// The rows of one page, when it is a leaf of a table (or, with `ofIndex`, of an index or a table WITHOUT ROWID).
    [[nodiscard]] std::optional<std::vector<SalvagedRow>> leaf(std::uint32_t page, bool ofIndex);

private:
    void walkPage(std::uint32_t number, const SalvageGap &bounds, int depth, const OnRow &onRow);
    [[nodiscard]] std::optional<SalvagedRow> readCell(const std::uint8_t *page, size_t at, bool ofIndex, qint64 *rowid);
    [[nodiscard]] bool readPayload(const std::uint8_t *page, size_t at, std::uint64_t size, bool ofIndex, std::vector<std::uint8_t> &payload);

    SalvagedPages &m_pages;
    std::vector<SalvageGap> m_gaps;
    std::vector<qint64> m_tornRows;
    std::set<std::uint32_t> m_visited;
};

} // namespace fieldfare::storage
