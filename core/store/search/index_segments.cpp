// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/search/index_segments.h"

#include "core/store/query/sql_condition.h"

#include <algorithm>

namespace fieldfare::store::search {

using base::Result;
using storage::Connection;
using storage::Statement;
using storage::StatementReset;

namespace {

constexpr int kFewSegments = 4;
constexpr std::int64_t kSmallPages = 64;
constexpr int kMergedPages = 32; ///< Written by one call.
constexpr int kStructureRow = 10;
constexpr int kCookieSize = 4;
constexpr quint64 kMostSegments = 2000; ///< FTS5_MAX_SEGMENT

/// Reads SQLite's big-endian varints of up to nine bytes (SQLite file format, 1.6).
class Varints {
public:
    explicit Varints(QByteArrayView bytes) : m_bytes(bytes) {}

    quint64 next()
    {
        quint64 value = 0;
        for (int i = 0; i < 9; ++i) {
            if (m_at >= m_bytes.size()) {
                m_isSound = false;
                return 0;
            }
            const auto byte = quint8(m_bytes.at(m_at++));
            if (i == 8)
                return (value << 8) | byte;
            value = (value << 7) | (byte & 0x7FU);
            if ((byte & 0x80U) == 0)
                return value;
        }
        return value;
    }
    [[nodiscard]] bool isSound() const { return m_isSound; }
    [[nodiscard]] bool atEnd() const { return m_at == m_bytes.size(); }

private:
    QByteArrayView m_bytes;
    qsizetype m_at = 0;
    bool m_isSound = true;
};

} // namespace

bool IndexSegments::areScattered() const
{
    const bool isHalfMerged = merging > 0 && merging == count - 1;
    return count > kFewSegments && pages >= kSmallPages && (isHalfMerged || largest * 10 < pages * 9);
}

std::optional<IndexSegments> decodeSegments(const QByteArray &structure)
{
    if (structure.size() <= kCookieSize)
        return std::nullopt;
    Varints numbers(QByteArrayView(structure).sliced(kCookieSize));
    const quint64 levels = numbers.next();
    const quint64 segments = numbers.next();
    numbers.next(); // writes so far
    if (!numbers.isSound() || levels > kMostSegments || segments > kMostSegments)
        return std::nullopt;
    IndexSegments found;
    for (quint64 level = 0; level < levels; ++level) {
        found.merging = std::max(found.merging, int(std::min(numbers.next(), kMostSegments)));
        const quint64 here = numbers.next();
        for (quint64 i = 0; i < here && numbers.isSound(); ++i) {
            numbers.next(); // id
            const auto first = std::int64_t(numbers.next());
            const auto last = std::int64_t(numbers.next());
            if (first > last || last > std::int64_t(1) << 31)
                return std::nullopt;
            ++found.count;
            found.pages += last - first + 1;
            found.largest = std::max(found.largest, last - first + 1);
        }
    }
    if (!numbers.isSound() || !numbers.atEnd() || quint64(found.count) != segments)
        return std::nullopt;
    return found;
}

Result<bool> isScattered(Connection &connection, const QString &table)
{
    Statement &read = connection.statement(QStringLiteral("SELECT block FROM %1 WHERE id = ?").arg(quotedName(table + QStringLiteral("_data"))));
    const StatementReset reset(read);
    read.bind(1, kStructureRow);
    FIELDFARE_ASSIGN(const bool row, read.step());
    const std::optional<IndexSegments> segments = row ? decodeSegments(read.blob(0)) : std::nullopt;
    return segments && segments->areScattered();
}

Result<bool> mergeSegments(Connection &connection, const QString &table)
{
    FIELDFARE_ASSIGN(const bool scattered, isScattered(connection, table));
    if (!scattered)
        return false;
    // A negative number gathers all segments into one merge and goes on with it; without an effect, nothing is left to merge
    // (FTS5, 6.8, "the 'merge' command").
    const qint64 before = connection.totalChanges();
    Statement &merge = connection.statement(QStringLiteral("INSERT INTO %1(%1, rank) VALUES ('merge', ?)").arg(quotedName(table)));
    {
        const StatementReset reset(merge);
        merge.bind(1, -kMergedPages);
        FIELDFARE_TRY(merge.step());
    }
    return connection.totalChanges() - before >= 2;
}

} // namespace fieldfare::store::search
