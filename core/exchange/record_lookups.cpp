// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/record_lookups.h"

#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"
#include "core/model/value_text.h"
#include "core/store/change_preparation.h"
#include "core/store/query/list_reader.h"

#include <algorithm>
#include <tuple>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Entity;
using model::Field;
using model::Value;

namespace {

/// Entities of a few hundred rows at most are read whole.
bool isSmall(const Entity &entity)
{
    return entity.has(model::System);
}

} // namespace

Result<void> RecordLookups::loadChoices()
{
    if (m_choicesLoaded)
        return {};
    const model::CatalogPointer catalog = m_store.catalog();
    const Entity &entity = *catalog->entity(model::entities::kChoiceValue.id);
    store::ListReader reader(m_store.connection(), catalog, {});
    FIELDFARE_ASSIGN(const auto rids, reader.firstRids({.entity = entity.id()}, 100'000));
    for (size_t at = 0; at < rids.size(); at += 1000) {
        FIELDFARE_ASSIGN(const auto rows, reader.rows(entity.id(), std::span(rids).subspan(at, std::min<size_t>(1000, rids.size() - at))));
        for (const store::RowView &row : rows) {
            const auto value = [&](const char *name) -> const Value & { return row.record.value(*entity.field(QString::fromLatin1(name))); };
            const QString list = value("list").textOrEmpty();
            const Choice choice{value("key").textOrEmpty(), value("label_en").textOrEmpty(), value("label_zh").textOrEmpty(), value("sort_order").integerOr(0)};
            if (value("retired").integerOr(0) == 0)
                m_offered[list].push_back(choice);
            auto &names = m_choices[list];
            names.insert(model::foldedName(choice.key), choice.key);
            for (const QString &label : {choice.label, choice.labelChinese}) {
                const QString text = model::foldedName(label);
                if (!text.isEmpty() && !names.contains(text))
                    names.insert(text, choice.key);
            }
        }
    }
    for (auto &[list, offered] : m_offered)
        std::sort(offered.begin(), offered.end(), [](const Choice &one, const Choice &other) { return std::tie(one.order, one.key) < std::tie(other.order, other.key); });
    m_choicesLoaded = true;
    return {};
}

Result<QHash<QString, QString> *> RecordLookups::choices(const QString &list)
{
    FIELDFARE_TRY(loadChoices());
    return &m_choices[list];
}

Result<RecordLookups::Answer> RecordLookups::choice(const Field &field, const QString &text, bool mayCreate)
{
    FIELDFARE_ASSIGN(auto *const names, choices(field.choiceList));
    const QString key = model::choiceKeyFor(text);
    for (const QString &name : {model::foldedName(text), key}) {
        if (const auto it = names->constFind(name); it != names->constEnd())
            return Answer{Outcome::Found, Value(it.value()), {}};
    }
    if (!mayCreate || key.isEmpty())
        return Answer{};
    const model::CatalogPointer catalog = m_store.catalog();
    const Entity &entity = *catalog->entity(model::entities::kChoiceValue.id);
    changes::LocalChange create;
    create.kind = changes::OperationKind::Create;
    create.entity = entity.id();
    create.record = model::choiceValueId(field.choiceList, key);
    const auto set = [&](const char *name, const Value &value) { create.values.push_back({entity.field(QString::fromLatin1(name))->key, value}); };
    set("list", field.choiceList);
    set("key", key);
    set("label_en", text.simplified().left(100));
    set("sort_order", std::int64_t(names->size() + 1));
    names->insert(model::foldedName(text), key);
    names->insert(key, key);
    return Answer{Outcome::Created, Value(key), {create}};
}

Result<std::vector<RecordLookups::Choice>> RecordLookups::choicesOf(const Field &field)
{
    FIELDFARE_TRY(loadChoices());
    return m_offered[field.choiceList];
}

Result<QStringList> RecordLookups::choiceKeys(const Field &field)
{
    FIELDFARE_ASSIGN(const std::vector<Choice> offered, choicesOf(field));
    QStringList keys;
    for (const Choice &choice : offered)
        keys.append(choice.key);
    return keys;
}

Result<QStringList> RecordLookups::newTags(const QString &text)
{
    if (!m_tags) {
        store::ListReader reader(m_store.connection(), m_store.catalog(), {});
        FIELDFARE_ASSIGN(const store::RowOrder order, reader.order({.entity = model::entities::kTag.id}));
        FIELDFARE_ASSIGN(const std::vector<Id> ids, reader.ids(model::entities::kTag.id, *order));
        m_tags.emplace(ids.begin(), ids.end());
    }
    QStringList fresh;
    for (const QString &name : store::tagNames(text)) {
        const Id id = model::tagId(name);
        if (m_tags->contains(id))
            continue;
        m_tags->insert(id);
        fresh.append(name);
    }
    return fresh;
}

Result<RecordLookups::SmallEntity *> RecordLookups::smallEntity(const Entity &entity)
{
    if (const auto it = m_small.find(entity.id()); it != m_small.end())
        return &it->second;
    SmallEntity &small = m_small[entity.id()];
    store::ListReader reader(m_store.connection(), m_store.catalog(), {});
    FIELDFARE_ASSIGN(const auto rids, reader.firstRids({.entity = entity.id()}, 100'000));
    for (size_t at = 0; at < rids.size(); at += 1000) {
        FIELDFARE_ASSIGN(const auto rows, reader.rows(entity.id(), std::span(rids).subspan(at, std::min<size_t>(1000, rids.size() - at))));
        for (const store::RowView &row : rows) {
            for (const Field &field : entity.fields()) {
                const bool isName = field.has(model::Title) || field.has(model::AlsoNamed);
                const QString text = isName ? model::foldedName(row.record.value(field).textOrEmpty()) : QString();
                if (text.isEmpty())
                    continue;
                std::vector<Id> &ids = small.byName[text];
                if (std::find(ids.begin(), ids.end(), row.record.id) == ids.end())
                    ids.push_back(row.record.id);
            }
            if (const Field *parent = entity.parentField())
                small.parents.insert(row.record.id, row.record.value(*parent).referenceId());
        }
    }
    return &small;
}

Result<std::optional<Id>> RecordLookups::findIn(const Entity &entity, const QString &text, const Id &pipeline, bool &ambiguous)
{
    const QString folded = model::foldedName(text);
    if (isSmall(entity)) {
        FIELDFARE_ASSIGN(SmallEntity *const small, smallEntity(entity));
        std::vector<Id> ids = small->byName.value(folded);
        if (ids.size() > 1 && !small->parents.isEmpty()) {
            const Id wanted = pipeline.isNull() ? model::defaultPipelineId() : pipeline;
            std::erase_if(ids, [&](const Id &id) { return small->parents.value(id) != wanted; });
        }
        ambiguous = ambiguous || ids.size() > 1;
        if (ids.size() == 1)
            return std::optional(ids.front());
        if (!ids.empty())
            return std::optional<Id>();
    } else if (const auto it = m_found[entity.id()].constFind(folded); it != m_found[entity.id()].constEnd()) {
        return it->isNull() ? std::optional<Id>() : std::optional(it.value());
    }
    const auto found = m_store.resolve(entity.id(), text);
    if (found.ok()) {
        if (!isSmall(entity))
            m_found[entity.id()].insert(folded, found.value());
        return std::optional(found.value());
    }
    if (found.error().code == ErrorCode::InvalidArgument)
        ambiguous = true;
    else if (found.error().code != ErrorCode::NotFound)
        return found.error();
    return std::optional<Id>();
}

changes::LocalChange RecordLookups::createNamed(const Entity &entity, const Id &id, const QString &title) const
{
    changes::LocalChange create;
    create.kind = changes::OperationKind::Create;
    create.entity = entity.id();
    create.record = id;
    create.values.push_back({entity.titleField()->key, Value(title.simplified().left(entity.titleField()->maxLength))});
    return create;
}

Result<RecordLookups::Answer> RecordLookups::reference(const Field &field, const QString &text, bool mayCreate, const Id &pipeline)
{
    const model::CatalogPointer catalog = m_store.catalog();
    QList<model::EntityId> targets = field.targets;
    if (field.type == model::FieldType::User)
        targets = {model::entities::kUser.id};
    bool ambiguous = false;
    for (const model::EntityId target : std::as_const(targets)) {
        const Entity *entity = catalog->entity(target);
        if (entity == nullptr)
            continue;
        FIELDFARE_ASSIGN(const auto id, findIn(*entity, text, pipeline, ambiguous));
        if (id)
            return Answer{Outcome::Found, Value(model::Reference{target, *id}), {}};
    }
    if (ambiguous)
        return Answer{Outcome::Ambiguous, {}, {}};
    const Entity *target = targets.size() == 1 ? catalog->entity(targets.first()) : nullptr;
    if (!mayCreate || target == nullptr || target->has(model::System) || target->titleField() == nullptr)
        return Answer{};
    const Id id = m_store.newId();
    noteCreated(target->id(), text, id);
    return Answer{Outcome::Created, Value(model::Reference{target->id(), id}), {createNamed(*target, id, text)}};
}

void RecordLookups::noteCreated(model::EntityId entity, const QString &title, const Id &id)
{
    QHash<QString, Id> &found = m_found[entity];
    if (!found.contains(model::foldedName(title)))
        found.insert(model::foldedName(title), id);
}

Result<RecordLookups::Answer> RecordLookups::value(const Field &field, const QString &text, const QString &currency)
{
    if (text.trimmed().isEmpty())
        return Answer{Outcome::Found, {}, {}};
    if (field.type == model::FieldType::Choice)
        return choice(field, text, false);
    if (field.isReference())
        return reference(field, text, false);
    if (field.type == model::FieldType::Tags || field.type == model::FieldType::LongText)
        return Answer{Outcome::Found, Value(text), {}};
    FIELDFARE_ASSIGN(Value read, model::parseValue(field, text, currency));
    return Answer{Outcome::Found, std::move(read), {}};
}

} // namespace fieldfare::exchange
