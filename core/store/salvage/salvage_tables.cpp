// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage/salvage_tables.h"

#include "core/base/id.h"
#include "core/store/schema.h"
#include "core/store/table_layout.h"

#include <QRegularExpression>

#include <algorithm>

namespace fieldfare::store {

using base::Result;
using storage::SalvagedRow;
using storage::SalvagedValue;

namespace {

constexpr size_t kSchemaColumns = 5; // type, name, tbl_name, rootpage, sql

QString textOf(const SalvagedValue &value)
{
    return value.type == SalvagedValue::Type::Text ? QString::fromUtf8(value.bytes) : QString();
}

bool isSchemaRow(const SalvagedRow &row)
{
    static const QStringList kinds{QStringLiteral("table"), QStringLiteral("index"), QStringLiteral("view"), QStringLiteral("trigger")};
    return row.values.size() == kSchemaColumns && kinds.contains(textOf(row.values[0])) && row.values[3].type == SalvagedValue::Type::Integer;
}

bool fits(const SalvagedValue &value, const QString &type)
{
    switch (value.type) {
    case SalvagedValue::Type::Null:
        return true;
    case SalvagedValue::Type::Integer:
        return type.isEmpty() || type == QLatin1StringView("INTEGER");
    case SalvagedValue::Type::Text:
        return type.isEmpty() || type.startsWith(QLatin1StringView("TEXT"));
    case SalvagedValue::Type::Blob:
        return type.isEmpty() || type == QLatin1StringView("BLOB");
    case SalvagedValue::Type::Real:
        return type.isEmpty();
    }
    return false;
}

/// Of "CREATE TABLE name(..." the name.
QString nameIn(const QString &statement)
{
    static const QRegularExpression words(QStringLiteral("^CREATE TABLE \"?([A-Za-z0-9_]+)\"?\\("));
    return words.match(statement).captured(1);
}

} // namespace

struct SalvageSchema::Entry {
    QString type;
    QString name;
    QString table;
    std::uint32_t root;
    QString sql;
};

int SalvageTable::likeness(const SalvagedRow &row) const
{
    constexpr int kFewest = 2;
    if (qsizetype(row.values.size()) > columns.size() || row.values.size() < size_t(kFewest))
        return 0;
    for (size_t i = 0; i < row.values.size(); ++i) {
        const SalvagedValue &value = row.values[i];
        const Column &column = columns.at(qsizetype(i));
        const bool isId = column.name == QLatin1StringView("id") && column.type == QLatin1StringView("BLOB") && rowidColumn == 0;
        if (int(i) == rowidColumn ? value.type != SalvagedValue::Type::Null : !fits(value, column.type))
            return 0;
        if (isId && value.bytes.size() != base::Id::kSize)
            return 0;
    }
    return qsizetype(row.values.size()) == columns.size() ? 4 : 1;
}

bool SalvageSchema::has(const QString &name) const
{
    return std::any_of(m_tables.begin(), m_tables.end(), [&](const SalvageTable &table) { return table.name == name; });
}

Result<void> SalvageSchema::addTable(const QString &name, const QString &sql, std::uint32_t root, bool isKept)
{
    storage::OpenOptions options;
    options.inMemory = true;
    FIELDFARE_ASSIGN(const auto scratch, storage::Connection::open(options));
    if (const auto made = scratch->execute(sql); !made.ok())
        return {}; // nothing that this program would know what to do with
    SalvageTable table;
    table.name = name;
    table.sql = sql;
    table.root = root;
    table.isKept = isKept;
    table.isWithoutRowid = sql.endsWith(QLatin1StringView("WITHOUT ROWID"), Qt::CaseInsensitive);
    FIELDFARE_ASSIGN(const auto query, scratch->prepare(QStringLiteral("PRAGMA table_info(%1)").arg(quoted(name))));
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            break;
        const bool isKey = query->int64(5) > 0;
        if (isKey && !table.isWithoutRowid && query->text(2).compare(QLatin1StringView("INTEGER"), Qt::CaseInsensitive) == 0)
            table.rowidColumn = int(table.columns.size());
        table.columns.append({query->text(1), query->text(2).toUpper()});
    }
    m_tables.push_back(std::move(table));
    return {};
}

Result<void> SalvageSchema::addMissing(const model::Catalog &catalog)
{
    QStringList statements = schema::systemTables();
    for (const model::Entity &entity : catalog.entities())
        statements += schema::createTable(entity);
    for (const QString &statement : std::as_const(statements)) {
        if (const QString name = nameIn(statement); !name.isEmpty() && !has(name))
            FIELDFARE_TRY(addTable(name, statement, 0, true));
    }
    for (SalvageTable &table : m_tables) {
        if (table.root == 0)
            table.gaps.push_back({}); // it may be anywhere
    }
    return {};
}

Result<SalvageSchema> SalvageSchema::read(storage::SalvagedPages &pages, storage::TreeReader &tree, const model::Catalog &catalog)
{
    std::vector<Entry> entries;
    const auto add = [&entries](const SalvagedRow &row) {
        if (isSchemaRow(row))
            entries.push_back({textOf(row.values[0]), textOf(row.values[1]), textOf(row.values[2]), std::uint32_t(row.values[3].integer), textOf(row.values[4])});
    };
    tree.walk(1, add);
    const bool isTorn = !tree.gaps().empty();
    // Pages below one that is damaged are known by what their rows look like.
    for (std::uint32_t page = 2; isTorn && page <= pages.count(); ++page) {
        if (tree.wasVisited(page))
            continue;
        const auto rows = tree.leaf(page, false);
        if (!rows || rows->empty() || !std::all_of(rows->begin(), rows->end(), isSchemaRow))
            continue;
        tree.markVisited(page);
        for (const SalvagedRow &row : *rows)
            add(row);
    }
    SalvageSchema schema;
    QStringList searchTables;
    static const QRegularExpression ofSearch(QStringLiteral("_(?:names|text)_(?:data|idx|content|docsize|config)$")); // its virtual table may be lost
    for (const Entry &entry : entries) {
        if (entry.sql.startsWith(QLatin1StringView("CREATE VIRTUAL")))
            searchTables.append(entry.name + QLatin1Char('_'));
    }
    for (const Entry &entry : entries) {
        if (entry.type == QLatin1StringView("index"))
            schema.m_indexRoots.push_back(entry.root);
        if (entry.type != QLatin1StringView("table") || entry.root == 0 || schema.has(entry.name))
            continue;
        const bool isOfSearch = entry.name.startsWith(QLatin1StringView("search_")) || ofSearch.match(entry.name).hasMatch()
            || std::any_of(searchTables.begin(), searchTables.end(), [&](const QString &prefix) { return entry.name.startsWith(prefix); });
        FIELDFARE_TRY(schema.addTable(entry.name, entry.sql, entry.root, !isOfSearch));
    }
    for (const Entry &entry : entries) {
        if (entry.name != QStringLiteral("sqlite_autoindex_%1_1").arg(entry.table))
            continue;
        for (SalvageTable &table : schema.m_tables) {
            if (table.name == entry.table && !table.isWithoutRowid && table.columns.value(1).name == QLatin1StringView("id"))
                table.idIndex = entry.root;
        }
    }
    if (isTorn)
        FIELDFARE_TRY(schema.addMissing(catalog));
    return schema;
}

} // namespace fieldfare::store
