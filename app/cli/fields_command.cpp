// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can be written and asked for: kinds of records, their fields, choices. All from the catalog.
#include "app/cli/command.h"

#include "core/exchange/column_matching.h"
#include "core/exchange/import_plan.h"
#include "core/exchange/record_json.h"
#include "core/exchange/record_lookups.h"
#include "core/store/custom_fields.h"

#include <QJsonArray>

namespace fieldfare::app::commands_impl {

using base::Result;
using exchange::RecordLookups;
using model::Entity;
using model::Field;

namespace {

/// What an import makes of a value that is not there; empty for fields of which any value will do.
QString importPolicy(const Field &field)
{
    if (field.type == model::FieldType::Tags)
        return QStringLiteral("create");
    if (!field.isReference() && field.type != model::FieldType::Choice)
        return {};
    return exchange::defaultPolicy(field) == exchange::UnknownPolicy::Create ? QStringLiteral("create") : QStringLiteral("empty");
}

QStringList targetsOf(const model::Catalog &catalog, const Field &field)
{
    QStringList names;
    for (const model::EntityId id : field.targets) {
        if (const Entity *target = catalog.entity(id))
            names.append(target->name());
    }
    return names;
}

void printEntities(CommandContext &context)
{
    const model::CatalogPointer catalog = context.store.catalog();
    context.say(QStringLiteral("entity\tlabel\tnumbers"));
    for (const Entity &entity : catalog->entities()) {
        const QString numbers = entity.numberPrefix().isEmpty() ? QString() : entity.numberPrefix() + QStringLiteral("-000001");
        if (context.json) {
            context.print({{QStringLiteral("entity"), entity.name()}, {QStringLiteral("label"), entity.label()},
                           {QStringLiteral("numbers"), numbers}, {QStringLiteral("internal"), entity.has(model::System)}});
        }
        if (!entity.has(model::System))
            context.say(QStringList{entity.name(), entity.label(), numbers}.join(QLatin1Char('\t')));
    }
}

void printField(CommandContext &context, const Entity &entity, const Field &field, const std::vector<RecordLookups::Choice> &choices)
{
    const QStringList targets = targetsOf(*context.store.catalog(), field);
    const bool isSettable = exchange::isImportable(field);
    if (context.json) {
        QJsonArray offered;
        for (const RecordLookups::Choice &choice : choices)
            offered.append(QJsonObject{{QStringLiteral("key"), choice.key}, {QStringLiteral("label"), choice.label}, {QStringLiteral("label_zh"), choice.labelChinese}});
        context.print({{QStringLiteral("entity"), entity.name()},
                       {QStringLiteral("name"), field.name},
                       {QStringLiteral("type"), store::fieldTypeName(field.type)},
                       {QStringLiteral("label"), field.label()},
                       {QStringLiteral("required"), field.has(model::Required)},
                       {QStringLiteral("settable"), isSettable},
                       {QStringLiteral("choices"), offered},
                       {QStringLiteral("targets"), QJsonArray::fromStringList(targets)},
                       {QStringLiteral("unknown"), importPolicy(field)}});
        return;
    }
    QStringList values = targets;
    for (const RecordLookups::Choice &choice : choices)
        values.append(choice.key);
    const QString remark = field.has(model::Required) ? QStringLiteral("required") : isSettable ? QString() : QStringLiteral("set by the program");
    context.say(QStringList{field.name, store::fieldTypeName(field.type), field.label(), remark, importPolicy(field), values.join(QStringLiteral(", "))}.join(QLatin1Char('\t')));
}

} // namespace

Result<void> fields(CommandContext &context, const Arguments &arguments)
{
    if (arguments.words.isEmpty()) {
        printEntities(context);
        return {};
    }
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const Entity *const entity, catalog->find(arguments.words.at(0)));
    RecordLookups lookups(context.store);
    context.say(QStringLiteral("field\ttype\tlabel\tremark\tunknown in an import\tchoices, or what it points to"));
    for (const Field *field : exchange::shownFields(*entity)) {
        std::vector<RecordLookups::Choice> choices;
        if (field->type == model::FieldType::Choice) {
            FIELDFARE_ASSIGN(choices, lookups.choicesOf(*field));
        }
        printField(context, *entity, *field, choices);
    }
    return {};
}

} // namespace fieldfare::app::commands_impl
