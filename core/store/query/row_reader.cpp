// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/row_reader.h"

#include "core/changes/operation.h"
#include "core/store/query/sql_condition.h"
#include "core/store/table_layout.h"

#include <algorithm>

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Entity;
using model::Field;
using storage::Statement;
using storage::StatementReset;

Result<std::vector<RowView>> RowReader::read(model::EntityId entityId, std::span<const std::int64_t> rids)
{
    const Entity *entity = m_catalog->entity(entityId);
    if (entity == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(entityId), {QString::number(entityId)}};
    const TableLayout layout(m_catalog, *entity);
    const QString sql = QStringLiteral("SELECT %1 FROM %2 WHERE rid = ?").arg(layout.selectList(), layout.table());
    std::vector<RowView> rows;
    rows.reserve(rids.size());
    for (const std::int64_t rid : rids) {
        Result<std::optional<RowView>> row = readRow(layout, sql, rid);
        if (!row.ok()) {
            FIELDFARE_TRY(tolerated(row.error()));
            RowView unreadable;
            unreadable.record.entity = entityId;
            unreadable.record.rid = rid;
            unreadable.marks = Unreadable;
            rows.push_back(std::move(unreadable));
        } else if (*row) {
            rows.push_back(std::move(**row));
        }
    }
    const QList<Field> &fields = entity->fields();
    const bool hasTags = std::any_of(fields.begin(), fields.end(), [](const Field &field) {
        return field.type == model::FieldType::Tags && !field.has(model::Removed);
    });
    for (RowView &row : rows) {
        if (row.has(Unreadable))
            continue;
        FIELDFARE_TRY(tolerated(addTitles(*entity, row)));
        if (hasTags)
            FIELDFARE_TRY(tolerated(addTags(*entity, row.record)));
        FIELDFARE_TRY(tolerated(addMarks(row)));
    }
    return rows;
}

Result<std::optional<RowView>> RowReader::readRow(const TableLayout &layout, const QString &sql, std::int64_t rid)
{
    Statement &statement = m_connection.statement(sql);
    const StatementReset reset(statement);
    statement.bind(1, qint64(rid));
    FIELDFARE_ASSIGN(const bool present, statement.step());
    if (!present)
        return std::optional<RowView>();
    RowView row;
    row.record = layout.readRecord(statement);
    if (statement.int64(TableLayout::CreatedN) != 0)
        row.marks |= Waiting;
    return std::optional<RowView>(std::move(row));
}

Result<void> RowReader::tolerated(Result<void> result)
{
    if (result.ok() || m_onDamage == OnDamage::Fail || result.error().code != ErrorCode::FileDamaged)
        return result;
    if (!m_damage)
        m_damage = result.error();
    return {};
}

Result<void> RowReader::addTitles(const Entity &entity, RowView &row)
{
    for (const Field &field : entity.fields()) {
        const model::Reference *reference = row.record.value(field).reference();
        if (reference == nullptr || field.has(model::Hidden) || field.has(model::Removed))
            continue;
        FIELDFARE_ASSIGN(QString shown, title(*reference));
        if (!shown.isEmpty())
            row.referenceTitles.emplace_back(field.index, std::move(shown));
    }
    return {};
}

Result<QString> RowReader::title(const model::Reference &reference)
{
    const auto known = m_titles.constFind(reference.id);
    if (known != m_titles.constEnd())
        return *known;
    QString shown;
    const Entity *target = m_catalog->entity(reference.entity);
    const Field *title = target != nullptr ? target->titleField() : nullptr;
    const Field *number = target != nullptr ? target->numberField() : nullptr;
    if (title != nullptr && !title->hasColumn())
        title = nullptr;
    if (target != nullptr && (title != nullptr || number != nullptr)) {
        const QString titleColumn = title != nullptr ? quotedName(title->column) : QStringLiteral("NULL");
        const QString numberColumn = number != nullptr ? quotedName(number->column) : QStringLiteral("NULL");
        Statement &statement = m_connection.statement(QStringLiteral("SELECT coalesce(%1, %2) FROM %3 WHERE id = ?")
                                                          .arg(titleColumn, numberColumn, quotedName(target->table())));
        const StatementReset reset(statement);
        statement.bindBlob(1, reference.id.toBytes());
        FIELDFARE_ASSIGN(const bool present, statement.step());
        if (present)
            shown = statement.text(0);
    }
    m_titles.insert(reference.id, shown);
    return shown;
}

Result<void> RowReader::addTags(const Entity &entity, model::Record &record)
{
    const Entity *tagging = m_catalog->entity(QStringLiteral("tagging"));
    const Field *recordField = tagging != nullptr ? tagging->field(QStringLiteral("record")) : nullptr;
    if (recordField == nullptr)
        return {};
    Statement &statement = m_connection.statement(
        QLatin1StringView("SELECT g.name FROM tagging t JOIN tag g ON g.id = t.tag WHERE t.record = ? AND t.trashed = 0"));
    const StatementReset reset(statement);
    statement.bindBlob(1, referenceBytes(*recordField, entity.id(), record.id));
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, statement.step());
        if (!row)
            break;
        record.tags.append(statement.text(0));
    }
    record.tags.sort(Qt::CaseInsensitive);
    record.tags.removeDuplicates();
    return {};
}

Result<void> RowReader::addMarks(RowView &row)
{
    const auto exists = [&](QLatin1StringView sql, const QByteArray &key) -> Result<bool> {
        Statement &statement = m_connection.statement(sql);
        const StatementReset reset(statement);
        statement.bindBlob(1, key);
        return statement.step();
    };
    if (!row.has(Waiting)) {
        FIELDFARE_ASSIGN(const bool dirty, exists(QLatin1StringView("SELECT 1 FROM dirty_field WHERE record = ? LIMIT 1"), row.record.id.toBytes()));
        if (dirty)
            row.marks |= Waiting;
    }
    FIELDFARE_ASSIGN(const bool conflict,
                     exists(QLatin1StringView("SELECT 1 FROM conflict WHERE record = ? AND +status = 'open' AND +trashed = 0 LIMIT 1"),
                            entityReferenceBytes(row.record.entity, row.record.id)));
    if (conflict)
        row.marks |= InConflict;
    FIELDFARE_TRY(readTray());
    if (m_refused->contains(row.record.id))
        row.marks |= NotAccepted;
    return {};
}

Result<void> RowReader::readTray()
{
    if (m_refused)
        return {};
    m_refused.emplace();
    Statement &statement = m_connection.statement(QLatin1StringView("SELECT content FROM tray ORDER BY id DESC LIMIT 1000"));
    const StatementReset reset(statement);
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, statement.step());
        if (!row)
            return {};
        const auto operation = changes::decodeContent(statement.blob(0));
        if (operation.ok())
            m_refused->insert(operation->record);
    }
}

} // namespace fieldfare::store
