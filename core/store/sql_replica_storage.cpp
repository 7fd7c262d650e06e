// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rows. The tables beside them (outbox, dirty fields, tombstones, tray, state) stand in sql_replica_tables.cpp.
#include "core/store/sql_replica_storage.h"

#include "core/store/field_bytes.h"
#include "core/store/schema.h"

#include <algorithm>

namespace fieldfare::store {

using base::Id;
using base::Result;
using changes::FieldValue;
using changes::ReplicaRow;
using model::FieldKey;
using storage::FieldColumns;
using storage::Statement;

namespace {

/// "?1, ?2" and so on.
QString placeholders(int count)
{
    QStringList texts;
    for (int i = 1; i <= count; ++i)
        texts += QStringLiteral("?%1").arg(i);
    return texts.join(QStringLiteral(", "));
}

void bindCount(Statement &statement, int index, std::uint64_t number)
{
    if (number == 0)
        statement.bindNull(index);
    else
        statement.bind(index, qint64(number));
}

void bindBytes(Statement &statement, int index, const QByteArray &bytes)
{
    if (bytes.isEmpty())
        statement.bindNull(index);
    else
        statement.bindBlob(index, bytes);
}

} // namespace

SqlReplicaStorage::SqlReplicaStorage(storage::Connection &connection, model::CatalogPointer catalog)
    : m_connection(connection), m_catalog(std::move(catalog)), m_outbox(connection)
{
}

SqlReplicaStorage::~SqlReplicaStorage() = default;

void SqlReplicaStorage::setCatalog(model::CatalogPointer catalog)
{
    m_tables.clear();
    m_lastRow = Id();
    m_catalog = std::move(catalog);
}

void SqlReplicaStorage::forgetState()
{
    m_state.reset();
    m_logged.clear();
    m_settled.clear();
    m_lastFound = {};
    m_rids.clear();
    m_lastRow = Id();
    for (auto &[entity, known] : m_tables)
        known.ends.reset();
}

std::vector<LoggedOperation> SqlReplicaStorage::takeLogged()
{
    return std::exchange(m_logged, {});
}

Result<SqlReplicaStorage::Table *> SqlReplicaStorage::table(model::EntityId entity)
{
    const auto known = m_tables.find(entity);
    if (known != m_tables.end())
        return &known->second;
    const model::Entity *description = m_catalog->entity(entity);
    if (description == nullptr)
        FIELDFARE_TRY(m_connection.execute(schema::createUnknownTable(entity)));
    Table made(description != nullptr ? TableLayout(m_catalog, *description) : TableLayout(entity));
    const TableLayout &layout = made.layout;
    FIELDFARE_ASSIGN(made.find, m_connection.prepare(QStringLiteral("SELECT %1 FROM %2 WHERE id = ?")
                                                         .arg(layout.selectList(), layout.table())));
    // Without a rid SQLite gives one; derived fields come later.
    const int columns = layout.columnCount() - 1;
    FIELDFARE_ASSIGN(made.insert, m_connection.prepare(QStringLiteral("INSERT INTO %1(%2) VALUES (?%3, %4)")
                                                           .arg(layout.table(), layout.selectList())
                                                           .arg(columns + 1)
                                                           .arg(placeholders(columns))));
    return &m_tables.emplace(entity, std::move(made)).first->second;
}

Result<const TableLayout *> SqlReplicaStorage::layout(model::EntityId entity)
{
    FIELDFARE_ASSIGN(Table *const found, table(entity));
    return &found->layout;
}

Result<void> SqlReplicaStorage::findEnds(Table &table)
{
    Statement &query = m_connection.statement(
        QStringLiteral("SELECT (SELECT max(rid) FROM %1), (SELECT max(id) FROM %1)").arg(table.layout.table()));
    const storage::StatementReset reset(query);
    FIELDFARE_TRY(query.step());
    table.ends = Ends{query.int64(0), readId(query, 1)};
    return {};
}

Result<qint64> SqlReplicaStorage::rid(model::EntityId entity, const Id &id)
{
    const auto known = m_rids.constFind(id);
    if (known != m_rids.constEnd())
        return *known;
    FIELDFARE_ASSIGN(Table *const found, table(entity));
    Statement &query = m_connection.statement(QStringLiteral("SELECT rid FROM %1 WHERE id = ?").arg(found->layout.table()));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? query.int64(0) : qint64(0);
}

Result<std::optional<ReplicaRow>> SqlReplicaStorage::findRow(model::EntityId entity, const Id &id)
{
    FIELDFARE_ASSIGN(Table *const found, table(entity));
    if (m_connection.writesBehind()) {
        if (!found->ends)
            FIELDFARE_TRY(findEnds(*found));
        if (found->ends->id < id)
            return std::optional<ReplicaRow>(); // without waiting for the rows on their way
    }
    const TableLayout &layout = found->layout;
    Statement &query = *found->find;
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool present, query.step());
    if (!present)
        return std::optional<ReplicaRow>();

    ReplicaRow row;
    row.entity = entity;
    row.id = id;
    row.stamp = {query.int64(TableLayout::CreatedAt), readId(query, TableLayout::CreatedBy),
                 query.int64(TableLayout::ModifiedAt), readId(query, TableLayout::ModifiedBy)};
    row.createdByN = std::uint64_t(query.int64(TableLayout::CreatedN));
    FIELDFARE_ASSIGN(row.versions, changes::RowVersions::decode(changes::Version(query.int64(TableLayout::VersionBase)),
                                                                query.blob(TableLayout::VersionExceptions)));
    for (const TableLayout::Slot &slot : layout.slotList()) {
        if (!slot.replicated || query.isNull(slot.at))
            continue;
        int at = slot.at;
        row.values.push_back({slot.field->key, FieldColumns::read(query, at, slot.column)});
    }
    if (query.int64(TableLayout::Trashed) == 1)
        row.values.push_back({FieldKey(model::kTrashedNumber), model::Value(std::int64_t(1))});
    const auto byKey = [](const FieldValue &a, const FieldValue &b) { return a.field < b.field; };
    if (!std::is_sorted(row.values.begin(), row.values.end(), byKey))
        std::sort(row.values.begin(), row.values.end(), byKey);

    m_lastRow = id;
    m_lastUnknown = query.blob(TableLayout::Unknown);
    m_rids.insert(id, query.int64(TableLayout::Rid));
    if (!m_lastUnknown.isEmpty()) {
        FIELDFARE_ASSIGN(std::vector<FieldValue> unknown, decodeUnknown(m_lastUnknown));
        for (FieldValue &entry : unknown)
            row.setValue(entry.field, std::move(entry.value));
    }
    return std::optional<ReplicaRow>(std::move(row));
}

Result<void> SqlReplicaStorage::insertRow(const ReplicaRow &row)
{
    FIELDFARE_ASSIGN(Table *const found, table(row.entity));
    const TableLayout &layout = found->layout;
    Statement &insert = *found->insert;
    // Parameter i is column i, as rid is the one without a parameter.
    insert.clearBindings();
    bindId(insert, TableLayout::IdColumn, row.id);
    insert.bind(TableLayout::Trashed, row.isTrashed());
    insert.bind(TableLayout::CreatedAt, qint64(row.stamp.createdAt));
    bindId(insert, TableLayout::CreatedBy, row.stamp.createdBy);
    insert.bind(TableLayout::ModifiedAt, qint64(row.stamp.modifiedAt));
    bindId(insert, TableLayout::ModifiedBy, row.stamp.modifiedBy);
    insert.bind(TableLayout::VersionBase, qint64(row.versions.base()));
    bindBytes(insert, TableLayout::VersionExceptions, row.versions.encodeExceptions());
    bindCount(insert, TableLayout::CreatedN, row.createdByN);
    std::vector<FieldValue> unknown;
    for (const FieldValue &entry : row.values) {
        if (entry.field.number == model::kTrashedNumber)
            continue;
        const TableLayout::Slot *slot = layout.slot(entry.field);
        if (slot == nullptr || !slot->replicated || !slot->column.holds(entry.value)) {
            unknown.push_back(entry);
            continue;
        }
        int at = slot->at;
        FieldColumns::bind(insert, at, slot->column, entry.value);
    }
    m_lastRow = row.id;
    m_lastUnknown = encodeUnknown(unknown);
    bindBytes(insert, TableLayout::Unknown, m_lastUnknown);
    if (m_connection.writesBehind()) {
        if (!found->ends)
            FIELDFARE_TRY(findEnds(*found));
        found->ends->id = std::max(found->ends->id, row.id);
        insert.bind(layout.columnCount(), ++found->ends->rid);
        m_rids.insert(row.id, found->ends->rid);
        return insert.runLater();
    }
    FIELDFARE_TRY(insert.run());
    m_rids.insert(row.id, m_connection.lastInsertRowId());
    return {};
}

Result<QByteArray> SqlReplicaStorage::unknownOf(Table &found, const Id &id)
{
    if (m_lastRow == id)
        return m_lastUnknown;
    Statement &query = m_connection.statement(QStringLiteral("SELECT unknown FROM %1 WHERE id = ?").arg(found.layout.table()));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? query.blob(0) : QByteArray();
}

Result<void> SqlReplicaStorage::updateRow(const changes::RowUpdate &update)
{
    FIELDFARE_ASSIGN(Table *const found, table(update.entity));
    const TableLayout &layout = found->layout;
    FIELDFARE_ASSIGN(const QByteArray unknownBytes, unknownOf(*found, update.id));
    FIELDFARE_ASSIGN(std::vector<FieldValue> unknown, decodeUnknown(unknownBytes));

    QString columns = QStringLiteral("v = ?, vx = ?, created_n = ?, created_at = ?, created_by = ?, modified_at = ?, modified_by = ?");
    std::vector<std::pair<const TableLayout::Slot *, const model::Value *>> known;
    std::optional<bool> trashed;
    for (const FieldValue &entry : update.shown) {
        if (entry.field.number == model::kTrashedNumber) {
            trashed = entry.value.integerOr(0) == 1;
            continue;
        }
        std::erase_if(unknown, [&](const FieldValue &other) { return other.field == entry.field; });
        const TableLayout::Slot *slot = layout.slot(entry.field);
        const bool fits = slot != nullptr && slot->replicated && slot->column.holds(entry.value);
        if (!fits && !entry.value.isEmpty())
            unknown.push_back(entry);
        if (slot == nullptr || !slot->replicated)
            continue;
        known.emplace_back(slot, &entry.value);
        for (const QString &column : TableLayout::columns(*slot))
            columns += QStringLiteral(", ") + column + QStringLiteral(" = ?");
    }
    const QByteArray newUnknown = encodeUnknown(unknown);
    const bool unknownChanged = newUnknown != unknownBytes;
    if (unknownChanged)
        columns += QStringLiteral(", unknown = ?");
    if (trashed)
        columns += QStringLiteral(", trashed = ?");

    Statement &statement = m_connection.statement(QStringLiteral("UPDATE %1 SET %2 WHERE id = ?").arg(layout.table(), columns));
    statement.bind(1, qint64(update.versions.base()));
    bindBytes(statement, 2, update.versions.encodeExceptions());
    bindCount(statement, 3, update.createdByN);
    statement.bind(4, qint64(update.stamp.createdAt));
    bindId(statement, 5, update.stamp.createdBy);
    statement.bind(6, qint64(update.stamp.modifiedAt));
    bindId(statement, 7, update.stamp.modifiedBy);
    int index = 8;
    for (const auto &[slot, value] : known)
        FieldColumns::bind(statement, index, slot->column, *value);
    if (unknownChanged)
        bindBytes(statement, index++, newUnknown);
    if (trashed)
        statement.bind(index++, *trashed);
    bindId(statement, index, update.id);
    m_lastRow = update.id;
    m_lastUnknown = newUnknown;
    return statement.run();
}

Result<void> SqlReplicaStorage::removeRow(model::EntityId entity, const Id &id)
{
    FIELDFARE_ASSIGN(const qint64 row, rid(entity, id));
    m_rids.insert(id, row);
    FIELDFARE_ASSIGN(Table *const found, table(entity));
    Statement &remove = m_connection.statement(QStringLiteral("DELETE FROM %1 WHERE rid = ?").arg(found->layout.table()));
    remove.bind(1, row);
    FIELDFARE_TRY(remove.run());
    Statement &fields = m_connection.statement(QLatin1StringView("DELETE FROM dirty_field WHERE record = ?"));
    bindId(fields, 1, id);
    m_lastRow = Id();
    return fields.run();
}

Result<std::vector<Id>> SqlReplicaStorage::acknowledgedIds(model::EntityId entity, const Id &after, const Id &upTo)
{
    FIELDFARE_ASSIGN(Table *const found, table(entity));
    Statement &query = m_connection.statement(
        QStringLiteral("SELECT id FROM %1 WHERE id > ? AND id <= ? AND created_n IS NULL ORDER BY id").arg(found->layout.table()));
    const storage::StatementReset reset(query);
    query.bindBlob(1, after.toBytes()); // all zeros for "from the beginning", so not bindId
    query.bindBlob(2, upTo.toBytes());
    std::vector<Id> ids;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return ids;
        ids.push_back(readId(query, 0));
    }
}

} // namespace fieldfare::store
