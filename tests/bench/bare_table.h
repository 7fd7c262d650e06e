// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/id.h"
#include "core/storage/connection.h"

#include <map>
#include <memory>

namespace fieldfare::bench {

/// Baseline: one table with the columns, indexes and pragmas of the product's, and its rows, written by nothing but prepared
/// statements. In an encrypted file with a key, in a plain one without.
class BareTable {
public:
    static base::Result<BareTable> copyOf(storage::Connection &source, const QString &table, const QString &path,
                                          std::shared_ptr<const storage::DataKey> key);

    /// Reads all rows of the source into memory, then writes them in transactions of so many rows. Seconds of the writing.
    base::Result<double> insertAllAgain(int rowsATransaction);
    base::Result<std::vector<base::Id>> someIds(int count);
    /// One durable transaction.
    base::Result<void> updateText(const QString &column, const base::Id &id, const QString &text);
    base::Result<void> close();

private:
    storage::Connection *m_source = nullptr;
    QString m_table;
    std::unique_ptr<storage::Connection> m_connection;
};

/// Bytes of the pages of each table and index of a file, by its name.
base::Result<std::map<QString, std::int64_t>> bytesByTable(storage::Connection &connection);

} // namespace fieldfare::bench
