// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/entity_table.h"

#include "sync/server/storage/id_binding.h"
#include "sync/server/storage/unknown_fields.h"

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::FieldValue;
using changes::ReplicatedRow;
using storage::FieldColumn;
using storage::FieldColumns;
using storage::Statement;

namespace {

/// Rows that a page looks at on its way to those it is asked for: some hundredths of a second.
constexpr int kMostPassed = 50'000;
constexpr int kMostReserved = 1000;
constexpr int kFewestAtOnce = 100;
/// Columns before those of the fields.
enum HeadColumn { IdColumn, Versions, Exceptions, CreatedAt, CreatedBy, ModifiedAt, ModifiedBy, Unknown, LabelColumn, LabelSince, HeadColumns };
constexpr qsizetype kMaxUpdateStatements = 256;

QString marks(qsizetype count)
{
    QStringList list;
    list.fill(QStringLiteral("?"), count);
    return list.join(QStringLiteral(","));
}

} // namespace

EntityTable::EntityTable(storage::Connection &connection, const model::Entity &entity)
    : m_connection(connection), m_table(entity.table()), m_entity(entity.id()),
      m_columns(entity, FieldColumns::Fields::Replicated)
{
}

EntityTable::~EntityTable() = default;

/// The text is made once: to join the names of fifty columns for each row costs more than to read the row.
template <typename MakeSql>
Result<Statement *> EntityTable::prepared(Prepared &statement, const MakeSql &makeSql)
{
    if (statement == nullptr) {
        FIELDFARE_ASSIGN(statement, m_connection.prepare(makeSql()));
    }
    statement->reset();
    return statement.get();
}

QString EntityTable::selectSql(const QString &condition) const
{
    return QStringLiteral("SELECT id, v, vx, created_at, created_by, modified_at, modified_by, unknown, label, label_since, %1 FROM %2 WHERE %3")
        .arg(m_columns.names().join(QStringLiteral(", ")), m_table, condition);
}

QString EntityTable::insertSql() const
{
    const QStringList names = m_columns.names();
    return QStringLiteral("INSERT INTO %1(id, label, label_since, v, vx, created_at, created_by, modified_at, modified_by, unknown, %2) VALUES(%3)")
        .arg(m_table, names.join(QStringLiteral(", ")), marks(HeadColumns + names.size()));
}

Result<LabelledRow> EntityTable::read(const Statement &statement) const
{
    LabelledRow row;
    row.entity = m_entity;
    row.id = readId(statement, IdColumn);
    const auto base = changes::Version(statement.int64(Versions));
    if (statement.isNull(Exceptions)) {
        row.versions = changes::RowVersions(base);
    } else {
        FIELDFARE_ASSIGN(row.versions, changes::RowVersions::decode(base, statement.blob(Exceptions)));
    }
    row.stamp = {statement.int64(CreatedAt), readId(statement, CreatedBy), statement.int64(ModifiedAt), readId(statement, ModifiedBy)};
    row.label = LabelNumber(statement.int64(LabelColumn));
    row.labelSince = changes::Version(statement.int64(LabelSince));
    int at = HeadColumns;
    row.values.reserve(m_columns.columns().size());
    for (const FieldColumn &column : m_columns.columns()) {
        model::Value value = FieldColumns::read(statement, at, column);
        if (!value.isEmpty())
            row.values.push_back({column.key, std::move(value)}); // the columns are in order of key
    }
    if (!statement.isNull(Unknown)) {
        FIELDFARE_ASSIGN(const auto unknown, decodeUnknownFields(statement.blob(Unknown)));
        for (const FieldValue &field : unknown)
            row.setValue(field.field, field.value);
    }
    return row;
}

Result<std::optional<LabelledRow>> EntityTable::find(const Id &id)
{
    FIELDFARE_ASSIGN(Statement *const query, prepared(m_find, [this] { return selectSql(QStringLiteral("id=?1")); }));
    const storage::StatementReset reset(*query);
    query->bindBlob(1, viewOf(id));
    FIELDFARE_ASSIGN(const bool found, query->step());
    if (!found)
        return std::optional<LabelledRow>();
    FIELDFARE_ASSIGN(auto row, read(*query));
    return std::optional<LabelledRow>(std::move(row));
}

Result<std::vector<LabelledRow>> EntityTable::after(const Id &id, int limit)
{
    FIELDFARE_ASSIGN(Statement *const query, prepared(m_after, [this] { return selectSql(QStringLiteral("id>?1 ORDER BY id LIMIT ?2")); }));
    const storage::StatementReset reset(*query);
    query->bindBlob(1, viewOf(id));
    query->bind(2, limit);
    std::vector<LabelledRow> rows;
    rows.reserve(size_t(std::clamp(limit, 0, kMostReserved)));
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query->step());
        if (!found)
            return rows;
        FIELDFARE_ASSIGN(auto row, read(*query));
        rows.push_back(std::move(row));
    }
}

Result<RowPage> EntityTable::labelledAfter(const Id &id, const LabelSet &labels, int limit)
{
    FIELDFARE_ASSIGN(Statement *const query, prepared(m_labelled, [this] { return selectSql(QStringLiteral("id>?1 ORDER BY id LIMIT ?2")); }));
    const storage::StatementReset reset(*query);
    RowPage page;
    page.upTo = id;
    // In steps: a database that gives its answer whole must not give all rows behind the first.
    const int atOnce = std::clamp(limit, kFewestAtOnce, kMostReserved);
    for (int passed = 0; passed < kMostPassed && page.rows.size() < size_t(limit);) {
        query->reset();
        query->bindBlob(1, viewOf(page.upTo));
        query->bind(2, atOnce);
        for (int row = 0; page.rows.size() < size_t(limit); ++row, ++passed) {
            FIELDFARE_ASSIGN(const bool found, query->step());
            if (!found && row == atOnce)
                break;
            if (!found) {
                page.last = true;
                page.upTo = largestId();
                return page;
            }
            page.upTo = readId(*query, IdColumn);
            if (!labels.contains(LabelNumber(query->int64(LabelColumn))))
                continue;
            FIELDFARE_ASSIGN(auto read, this->read(*query));
            page.rows.push_back(std::move(read));
        }
    }
    return page;
}

Result<std::uint64_t> EntityTable::countLabelled(const LabelSet &labels)
{
    Statement &query = m_connection.statement(QStringLiteral("SELECT label, count(*) FROM %1 GROUP BY label").arg(m_table));
    const storage::StatementReset reset(query);
    std::uint64_t count = 0;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found)
            return count;
        if (labels.contains(LabelNumber(query.int64(0))))
            count += std::uint64_t(query.int64(1));
    }
}

void EntityTable::bindStamp(Statement &statement, int &index, const ReplicatedRow &row) const
{
    statement.bind(index++, qint64(row.versions.base()));
    const QByteArray exceptions = row.versions.encodeExceptions();
    if (exceptions.isEmpty())
        statement.bindNull(index++);
    else
        statement.bindBlob(index++, exceptions);
    statement.bind(index++, qint64(row.stamp.createdAt));
    bindId(statement, index++, row.stamp.createdBy);
    statement.bind(index++, qint64(row.stamp.modifiedAt));
    bindId(statement, index++, row.stamp.modifiedBy);
}

namespace {

base::Error wrongType(const FieldColumn &column, const QString &table)
{
    return {ErrorCode::BadValue, QStringLiteral("a value of another type in %1.%2").arg(table, column.name), {column.name}};
}

} // namespace

Result<void> EntityTable::insert(const LabelledRow &row)
{
    FIELDFARE_ASSIGN(Statement *const insert, prepared(m_insert, [this] { return insertSql(); }));
    int index = 1;
    bindId(*insert, index++, row.id);
    insert->bind(index++, qint64(row.label));
    insert->bind(index++, qint64(row.labelSince));
    bindStamp(*insert, index, row);
    const int unknownIndex = index++;
    std::vector<FieldValue> unknown;
    auto value = row.values.begin(); // both lists are in order of key
    for (const FieldColumn &column : m_columns.columns()) {
        while (value != row.values.end() && value->field < column.key)
            unknown.push_back(*value++);
        if (value != row.values.end() && value->field == column.key) {
            if (!column.holds(value->value))
                return wrongType(column, m_table);
            FieldColumns::bind(*insert, index, column, (value++)->value);
        } else {
            FieldColumns::bind(*insert, index, column, {});
        }
    }
    unknown.insert(unknown.end(), value, row.values.end());
    if (unknown.empty())
        insert->bindNull(unknownIndex);
    else
        insert->bindBlob(unknownIndex, encodeUnknownFields(unknown));
    return insert->run();
}

Result<Statement *> EntityTable::updateStatement(const std::vector<const FieldColumn *> &columns, bool withUnknown)
{
    QByteArray signature(1, withUnknown ? '1' : '0');
    for (const FieldColumn *column : columns) {
        const auto position = quint16(column - m_columns.columns().data());
        signature += char(position >> 8);
        signature += char(position);
    }
    if (const auto found = m_updates.constFind(signature); found != m_updates.constEnd()) {
        (*found)->reset();
        return found->get();
    }
    QStringList sets = {QStringLiteral("v=?"),          QStringLiteral("vx=?"),          QStringLiteral("created_at=?"),
                        QStringLiteral("created_by=?"), QStringLiteral("modified_at=?"), QStringLiteral("modified_by=?")};
    for (const FieldColumn *column : columns) {
        for (const QString &name : FieldColumns::namesOf(*column))
            sets.append(name + QStringLiteral("=?"));
    }
    if (withUnknown)
        sets.append(QStringLiteral("unknown=?"));
    FIELDFARE_ASSIGN(auto statement, m_connection.prepare(QStringLiteral("UPDATE %1 SET %2 WHERE id=?")
                                                              .arg(m_table, sets.join(QStringLiteral(", ")))));
    if (m_updates.size() >= kMaxUpdateStatements)
        m_updates.clear();
    return m_updates.insert(signature, std::shared_ptr<Statement>(std::move(statement)))->get();
}

Result<std::vector<FieldValue>> EntityTable::unknownValues(const Id &id)
{
    FIELDFARE_ASSIGN(Statement *const query,
                     prepared(m_unknown, [this] { return QStringLiteral("SELECT unknown FROM %1 WHERE id=?1").arg(m_table); }));
    const storage::StatementReset reset(*query);
    query->bindBlob(1, viewOf(id));
    FIELDFARE_ASSIGN(const bool found, query->step());
    if (!found || query->isNull(0))
        return std::vector<FieldValue>();
    return decodeUnknownFields(query->blob(0));
}

Result<void> EntityTable::update(const ReplicatedRow &row, const std::vector<model::FieldKey> &changed)
{
    std::vector<const FieldColumn *> columns;
    std::vector<model::FieldKey> others;
    for (const model::FieldKey &key : changed) {
        const FieldColumn *column = m_columns.find(key);
        if (column == nullptr) {
            others.push_back(key);
            continue;
        }
        if (!column->holds(row.value(key)))
            return wrongType(*column, m_table);
        columns.push_back(column);
    }
    FIELDFARE_ASSIGN(Statement *const update, updateStatement(columns, !others.empty()));
    int index = 1;
    bindStamp(*update, index, row);
    for (const FieldColumn *column : columns)
        FieldColumns::bind(*update, index, *column, row.value(column->key));
    if (!others.empty()) {
        ReplicatedRow unknown; // for its ordered list
        FIELDFARE_ASSIGN(unknown.values, unknownValues(row.id));
        for (const model::FieldKey &key : others)
            unknown.setValue(key, row.value(key));
        if (unknown.values.empty())
            update->bindNull(index++);
        else
            update->bindBlob(index++, encodeUnknownFields(unknown.values));
    }
    bindId(*update, index, row.id);
    FIELDFARE_TRY(update->run());
    if (m_connection.changes() != 1)
        return {ErrorCode::NotFound, QStringLiteral("no row to update in %1").arg(m_table)};
    return {};
}

Result<void> EntityTable::setLabel(const Id &id, LabelNumber label, changes::Version since)
{
    FIELDFARE_ASSIGN(Statement *const set,
                     prepared(m_setLabel, [this] { return QStringLiteral("UPDATE %1 SET label=?1, label_since=?2 WHERE id=?3").arg(m_table); }));
    set->bind(1, qint64(label));
    set->bind(2, qint64(since));
    set->bindBlob(3, viewOf(id));
    return set->run();
}

Result<void> EntityTable::remove(const Id &id)
{
    FIELDFARE_ASSIGN(Statement *const remove, prepared(m_remove, [this] { return QStringLiteral("DELETE FROM %1 WHERE id=?1").arg(m_table); }));
    bindId(*remove, 1, id);
    return remove->run();
}

Result<std::uint64_t> EntityTable::count()
{
    FIELDFARE_ASSIGN(Statement *const query, prepared(m_count, [this] { return QStringLiteral("SELECT count(*) FROM %1").arg(m_table); }));
    const storage::StatementReset reset(*query);
    FIELDFARE_TRY(query->step());
    return std::uint64_t(query->int64(0));
}

Result<void> EntityTable::adoptUnknownValues()
{
    std::vector<Id> ids;
    {
        FIELDFARE_ASSIGN(const auto query,
                         m_connection.prepare(QStringLiteral("SELECT id FROM %1 WHERE unknown IS NOT NULL").arg(m_table)));
        for (;;) {
            FIELDFARE_ASSIGN(const bool found, query->step());
            if (!found)
                break;
            ids.push_back(readId(*query, 0));
        }
    }
    for (const Id &id : ids) {
        FIELDFARE_ASSIGN(auto row, find(id));
        FIELDFARE_ASSIGN(const auto unknown, unknownValues(id));
        std::vector<model::FieldKey> touched;
        for (const FieldValue &field : unknown) {
            const FieldColumn *column = m_columns.find(field.field);
            if (column == nullptr || !column->holds(field.value))
                continue; // a value of another type stays where it is and is still given to devices
            touched.push_back(field.field);
        }
        if (touched.empty())
            continue;
        FIELDFARE_TRY(update(*row, touched));
        ReplicatedRow rest;
        rest.values = unknown;
        for (const model::FieldKey &key : touched)
            rest.setValue(key, {});
        FIELDFARE_ASSIGN(const auto put, m_connection.prepare(QStringLiteral("UPDATE %1 SET unknown=?1 WHERE id=?2").arg(m_table)));
        if (rest.values.empty())
            put->bindNull(1);
        else
            put->bindBlob(1, encodeUnknownFields(rest.values));
        bindId(*put, 2, id);
        FIELDFARE_TRY(put->run());
    }
    return {};
}

} // namespace fieldfare::server
