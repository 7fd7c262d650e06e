// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/catalog.h"

#include "core/base/hash.h"
#include "core/model/entities/entities.h"

namespace fieldfare::model {

using base::ErrorCode;
using base::Result;

namespace {

int defaultMaxLength(FieldType type)
{
    switch (type) {
    case FieldType::LongText:
        return 65536;
    case FieldType::Phone:
        return 40;
    case FieldType::Email:
        return 254; // RFC 5321, with the path's brackets
    case FieldType::Url:
        return 2048;
    case FieldType::Address:
        return 1000;
    case FieldType::Choice:
        return 64;
    default:
        return 255;
    }
}

Field fromSpec(const FieldSpec &spec, const Catalog &catalog)
{
    Field field;
    field.key = FieldKey(spec.id);
    field.name = QString::fromLatin1(spec.name);
    field.column = field.name;
    field.type = spec.type;
    field.flags = spec.flags;
    field.maxLength = spec.maxLength > 0 ? spec.maxLength : defaultMaxLength(spec.type);
    field.merge = spec.guardGroup != 0 ? Merge::Guarded : spec.merge;
    field.guardGroup = spec.guardGroup;
    field.choiceList = QString::fromLatin1(spec.choiceList ? spec.choiceList : "");
    field.computed = spec.computed;
    field.labelSource = spec.label;
    field.helpSource = spec.help;
    field.headings = spec.headings;
    if (spec.type == FieldType::User)
        field.targets.append(entities::kUser.id);
    for (const char *target : spec.targets) {
        if (const Entity *entity = catalog.entity(QString::fromLatin1(target)))
            field.targets.append(entity->id());
    }
    return field;
}

} // namespace

std::shared_ptr<const Catalog> Catalog::standard()
{
    static const auto catalog = std::make_shared<const Catalog>(entities::all());
    return catalog;
}

Catalog::Catalog(std::span<const EntitySpec *const> specs)
{
    for (const EntitySpec *spec : specs)
        m_entities.append(Entity(*spec));
    for (qsizetype i = 0; i < m_entities.size(); ++i)
        appendSpecs(m_entities[i], specs[size_t(i)]->fields);
}

void Catalog::appendSpecs(Entity &entity, std::span<const FieldSpec> fields)
{
    for (const FieldSpec &spec : fields)
        entity.append(fromSpec(spec, *this));
}

std::shared_ptr<const Catalog> Catalog::withCustomFields(const QList<CustomField> &fields) const
{
    auto copy = std::make_shared<Catalog>(*this);
    for (const CustomField &custom : fields) {
        for (Entity &entity : copy->m_entities) {
            if (entity.id() != custom.entity || entity.field(custom.name) != nullptr || custom.columnNumber <= 0)
                continue;
            Field field;
            field.key = FieldKey(custom.definition);
            field.name = custom.name;
            field.column = QStringLiteral("x_%1").arg(custom.columnNumber);
            field.type = custom.type;
            field.flags = custom.flags;
            field.maxLength = custom.maxLength > 0 ? custom.maxLength : defaultMaxLength(custom.type);
            field.merge = custom.type == FieldType::LongText ? Merge::Text : Merge::Latest;
            field.choiceList = custom.choiceList;
            field.customLabelEnglish = custom.labelEnglish;
            field.customLabelChinese = custom.labelChinese;
            if (custom.type == FieldType::User)
                field.targets.append(entities::kUser.id);
            else if (custom.type == FieldType::Reference)
                field.targets.append(entities::kCustomer.id);
            entity.append(std::move(field));
        }
    }
    return copy;
}

std::shared_ptr<const Catalog> Catalog::withField(const QString &name, const FieldSpec &field) const
{
    auto copy = std::make_shared<Catalog>(*this);
    for (Entity &entity : copy->m_entities) {
        if (entity.name() == name)
            entity.append(fromSpec(field, *copy));
    }
    return copy;
}

const Entity *Catalog::entity(EntityId id) const
{
    for (const Entity &entity : m_entities) {
        if (entity.id() == id)
            return &entity;
    }
    return nullptr;
}

const Entity *Catalog::entity(const QString &name) const
{
    for (const Entity &entity : m_entities) {
        if (entity.name() == name)
            return &entity;
    }
    return nullptr;
}

Result<const Entity *> Catalog::find(const QString &name) const
{
    if (const Entity *found = entity(name))
        return found;
    return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(name), {name}};
}

Result<const Field *> Catalog::findField(const Entity &entity, const QString &name) const
{
    if (const Field *found = entity.field(name))
        return found;
    return {ErrorCode::UnknownField, QStringLiteral("no field %1 in %2").arg(name, entity.name()), {entity.name(), name}};
}

QByteArray Catalog::fingerprint() const
{
    QByteArray text;
    for (const Entity &entity : m_entities) {
        for (const Field &field : entity.fields()) {
            if (field.key.isCustom())
                continue;
            text += QByteArray::number(entity.id()) + '.' + QByteArray::number(field.key.number) + ' '
                + field.column.toLatin1() + ' ' + QByteArray::number(int(field.type)) + ' '
                + QByteArray::number(field.flags & (Sortable | Searchable | FullText | Removed)) + '\n';
        }
    }
    return base::sha256(text).left(16);
}

} // namespace fieldfare::model
