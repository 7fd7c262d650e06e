// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/field_columns.h"

#include <algorithm>
#include <array>

namespace fieldfare::storage {

using model::FieldType;
using model::Value;

namespace {

constexpr qsizetype kWideBytes = 2 + base::Id::kSize;

FieldColumn::Kind kindOf(const model::Field &field)
{
    switch (field.valueType()) {
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Date:
    case FieldType::Instant:
    case FieldType::Duration:
    case FieldType::YesNo:
        return FieldColumn::Kind::Integer;
    case FieldType::Money:
        return FieldColumn::Kind::Money;
    case FieldType::Reference:
    case FieldType::User:
        return field.targets.size() == 1 ? FieldColumn::Kind::Reference : FieldColumn::Kind::WideReference;
    default:
        return FieldColumn::Kind::Text;
    }
}

QString currencyName(const FieldColumn &column)
{
    return column.name + QStringLiteral("_currency");
}

base::Id idAt(QByteArrayView bytes, qsizetype from)
{
    return base::Id::fromBytes(std::span(reinterpret_cast<const std::uint8_t *>(bytes.data()) + from,
                                         size_t(base::Id::kSize)));
}

} // namespace

bool FieldColumn::holds(const Value &value) const
{
    if (value.isEmpty())
        return true;
    switch (kind) {
    case Kind::Text:
        return value.text() != nullptr;
    case Kind::Integer:
        return value.integer() != nullptr;
    case Kind::Money:
        return value.money() != nullptr;
    case Kind::Reference:
        return value.reference() != nullptr && value.reference()->entity == target;
    case Kind::WideReference:
        return value.reference() != nullptr;
    }
    return false;
}

FieldColumns::FieldColumns(const model::Entity &entity, Fields fields)
{
    for (const model::Field &field : entity.fields()) {
        if (fields == Fields::Replicated ? !field.isReplicated() : !field.hasColumn())
            continue;
        m_columns.push_back({field.key, field.column, kindOf(field), field.targets.value(0)});
    }
    m_columns.push_back({model::FieldKey(model::kTrashedNumber), QStringLiteral("trashed"), FieldColumn::Kind::Integer, 0});
    std::sort(m_columns.begin(), m_columns.end(),
              [](const FieldColumn &a, const FieldColumn &b) { return a.key < b.key; });
}

const FieldColumn *FieldColumns::find(const model::FieldKey &key) const
{
    const auto it = std::lower_bound(m_columns.begin(), m_columns.end(), key,
                                     [](const FieldColumn &column, const model::FieldKey &k) { return column.key < k; });
    return it != m_columns.end() && it->key == key ? &*it : nullptr;
}

QStringList FieldColumns::namesOf(const FieldColumn &column)
{
    if (column.kind == FieldColumn::Kind::Money)
        return {column.name, currencyName(column)};
    return {column.name};
}

QStringList FieldColumns::definitionsOf(const FieldColumn &column)
{
    switch (column.kind) {
    case FieldColumn::Kind::Text:
        return {column.name + QStringLiteral(" TEXT")};
    case FieldColumn::Kind::Integer:
        return {column.name + QStringLiteral(" INTEGER")};
    case FieldColumn::Kind::Money:
        return {column.name + QStringLiteral(" INTEGER"), currencyName(column) + QStringLiteral(" TEXT")};
    case FieldColumn::Kind::Reference:
    case FieldColumn::Kind::WideReference:
        break;
    }
    return {column.name + QStringLiteral(" BLOB")};
}

QStringList FieldColumns::names() const
{
    QStringList names;
    for (const FieldColumn &column : m_columns)
        names += namesOf(column);
    return names;
}

QStringList FieldColumns::definitions() const
{
    QStringList definitions;
    for (const FieldColumn &column : m_columns)
        definitions += definitionsOf(column);
    return definitions;
}

void FieldColumns::bind(Statement &statement, int &index, const FieldColumn &column, const Value &value)
{
    const int at = index;
    index += column.width();
    if (value.isEmpty() || !column.holds(value)) {
        for (int i = at; i < index; ++i)
            statement.bindNull(i);
        return;
    }
    switch (column.kind) {
    case FieldColumn::Kind::Text:
        statement.bindText(at, *value.text());
        break;
    case FieldColumn::Kind::Integer:
        statement.bind(at, qint64(*value.integer()));
        break;
    case FieldColumn::Kind::Money:
        statement.bind(at, qint64(value.money()->minor));
        statement.bindText(at + 1, value.money()->currencyCode());
        break;
    case FieldColumn::Kind::Reference: {
        const auto &id = value.reference()->id.data();
        statement.bindBlob(at, QByteArrayView(id.data(), base::Id::kSize));
        break;
    }
    case FieldColumn::Kind::WideReference: {
        std::array<std::uint8_t, size_t(kWideBytes)> wide{};
        wide[0] = std::uint8_t(value.reference()->entity >> 8);
        wide[1] = std::uint8_t(value.reference()->entity);
        const auto &id = value.reference()->id.data();
        std::copy(id.begin(), id.end(), wide.begin() + 2);
        statement.bindBlob(at, QByteArrayView(wide.data(), kWideBytes));
        break;
    }
    }
}

Value FieldColumns::read(const Statement &statement, int &index, const FieldColumn &column)
{
    const int at = index;
    index += column.width();
    if (statement.isNull(at))
        return {};
    switch (column.kind) {
    case FieldColumn::Kind::Text:
        return Value(statement.text(at));
    case FieldColumn::Kind::Integer:
        return Value(std::int64_t(statement.int64(at)));
    case FieldColumn::Kind::Money:
        return Value(model::Money::of(statement.int64(at), statement.text(at + 1)));
    case FieldColumn::Kind::Reference: {
        const QByteArrayView bytes = statement.bytesView(at);
        if (bytes.size() == base::Id::kSize)
            return Value(model::Reference{column.target, idAt(bytes, 0)});
        break;
    }
    case FieldColumn::Kind::WideReference: {
        const QByteArrayView bytes = statement.bytesView(at);
        if (bytes.size() == kWideBytes) {
            const auto entity = model::EntityId((quint8(bytes[0]) << 8) | quint8(bytes[1]));
            return Value(model::Reference{entity, idAt(bytes, 2)});
        }
        break;
    }
    }
    return {};
}

} // namespace fieldfare::storage
