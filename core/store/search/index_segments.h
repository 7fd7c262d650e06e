// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <QByteArray>

#include <optional>

namespace fieldfare::store::search {

/// The pieces that an FTS5 table consists of: each query looks its words up in every one of them, so that a table that was
/// written in many transactions answers several times slower than one that was merged.
struct IndexSegments {
    int count = 0;
    std::int64_t pages = 0;   ///< Leaves of all segments.
    std::int64_t largest = 0; ///< Leaves of the largest.
    int merging = 0;          ///< Segments that a merge has begun to gather: all of them stay until it has read them to the end.

    /// Worth merging into one: more than a few segments, and a tenth of the table or more is not in the largest. As what merging
    /// costs goes with the table, every row is so rewritten about ten times in its life, whatever the table's size. A merge of all
    /// but the one that it writes is always ended, however large that one has become.
    [[nodiscard]] bool areScattered() const;
};

/// From the structure record of FTS5 (ext/fts5/fts5_index.c, "structure record"): a cookie of 4 bytes, then SQLite's varints:
/// levels, segments, writes; for each level: segments being merged, segments; for each of those: id, first page, last page. Empty
/// when it is no record of that version.
[[nodiscard]] std::optional<IndexSegments> decodeSegments(const QByteArray &structure);

/// Merges the segments of one table (its plain name) as long as they are scattered, some pages a call: a few milliseconds. True:
/// something is left. In the caller's transaction.
base::Result<bool> mergeSegments(storage::Connection &connection, const QString &table);
/// Whether mergeSegments() has something to do.
base::Result<bool> isScattered(storage::Connection &connection, const QString &table);

} // namespace fieldfare::store::search
