// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// create, set, get, trash, restore
#include "app/cli/command.h"
#include "app/cli/record_output.h"

#include "core/domain/new_record.h"
#include "core/exchange/record_lookups.h"
#include "core/model/value_text.h"
#include "core/store/query/list_reader.h"

#include <QCoreApplication>

namespace fieldfare::app::commands_impl {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::FieldValue;
using changes::LocalChange;
using changes::OperationKind;

namespace {

/// "customer C-000001", for the label of an action.
QString named(const model::Entity &entity, const QString &text)
{
    return entity.name() + QLatin1Char(' ') + text.left(60);
}

Result<store::ChangeResult> commitOne(CommandContext &context, LocalChange change, const QString &label)
{
    store::ChangeSet set;
    set.label = label;
    set.changes.push_back(std::move(change));
    FIELDFARE_ASSIGN(const store::CommitReport report, context.store.commit(set));
    return report.results.front();
}

Result<void> mark(CommandContext &context, const Arguments &arguments, OperationKind kind)
{
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.words.at(0)));
    FIELDFARE_ASSIGN(const Id id, context.store.resolve(entity->id(), arguments.words.at(1)));
    LocalChange change;
    change.kind = kind;
    change.entity = entity->id();
    change.record = id;
    const bool isTrash = kind == OperationKind::Trash;
    FIELDFARE_TRY(commitOne(context, change, (isTrash ? QStringLiteral("Trash ") : QStringLiteral("Restore ")) + named(*entity, arguments.words.at(1))));
    if (context.json)
        context.print({{QStringLiteral("id"), id.toString()}, {QStringLiteral("trashed"), isTrash}});
    context.say(isTrash ? QStringLiteral("in the trash; undo, or restore, brings it back") : QStringLiteral("restored"));
    return {};
}

} // namespace

Result<void> create(CommandContext &context, const Arguments &arguments)
{
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.words.at(0)));
    LocalChange change;
    change.kind = OperationKind::Create;
    change.entity = entity->id();
    FIELDFARE_ASSIGN(change.values, readAssignments(context, *entity, arguments.words.mid(1), {}));
    FIELDFARE_ASSIGN(const changes::ReplicaState state, context.store.replicaState());
    for (FieldValue &value : domain::newRecordDefaults(*entity, state.user)) {
        const bool isGiven = std::any_of(change.values.begin(), change.values.end(), [&](const FieldValue &given) { return given.field == value.field; });
        if (!isGiven)
            change.values.push_back(std::move(value));
    }
    FIELDFARE_ASSIGN(const store::ChangeResult result, commitOne(context, std::move(change), QStringLiteral("Create ") + entity->name()));
    if (context.json)
        context.print({{QStringLiteral("id"), result.record.toString()}, {QStringLiteral("number"), result.number}});
    context.say(QStringLiteral("created %1 %2").arg(result.number, result.record.toString()).simplified());
    return {};
}

Result<void> set(CommandContext &context, const Arguments &arguments)
{
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.words.at(0)));
    FIELDFARE_ASSIGN(const Id id, context.store.resolve(entity->id(), arguments.words.at(1)));
    FIELDFARE_ASSIGN(const model::Record record, context.store.record(entity->id(), id, false));
    const model::Field *pipeline = entity->field(QStringLiteral("pipeline"));
    LocalChange change;
    change.kind = OperationKind::Set;
    change.entity = entity->id();
    change.record = id;
    FIELDFARE_ASSIGN(change.values, readAssignments(context, *entity, arguments.words.mid(2), pipeline != nullptr ? record.value(*pipeline).referenceId() : Id()));
    for (const FieldValue &value : change.values) {
        if (const model::Field *field = entity->field(value.field); field->has(model::ReadOnly))
            return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "%1 cannot be changed: the program sets it").arg(field->name), {field->name}};
    }
    if (change.values.size() > 1)
        change.group = context.store.newId();
    FIELDFARE_ASSIGN(const store::ChangeResult result, commitOne(context, std::move(change), QStringLiteral("Edit ") + named(*entity, arguments.words.at(1))));
    const bool isChanged = result.effect != store::Effect::Unchanged;
    if (context.json)
        context.print({{QStringLiteral("id"), id.toString()}, {QStringLiteral("changed"), isChanged}});
    context.say(isChanged ? QStringLiteral("changed") : QStringLiteral("nothing changed: the values were the same"));
    if (isChanged && record.trashed)
        context.note(QStringLiteral("note: it is in the trash; \"restore %1 %2\" takes it out").arg(entity->name(), id.toString()));
    return {};
}

Result<void> get(CommandContext &context, const Arguments &arguments)
{
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.words.at(0)));
    FIELDFARE_ASSIGN(const Id id, context.store.resolve(entity->id(), arguments.words.at(1)));
    FIELDFARE_ASSIGN(const store::FilterContext filter, context.filterContext());
    store::ListReader reader(context.store.connection(), catalog, filter);
    const std::vector<Id> ids{id};
    FIELDFARE_ASSIGN(const auto rows, reader.rowsById(entity->id(), ids));
    if (rows.empty())
        return {ErrorCode::NotFound, QString(), {arguments.words.at(1)}};
    printRecord(context, *entity, rows.front());
    return {};
}

Result<void> trash(CommandContext &context, const Arguments &arguments)
{
    return mark(context, arguments, OperationKind::Trash);
}

Result<void> restore(CommandContext &context, const Arguments &arguments)
{
    return mark(context, arguments, OperationKind::Restore);
}

} // namespace fieldfare::app::commands_impl
