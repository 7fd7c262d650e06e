// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Labels (core/changes/docs/scopes.md) in SQLite: their numbers, and what carries them.
#include "sync/server/storage/id_binding.h"
#include "sync/server/storage/row_labels.h"
#include "sync/server/storage/server_schema.h"
#include "sync/server/storage/sql_server_storage.h"

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using storage::Statement;
using storage::StatementReset;

namespace {

/// None is an empty blob: NULLs would not be equal to each other.
void bindPart(Statement &statement, int index, const Id &id)
{
    statement.bindBlob(index, id.isNull() ? QByteArrayView("", 0) : viewOf(id));
}

Label readLabel(const Statement &row, int column)
{
    return {model::EntityId(row.int64(column)), readId(row, column + 1), readId(row, column + 2)};
}

/// Ids of the rows whose reference stands in the column.
Result<void> findReferring(storage::Connection &connection, model::EntityId entity, const QString &table, const storage::FieldColumn &column,
                           const model::Reference &to, std::vector<model::Reference> *found)
{
    Statement &query = connection.statement(QStringLiteral("SELECT id FROM %1 WHERE %2=?1").arg(table, column.name));
    const StatementReset reset(query);
    int index = 1;
    storage::FieldColumns::bind(query, index, column, model::Value(to));
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return {};
        found->push_back({entity, readId(query, 0)});
    }
}

} // namespace

Result<LabelNumber> SqlServerStorage::labelNumber(const Label &label)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT no FROM labels WHERE root=?1 AND owner=?2 AND team=?3"));
    {
        const StatementReset reset(query);
        query.bind(1, qint64(label.root));
        bindPart(query, 2, label.owner);
        bindPart(query, 3, label.team);
        FIELDFARE_ASSIGN(const bool known, query.step());
        if (known)
            return LabelNumber(query.int64(0));
    }
    Statement &insert = m_connection.statement(QLatin1StringView("INSERT INTO labels(root, owner, team) VALUES(?1,?2,?3) RETURNING no"));
    const StatementReset reset(insert);
    insert.bind(1, qint64(label.root));
    bindPart(insert, 2, label.owner);
    bindPart(insert, 3, label.team);
    FIELDFARE_ASSIGN(const bool made, insert.step());
    if (!made)
        return {ErrorCode::Internal, QStringLiteral("a new label has no number")};
    return LabelNumber(insert.int64(0));
}

Result<Label> SqlServerStorage::label(LabelNumber number)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT root, owner, team FROM labels WHERE no=?1"));
    const StatementReset reset(query);
    query.bind(1, qint64(number));
    FIELDFARE_ASSIGN(const bool known, query.step());
    if (!known)
        return {ErrorCode::NotFound, QStringLiteral("no label %1").arg(number)};
    return readLabel(query, 0);
}

Result<std::vector<std::pair<LabelNumber, Label>>> SqlServerStorage::labels()
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT no, root, owner, team FROM labels"));
    const StatementReset reset(query);
    std::vector<std::pair<LabelNumber, Label>> labels;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return labels;
        labels.emplace_back(LabelNumber(query.int64(0)), readLabel(query, 1));
    }
}

Result<void> SqlServerStorage::setLabel(const model::Reference &row, LabelNumber label, changes::Version since)
{
    EntityTable *const rows = table(row.entity);
    if (rows == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity with number %1").arg(row.entity)};
    return rows->setLabel(row.id, label, since);
}

Result<std::vector<model::Reference>> SqlServerStorage::childrenOf(const model::Reference &parent)
{
    std::vector<model::Reference> children;
    for (const model::Entity &entity : m_catalog->entities()) {
        const auto hanging = hangingColumn(*m_catalog, entity);
        if (hanging && hanging->field->targets.contains(parent.entity))
            FIELDFARE_TRY(findReferring(m_connection, entity.id(), entity.table(), hanging->column, parent, &children));
    }
    return children;
}

Result<RowPage> SqlServerStorage::rowsLabelled(model::EntityId entity, const Id &after, const LabelSet &labels, int limit)
{
    EntityTable *const rows = table(entity);
    return rows != nullptr ? rows->labelledAfter(after, labels, limit) : Result<RowPage>(RowPage{{}, largestId(), true});
}

Result<std::uint64_t> SqlServerStorage::countLabelled(model::EntityId entity, const LabelSet &labels)
{
    EntityTable *const rows = table(entity);
    return rows != nullptr ? rows->countLabelled(labels) : Result<std::uint64_t>(0);
}

} // namespace fieldfare::server
