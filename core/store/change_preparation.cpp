// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/change_preparation.h"

#include "core/model/choice_seeds.h"
#include "core/model/entities/entities.h"

#include <QRegularExpression>

#include <algorithm>

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::FieldValue;
using changes::LocalChange;
using changes::OperationKind;
using model::Entity;
using model::Field;
using model::FieldKey;
using model::FieldType;
using model::Value;

namespace {

const FieldValue *find(const std::vector<FieldValue> &values, const FieldKey &field)
{
    const auto it = std::find_if(values.begin(), values.end(), [&](const FieldValue &entry) { return entry.field == field; });
    return it == values.end() ? nullptr : &*it;
}

} // namespace

QStringList tagNames(const QString &text)
{
    static const QRegularExpression separator(QStringLiteral("[,;\\x{FF0C}\\x{FF1B}\\x{1F}\\n]"));
    QStringList names;
    for (const QString &part : text.split(separator)) {
        const QString name = part.normalized(QString::NormalizationForm_C).simplified();
        if (!name.isEmpty())
            names.append(name);
    }
    return names;
}

ChangePreparation::ChangePreparation(Environment environment) : m_environment(std::move(environment)) {}

Result<void> ChangePreparation::add(LocalChange change, size_t origin)
{
    const Entity *entity = m_environment.reader.catalog()->entity(change.entity);
    if (entity == nullptr)
        return {ErrorCode::UnknownEntity, QStringLiteral("no entity %1").arg(change.entity)};
    const bool create = change.kind == OperationKind::Create;
    if (create && change.record.isNull())
        change.record = m_environment.ids.next();
    m_named.insert(origin, {change.record, QString()});
    FIELDFARE_ASSIGN(const bool isAllowed, isPermitted(*entity, change));
    if (!isAllowed) {
        m_problems.push_back({origin, change.entity, change.record, {FieldKey(), model::ProblemCode::NotPermitted, {}}});
        return {};
    }
    if (!create && change.kind != OperationKind::Set) {
        m_prepared.push_back({std::move(change), origin});
        return {};
    }
    FIELDFARE_ASSIGN(const auto tags, takeTags(*entity, change));
    if (!m_environment.trusted) {
        const size_t before = m_problems.size();
        FIELDFARE_TRY(clean(*entity, change, origin));
        FIELDFARE_TRY(complete(*entity, change));
        requireFields(*entity, change, origin);
        if (m_problems.size() > before)
            return {};
    }
    if (create)
        FIELDFARE_TRY(addNumber(*entity, change, origin));
    else
        FIELDFARE_TRY(addGuards(*entity, change));
    const model::Reference record{change.entity, change.record};
    m_prepared.push_back({std::move(change), origin});
    if (tags)
        FIELDFARE_TRY(addTags(record, create, *tags, origin));
    return {};
}

/// A record that the same set makes is its maker's business, and so are its tags. Server and device say the same.
Result<bool> ChangePreparation::isPermitted(const Entity &entity, const LocalChange &change)
{
    // Or somebody could give himself a role here, which the server would refuse and this device believe until then.
    if (entity.has(model::ServerOnly) && !m_environment.profile.isStandAlone()) {
        return change.kind == OperationKind::Set
            && std::all_of(change.values.begin(), change.values.end(), [&entity](const FieldValue &value) { return rights::mayDeviceSet(entity, value.field); });
    }
    if (m_environment.rights == nullptr || m_environment.rights->isUnlimited())
        return true;
    rights::Request request{rights::Action::Remove, {change.entity, change.record}, {}};
    const bool isCreate = change.kind == OperationKind::Create;
    if (isCreate) {
        request.action = rights::Action::Create;
        const FieldValue *const parent = entity.parentField() != nullptr ? find(change.values, entity.parentField()->key) : nullptr;
        if (parent != nullptr && parent->value.reference() != nullptr)
            request.parent = *parent->value.reference();
    } else if (change.kind == OperationKind::Set) {
        request.action = rights::Action::Edit;
    }
    if (isCreate ? request.parent && entity.has(model::System) && m_made.contains(request.parent->id) : m_made.contains(change.record))
        return true;
    FIELDFARE_ASSIGN(const bool isAllowed, rights::isPermitted(*m_environment.reader.catalog(), *m_environment.places, *m_environment.rights, request));
    if (isAllowed && isCreate)
        m_made.insert(change.record);
    return isAllowed;
}

Result<void> ChangePreparation::complete(const Entity &, LocalChange &change)
{
    if (m_environment.rules.empty())
        return {};
    const CommitRule::Context context{
        *m_environment.reader.catalog(),
        [this](model::EntityId entity, const Id &id) { return m_environment.reader.find(entity, id); },
        [this](const ListQuery &query) { return m_environment.reader.first(query); },
        m_environment.nowMs,
        m_environment.user,
        m_environment.cause,
    };
    for (const auto &rule : m_environment.rules)
        FIELDFARE_TRY(rule->complete(context, change));
    return {};
}

Result<std::optional<QString>> ChangePreparation::takeTags(const Entity &entity, LocalChange &change)
{
    std::optional<QString> names;
    for (const Field &field : entity.fields()) {
        if (field.type != FieldType::Tags)
            continue;
        if (const FieldValue *entry = find(change.values, field.key)) {
            names = entry->value.textOrEmpty();
            std::erase_if(change.values, [&](const FieldValue &other) { return other.field == field.key; });
        }
    }
    return names;
}

Result<void> ChangePreparation::clean(const Entity &entity, LocalChange &change, size_t origin)
{
    for (FieldValue &entry : change.values) {
        const Field *field = entity.field(entry.field);
        if (field == nullptr)
            return {ErrorCode::UnknownField, QStringLiteral("no field %1 in %2").arg(entry.field.number).arg(entity.name())};
        if (!field->isReplicated()) {
            m_problems.push_back({origin, change.entity, change.record, {field->key, model::ProblemCode::WrongType, {}}});
            continue;
        }
        if (const QString *text = entry.value.text())
            entry.value = Value(model::cleaned(*field, *text));
        if (const auto problem = model::checkField(*field, entry.value))
            m_problems.push_back({origin, change.entity, change.record, *problem});
    }
    return {};
}

void ChangePreparation::requireFields(const Entity &entity, const LocalChange &change, size_t origin)
{
    const bool create = change.kind == OperationKind::Create;
    for (const Field &field : entity.fields()) {
        if (!field.has(model::Required) || field.has(model::Removed) || !field.isReplicated())
            continue;
        const FieldValue *entry = find(change.values, field.key);
        if (entry != nullptr ? entry->value.isEmpty() : create)
            m_problems.push_back({origin, change.entity, change.record, {field.key, model::ProblemCode::RequiredMissing, {}}});
    }
}

Result<void> ChangePreparation::addNumber(const Entity &entity, LocalChange &change, size_t origin)
{
    const Field *field = entity.numberField();
    if (field == nullptr || entity.numberPrefix().isEmpty())
        return {};
    if (const FieldValue *given = find(change.values, field->key); given != nullptr && !given->value.isEmpty()) {
        m_named[origin].second = given->value.textOrEmpty();
        m_environment.numbers.noteGiven(entity, given->value.textOrEmpty());
        return {};
    }
    if (m_environment.dryRun)
        return {};
    FIELDFARE_ASSIGN(const QString number, m_environment.numbers.next(entity, m_environment.profile));
    std::erase_if(change.values, [&](const FieldValue &entry) { return entry.field == field->key; });
    change.values.push_back({field->key, Value(number)});
    m_named[origin].second = number;
    return {};
}

/// Fields of a guard group stand or fall together: what the caller leaves alone is guarded, so that the server notices when
/// another device changed it meanwhile.
Result<void> ChangePreparation::addGuards(const Entity &entity, LocalChange &change)
{
    std::set<std::uint8_t> groups;
    for (const FieldValue &entry : change.values) {
        const Field *field = entity.field(entry.field);
        if (field != nullptr && field->guardGroup != 0)
            groups.insert(field->guardGroup);
    }
    if (groups.empty())
        return {};
    FIELDFARE_ASSIGN(const auto present, m_environment.reader.find(change.entity, change.record));
    if (!present)
        return {}; // Replica says NotFound
    for (const std::uint8_t group : groups) {
        const QList<FieldKey> keys = entity.guardGroup(group);
        const auto changed = [&](const FieldKey &key) {
            const FieldValue *entry = find(change.values, key);
            return entry != nullptr && entry->value != present->value(*entity.field(key));
        };
        if (keys.size() < 2 || std::none_of(keys.begin(), keys.end(), changed))
            continue;
        for (const FieldKey &key : keys) {
            if (!changed(key) && std::find(change.guards.begin(), change.guards.end(), key) == change.guards.end())
                change.guards.push_back(key);
        }
    }
    if (!change.guards.empty() && change.group.isNull())
        change.group = m_environment.ids.next();
    return {};
}

Result<void> ChangePreparation::addTags(const model::Reference &record, bool isNew, const QString &text, size_t origin)
{
    const Entity *tagging = m_environment.reader.catalog()->entity(model::entities::kTagging.id);
    QHash<Id, QString> wanted;
    for (const QString &name : tagNames(text))
        wanted.insert(model::tagId(name), name);

    const Field &tagField = *tagging->field(QStringLiteral("tag"));
    std::vector<model::Reference> pointing;
    if (!isNew) {
        FIELDFARE_ASSIGN(pointing, m_environment.reader.referencing(record, 10'000));
    }
    for (const model::Reference &reference : pointing) {
        if (reference.entity != tagging->id())
            continue;
        FIELDFARE_ASSIGN(const auto membership, m_environment.reader.find(reference.entity, reference.id));
        const Id tag = membership ? membership->value(tagField).referenceId() : Id();
        if (!wanted.remove(tag)) {
            LocalChange take;
            take.kind = OperationKind::Trash;
            take.entity = tagging->id();
            take.record = reference.id;
            m_prepared.push_back({std::move(take), origin});
        }
    }
    for (auto it = wanted.cbegin(); it != wanted.cend(); ++it) {
        const Entity *entity = m_environment.reader.catalog()->entity(model::entities::kTag.id);
        FIELDFARE_ASSIGN(const auto tag, m_environment.reader.find(entity->id(), it.key()));
        LocalChange make;
        make.entity = entity->id();
        make.record = it.key();
        make.kind = tag ? OperationKind::Restore : OperationKind::Create;
        if (!tag)
            make.values.push_back({entity->titleField()->key, Value(it.value().left(entity->titleField()->maxLength))});
        if (!m_madeTags.contains(it.key()) && (!tag || tag->trashed))
            m_prepared.push_back({std::move(make), origin});
        m_madeTags.insert(it.key(), true);
        FIELDFARE_TRY(addTagging(record, it.key(), origin));
    }
    return {};
}

Result<void> ChangePreparation::addTagging(const model::Reference &record, const Id &tag, size_t origin)
{
    const Entity *tagging = m_environment.reader.catalog()->entity(model::entities::kTagging.id);
    LocalChange add;
    add.kind = OperationKind::Create;
    add.entity = tagging->id();
    add.record = m_environment.ids.next();
    add.values = {{tagging->field(QStringLiteral("record"))->key, Value(record)},
                  {tagging->field(QStringLiteral("tag"))->key, Value(model::Reference{model::entities::kTag.id, tag})}};
    m_prepared.push_back({std::move(add), origin});
    return {};
}

} // namespace fieldfare::store
