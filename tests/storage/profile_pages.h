// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/salvage/tree_reader.h"

#include <QByteArray>
#include <QString>

#include <memory>
#include <vector>

namespace fieldfare::store_test {

/// The pages of a closed profile, for a test that wants to know which page is whose, and what stands on it, before it
/// damages some. Anything that goes wrong ends the test program. One thread.
class ProfilePages {
public:
    static constexpr int kPageSize = 4096;

    ProfilePages(const QString &folder, std::shared_ptr<const storage::DataKey> key);

    [[nodiscard]] storage::SalvagedPages &pages() { return *m_pages; }
    /// Of a table or an index, by the schema.
    [[nodiscard]] std::uint32_t rootOf(const char *name) const;
    /// The pages below an inner page, in order; none below a leaf.
    [[nodiscard]] std::vector<std::uint32_t> childrenOf(std::uint32_t page);
    /// Of a table or an index, in order.
    [[nodiscard]] std::vector<std::uint32_t> leavesOf(const char *name);
    /// Of a table, those on one leaf.
    [[nodiscard]] std::vector<storage::SalvagedRow> rowsOn(std::uint32_t leaf);
    /// Decrypted; empty when it cannot be read.
    [[nodiscard]] QByteArray plain(std::uint32_t page);

    /// Flips one bit of the page in the database file of `folder`.
    static void damage(const QString &folder, std::uint32_t page, int at = 1000);

private:
    const QString m_database;
    const std::shared_ptr<const storage::DataKey> m_key;
    std::unique_ptr<storage::SalvagedPages> m_pages;
};

} // namespace fieldfare::store_test
