// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/record_reader.h"

#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"
#include "core/store/query/list_reader.h"

#include <QCoreApplication>

#include <algorithm>

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Entity;
using model::Field;
using model::Record;
using model::Reference;

RecordReader::RecordReader(storage::Connection &connection, model::CatalogPointer catalog)
    : m_connection(connection), m_catalog(std::move(catalog))
{
}

void RecordReader::setCatalog(model::CatalogPointer catalog)
{
    m_layouts.clear();
    m_catalog = std::move(catalog);
}

Result<const TableLayout *> RecordReader::layout(model::EntityId entity)
{
    const auto known = m_layouts.find(entity);
    if (known != m_layouts.end())
        return &known->second;
    const Entity *description = m_catalog->entity(entity);
    if (description == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(entity)};
    return &m_layouts.emplace(entity, TableLayout(m_catalog, *description)).first->second;
}

Result<std::optional<Record>> RecordReader::find(model::EntityId entity, const Id &id)
{
    FIELDFARE_ASSIGN(const TableLayout *const table, layout(entity));
    storage::Statement &query = m_connection.statement(
        QStringLiteral("SELECT %1 FROM %2 WHERE id = ?").arg(table->selectList(), table->table()));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool row, query.step());
    if (!row)
        return std::optional<Record>();
    return std::optional<Record>(table->readRecord(query));
}

Result<std::vector<Record>> RecordReader::records(model::EntityId entity, std::span<const Id> ids)
{
    std::vector<Record> found;
    found.reserve(ids.size());
    for (const Id &id : ids) {
        FIELDFARE_ASSIGN(auto record, find(entity, id));
        if (record)
            found.push_back(std::move(*record));
    }
    return found;
}

Result<std::optional<model::Record>> RecordReader::first(const ListQuery &query)
{
    FIELDFARE_ASSIGN(std::vector<RowView> rows, ListReader(m_connection, m_catalog, {}).firstRows(query, 1));
    return rows.empty() ? std::optional<model::Record>() : std::optional(std::move(rows.front().record));
}

Result<QStringList> RecordReader::tags(const Reference &record)
{
    storage::Statement &query = m_connection.statement(
        QLatin1StringView("SELECT DISTINCT tag.name FROM tagging JOIN tag ON tag.id = tagging.tag "
                          "WHERE tagging.record = ? AND tagging.trashed = 0 AND tag.trashed = 0"));
    const storage::StatementReset reset(query);
    FIELDFARE_ASSIGN(const TableLayout *const table, layout(model::entities::kTagging.id));
    const TableLayout::Slot *slot = table->slot(table->description()->field(QStringLiteral("record"))->key);
    int index = 1;
    storage::FieldColumns::bind(query, index, slot->column, model::Value(record));
    QStringList names;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            break;
        names.append(query.text(0));
    }
    names.sort(Qt::CaseInsensitive);
    return names;
}

Result<std::vector<Id>> RecordReader::idsWhere(const TableLayout &table, const Field &field, const QString &text)
{
    // Both values of trashed, so that the index (trashed, field) serves.
    storage::Statement &query = m_connection.statement(
        QStringLiteral("SELECT id, trashed FROM %1 WHERE trashed IN (0, 1) AND %2 = ? ORDER BY trashed LIMIT 2")
            .arg(table.table(), quoted(field.column)));
    const storage::StatementReset reset(query);
    query.bindText(1, text);
    std::vector<Id> ids;
    qint64 trashed = 0;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row || (!ids.empty() && query.int64(1) != trashed))
            return ids; // one in the trash does not make a living one ambiguous
        trashed = query.int64(1);
        ids.push_back(readId(query, 0));
    }
}

Result<Id> RecordReader::resolve(model::EntityId entity, const QString &text)
{
    FIELDFARE_ASSIGN(const TableLayout *const table, layout(entity));
    const Entity &description = *table->description();
    if (const auto id = Id::fromString(text)) {
        FIELDFARE_ASSIGN(const auto record, find(entity, *id));
        if (record)
            return *id;
    }
    if (entity == model::entities::kTag.id) {
        FIELDFARE_ASSIGN(const auto record, find(entity, model::tagId(text)));
        if (record)
            return record->id;
    }
    QList<const Field *> fields = description.fieldsWith(model::Number);
    if (entity == model::entities::kUser.id)
        fields.append(description.field(QStringLiteral("name")));
    fields += description.fieldsWith(model::Title);
    for (const Field *field : std::as_const(fields)) {
        FIELDFARE_ASSIGN(const std::vector<Id> ids, idsWhere(*table, *field, text.trimmed()));
        if (ids.size() == 1)
            return ids.front();
        if (ids.size() > 1)
            return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "several records of %1 match; give an id or number").arg(description.name()), {text}};
    }
    return {ErrorCode::NotFound, QStringLiteral("no such %1").arg(description.name()), {text}};
}

Result<QString> RecordReader::title(const Reference &reference)
{
    FIELDFARE_ASSIGN(const auto record, find(reference.entity, reference.id));
    if (!record)
        return QString();
    const Entity &description = *m_catalog->entity(reference.entity);
    QString text;
    if (const Field *field = description.titleField())
        text = record->value(*field).textOrEmpty();
    if (const Field *field = description.numberField(); text.isEmpty() && field != nullptr)
        text = record->value(*field).textOrEmpty();
    return text;
}

Result<std::vector<Reference>> RecordReader::referencing(const Reference &record, int limit, qint64 exceptAction)
{
    std::vector<Reference> found;
    for (const Entity &entity : m_catalog->entities()) {
        for (const Field &field : entity.fields()) {
            if (!field.isReference() || field.has(model::Removed) || !field.targets.contains(record.entity))
                continue;
            FIELDFARE_ASSIGN(const TableLayout *const table, layout(entity.id()));
            storage::Statement &query = m_connection.statement(
                QStringLiteral("SELECT id FROM %1 AS source WHERE %2 = ? AND trashed = 0 AND NOT EXISTS(SELECT 1 FROM history "
                               "WHERE history.record = source.id AND aid = ? AND kind = 1) LIMIT ?")
                    .arg(table->table(), quoted(field.column)));
            const storage::StatementReset reset(query);
            int index = 1;
            storage::FieldColumns::bind(query, index, table->slot(field.key)->column, model::Value(record));
            query.bind(index, exceptAction);
            query.bind(index + 1, limit - int(found.size()));
            for (;;) {
                FIELDFARE_ASSIGN(const bool row, query.step());
                if (!row)
                    break;
                found.push_back({entity.id(), readId(query, 0)});
            }
            if (int(found.size()) >= limit)
                return found;
        }
    }
    return found;
}

} // namespace fieldfare::store
