// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/entity.h"

#include <QCoreApplication>
#include <QLocale>

namespace fieldfare::model {

namespace {

QString translated(const char *source)
{
    return source ? QCoreApplication::translate("Catalog", source) : QString();
}

} // namespace

bool Field::isNumeric() const
{
    switch (valueType()) {
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Duration:
        return true;
    default:
        return false;
    }
}

QString Field::label() const
{
    if (!key.isCustom())
        return translated(labelSource);
    // The program's language is the one its own strings are in.
    const bool chinese = QCoreApplication::translate("Catalog", "(language)") == QLatin1String("zh_CN");
    if (chinese && !customLabelChinese.isEmpty())
        return customLabelChinese;
    return customLabelEnglish.isEmpty() ? name : customLabelEnglish;
}

QString Field::help() const
{
    return translated(helpSource);
}

Entity::Entity(const EntitySpec &spec) : m_spec(&spec), m_name(QString::fromLatin1(spec.name)) {}

QString Entity::label() const
{
    return translated(m_spec->label);
}

QString Entity::pluralLabel() const
{
    return translated(m_spec->pluralLabel);
}

const Field *Entity::field(const FieldKey &key) const
{
    const auto it = m_byKey.constFind(key);
    return it == m_byKey.constEnd() ? nullptr : &m_fields.at(*it);
}

const Field *Entity::field(const QString &name) const
{
    const auto it = m_byName.constFind(name);
    return it == m_byName.constEnd() ? nullptr : &m_fields.at(*it);
}

const Field *Entity::titleField() const
{
    const auto fields = fieldsWith(Title);
    return fields.isEmpty() ? nullptr : fields.first();
}

const Field *Entity::numberField() const
{
    const auto fields = fieldsWith(Number);
    return fields.isEmpty() ? nullptr : fields.first();
}

const Field *Entity::mineField() const
{
    const auto fields = fieldsWith(Mine);
    return fields.isEmpty() ? nullptr : fields.first();
}

const Field *Entity::parentField() const
{
    return m_spec->parentField ? field(QString::fromLatin1(m_spec->parentField)) : nullptr;
}

QList<const Field *> Entity::fieldsWith(FieldFlag flag) const
{
    QList<const Field *> result;
    for (const Field &field : m_fields) {
        if (field.has(flag) && !field.has(Removed))
            result.append(&field);
    }
    return result;
}

QList<FieldKey> Entity::guardGroup(std::uint8_t group) const
{
    QList<FieldKey> result;
    for (const Field &field : m_fields) {
        if (group != 0 && field.guardGroup == group)
            result.append(field.key);
    }
    return result;
}

void Entity::append(Field field)
{
    field.index = int(m_fields.size());
    m_byKey.insert(field.key, field.index);
    if (!field.has(Removed))
        m_byName.insert(field.name, field.index);
    m_fields.append(std::move(field));
}

} // namespace fieldfare::model
