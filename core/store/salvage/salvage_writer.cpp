// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage/salvage_writer.h"

#include "core/base/id.h"
#include "core/store/migrations.h"
#include "core/store/schema.h"
#include "core/store/table_layout.h"

#include <algorithm>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using storage::SalvagedRow;
using storage::SalvagedValue;
using storage::SalvageGap;

namespace {

constexpr qint64 kRowsATransaction = 5000;

void bind(storage::Statement &statement, int index, const SalvagedValue &value)
{
    switch (value.type) {
    case SalvagedValue::Type::Null:
        statement.bindNull(index);
        break;
    case SalvagedValue::Type::Integer:
        statement.bind(index, value.integer);
        break;
    case SalvagedValue::Type::Real:
        statement.bind(index, qint64(value.real)); // no column of ours holds one
        break;
    case SalvagedValue::Type::Text:
        statement.bindText(index, QString::fromUtf8(value.bytes));
        break;
    case SalvagedValue::Type::Blob:
        statement.bindBlob(index, value.bytes);
        break;
    }
}

/// How well rowids fit into what a table lacks: 0 not at all, more when the gap has ends.
int fitOf(const SalvageTable &table, const std::vector<SalvagedRow> &rows)
{
    int best = 0;
    for (const SalvageGap &gap : table.gaps) {
        if (!table.isWithoutRowid && (rows.front().rowid <= gap.above || rows.back().rowid > gap.upTo))
            continue;
        const int ends = int(gap.above != SalvageGap().above) + int(gap.upTo != SalvageGap().upTo);
        best = std::max(best, 1 + ends);
    }
    return best;
}

} // namespace

SalvageWriter::SalvageWriter(storage::SalvagedPages &pages, storage::Connection &to, SalvageReport &report, std::function<bool(int percent)> idle)
    : m_pages(pages), m_tree(pages), m_to(to), m_report(report), m_idle(std::move(idle))
{
}

SalvageReport::Table &SalvageWriter::told(const QString &table)
{
    for (SalvageReport::Table &entry : m_report.tables) {
        if (entry.name == table)
            return entry;
    }
    SalvageReport::Table entry;
    entry.name = table;
    m_report.tables.append(entry);
    return m_report.tables.last();
}

Result<void> SalvageWriter::pause(bool isLast)
{
    if (!isLast && ++m_rowsInTransaction < kRowsATransaction)
        return {};
    m_rowsInTransaction = 0;
    FIELDFARE_TRY(m_to.execute(QLatin1StringView("COMMIT")));
    const size_t all = std::max<size_t>(1, m_schema.tables().size());
    if (m_idle && m_idle(int(m_tablesDone * 100 / all)))
        return {ErrorCode::Cancelled, QStringLiteral("the salvage was stopped")};
    return isLast ? Result<void>() : m_to.execute(QLatin1StringView("BEGIN"));
}

Result<void> SalvageWriter::take(SalvageTable &table, const SalvagedRow &row)
{
    if (!table.isKept || table.likeness(row) == 0) {
        m_report.strayRows += table.isKept ? 1 : 0;
        return {};
    }
    QStringList names;
    QStringList places;
    for (size_t i = 0; i < row.values.size(); ++i) {
        names.append(quoted(table.columns.at(qsizetype(i)).name));
        places.append(QStringLiteral("?"));
    }
    storage::Statement &insert = m_to.statement(QStringLiteral("INSERT OR IGNORE INTO %1(%2) VALUES (%3)")
                                                    .arg(quoted(table.name), names.join(QLatin1Char(',')), places.join(QLatin1Char(','))));
    for (size_t i = 0; i < row.values.size(); ++i) {
        if (int(i) == table.rowidColumn)
            insert.bind(int(i) + 1, row.rowid);
        else
            bind(insert, int(i) + 1, row.values[i]);
    }
    FIELDFARE_TRY(insert.run());
    told(table.name).rows += m_to.changes();
    return pause();
}

Result<void> SalvageWriter::takeTable(SalvageTable &table)
{
    Result<void> taken;
    m_tree.walk(table.root, [&](const SalvagedRow &row) {
        if (taken.ok())
            taken = take(table, row);
    });
    FIELDFARE_TRY(taken);
    table.gaps = m_tree.gaps();
    table.tornRows = m_tree.tornRows();
    return {};
}

/// The one table that they can be of; null when there is none, or more than one.
SalvageTable *SalvageWriter::ownerOf(const std::vector<SalvagedRow> &rows, bool ofIndex)
{
    SalvageTable *owner = nullptr;
    int best = 0;
    bool isShared = false;
    for (SalvageTable &table : m_schema.tables()) {
        if (table.gaps.empty() || table.isWithoutRowid != ofIndex)
            continue;
        int likeness = 4;
        for (const SalvagedRow &row : rows)
            likeness = std::min(likeness, table.likeness(row));
        const int fit = fitOf(table, rows);
        const int score = likeness == 0 || fit == 0 ? 0 : likeness * 4 + fit;
        if (score > best) {
            owner = &table;
            best = score;
            isShared = false;
        } else if (score > 0 && score == best) {
            isShared = true;
        }
    }
    return isShared ? nullptr : owner;
}

Result<void> SalvageWriter::takeStrayPages()
{
    const auto hasGaps = [this](bool ofIndex) {
        return std::any_of(m_schema.tables().begin(), m_schema.tables().end(),
                           [ofIndex](const SalvageTable &table) { return !table.gaps.empty() && table.isWithoutRowid == ofIndex; });
    };
    if (hasGaps(true)) { // whose pages look like those of indexes
        for (const std::uint32_t root : m_schema.indexRoots())
            m_tree.walk(root, [](const SalvagedRow &) {});
    }
    for (const bool ofIndex : {false, true}) {
        for (std::uint32_t page = 2; hasGaps(ofIndex) && page <= m_pages.count(); ++page) {
            if (m_tree.wasVisited(page))
                continue;
            const auto rows = m_tree.leaf(page, ofIndex);
            if (!rows || rows->empty())
                continue;
            SalvageTable *owner = ownerOf(*rows, ofIndex);
            if (owner == nullptr)
                m_report.strayRows += ofIndex ? 0 : qint64(rows->size()); // of an index they are nobody's loss
            for (const SalvagedRow &row : *rows) {
                if (owner != nullptr)
                    FIELDFARE_TRY(take(*owner, row));
            }
        }
    }
    return {};
}

/// The index of ids says which rows there were.
Result<void> SalvageWriter::countLost(const SalvageTable &table, SalvageReport::Table &entry)
{
    if (table.idIndex == 0)
        return {};
    const QString sql = QStringLiteral("SELECT 1 FROM %1 WHERE id = ?").arg(quoted(table.name));
    Result<void> asked;
    qint64 lost = 0;
    storage::TreeReader index(m_pages); // of its own: the pages may have been visited before
    index.walk(table.idIndex, [&](const SalvagedRow &row) {
        if (!asked.ok() || row.values.empty() || row.values.front().bytes.size() != base::Id::kSize)
            return;
        storage::Statement &query = m_to.statement(sql);
        const storage::StatementReset reset(query);
        query.bindBlob(1, row.values.front().bytes);
        const auto found = query.step();
        if (!found.ok()) {
            asked = found.error();
        } else if (!*found) {
            ++lost;
            if (entry.lostIds.size() < SalvageReport::kMostIds)
                entry.lostIds.append(base::Id::fromBytes(row.values.front().bytes).toString());
        }
    });
    FIELDFARE_TRY(asked);
    if (index.gaps().empty())
        entry.lostRows = lost;
    return {};
}

Result<void> SalvageWriter::finishSchema(const model::Catalog &catalog)
{
    for (const QString &statement : schema::systemTables()) {
        if (statement.startsWith(QLatin1StringView("CREATE INDEX")))
            FIELDFARE_TRY(m_to.execute(statement));
    }
    return noteSalvaged(m_to, catalog);
}

Result<void> SalvageWriter::run(const model::Catalog &catalog)
{
    FIELDFARE_ASSIGN(m_schema, SalvageSchema::read(m_pages, m_tree, catalog));
    FIELDFARE_TRY(m_to.execute(QLatin1StringView("BEGIN")));
    for (const SalvageTable &table : m_schema.tables()) {
        if (table.isKept)
            FIELDFARE_TRY(m_to.execute(table.sql));
    }
    for (SalvageTable &table : m_schema.tables()) {
        if (table.root != 0)
            FIELDFARE_TRY(takeTable(table));
        ++m_tablesDone;
    }
    FIELDFARE_TRY(takeStrayPages());
    for (const SalvageTable &table : m_schema.tables()) {
        const bool isLacking = !table.gaps.empty() || !table.tornRows.empty();
        if (!table.isKept || !isLacking)
            continue;
        SalvageReport::Table &entry = told(table.name);
        entry.tornRows = qint64(table.tornRows.size());
        for (const SalvageGap &gap : table.gaps)
            entry.ranges.append({gap.page, gap.above, gap.upTo});
        FIELDFARE_TRY(countLost(table, entry));
    }
    FIELDFARE_TRY(finishSchema(catalog));
    return pause(true);
}

} // namespace fieldfare::store
