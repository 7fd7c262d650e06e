// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/table_layout.h"

namespace fieldfare::store {

using model::Field;

QString quoted(const QString &identifier)
{
    return QLatin1Char('"') + identifier + QLatin1Char('"');
}

void bindId(storage::Statement &statement, int index, const base::Id &id)
{
    if (id.isNull())
        statement.bindNull(index);
    else
        statement.bindBlob(index, QByteArrayView(id.data().data(), base::Id::kSize));
}

base::Id readId(const storage::Statement &statement, int column)
{
    const QByteArrayView bytes = statement.bytesView(column);
    return base::Id::fromBytes(std::span(reinterpret_cast<const std::uint8_t *>(bytes.data()), size_t(bytes.size())));
}

TableLayout::TableLayout(model::CatalogPointer catalog, const model::Entity &entity)
    : m_catalog(std::move(catalog)), m_description(&entity), m_entity(entity.id()), m_table(quoted(entity.table()))
{
    const storage::FieldColumns stored(entity, storage::FieldColumns::Fields::Stored);
    for (const Field &field : entity.fields()) {
        const storage::FieldColumn *column = stored.find(field.key);
        if (column == nullptr)
            continue;
        const Slot slot{&field, *column, m_columnCount, field.isReplicated()};
        m_columnCount += column->width();
        if (field.key.isCustom()) {
            m_byKey.insert(field.key, int(m_slots.size()));
        } else {
            if (m_byNumber.size() <= field.key.number)
                m_byNumber.resize(size_t(field.key.number) + 1, -1);
            m_byNumber[field.key.number] = int(m_slots.size());
        }
        m_slots.push_back(slot);
    }
    finish();
}

TableLayout::TableLayout(model::EntityId unknownEntity)
    : m_entity(unknownEntity), m_table(quoted(QStringLiteral("entity_%1").arg(unknownEntity)))
{
    finish();
}

void TableLayout::finish()
{
    QStringList names{QStringLiteral("rid"), QStringLiteral("id"), QStringLiteral("trashed"), QStringLiteral("created_at"),
                      QStringLiteral("created_by"), QStringLiteral("modified_at"), QStringLiteral("modified_by"),
                      QStringLiteral("v"), QStringLiteral("vx"), QStringLiteral("created_n"), QStringLiteral("unknown")};
    for (const Slot &slot : m_slots)
        names += columns(slot);
    m_selectList = names.join(QStringLiteral(", "));
}

const TableLayout::Slot *TableLayout::slot(const model::FieldKey &field) const
{
    if (field.isCustom()) {
        const auto found = m_byKey.constFind(field);
        return found == m_byKey.constEnd() ? nullptr : &m_slots[size_t(*found)];
    }
    if (field.number >= m_byNumber.size() || m_byNumber[field.number] < 0)
        return nullptr;
    return &m_slots[size_t(m_byNumber[field.number])];
}

QStringList TableLayout::columns(const Slot &slot)
{
    QStringList names = storage::FieldColumns::namesOf(slot.column);
    for (QString &name : names)
        name = quoted(name);
    return names;
}

model::Record TableLayout::readRecord(const storage::Statement &statement) const
{
    model::Record record;
    record.entity = m_entity;
    record.rid = statement.int64(Rid);
    record.id = readId(statement, IdColumn);
    record.trashed = statement.int64(Trashed) == 1;
    record.createdAt = statement.int64(CreatedAt);
    record.createdBy = readId(statement, CreatedBy);
    record.modifiedAt = statement.int64(ModifiedAt);
    record.modifiedBy = readId(statement, ModifiedBy);
    if (m_description != nullptr)
        record.values.resize(size_t(m_description->fields().size()));
    for (const Slot &slot : m_slots) {
        int at = slot.at;
        record.values[size_t(slot.field->index)] = storage::FieldColumns::read(statement, at, slot.column);
    }
    return record;
}

} // namespace fieldfare::store
