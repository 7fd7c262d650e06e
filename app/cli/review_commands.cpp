// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// history, undo, conflicts, tray
#include "app/cli/command.h"
#include "app/cli/record_output.h"

#include "core/model/entities/entities.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace fieldfare::app::commands_impl {

using base::ErrorCode;
using base::Id;
using base::Result;

namespace {

QString kindName(store::HistoryKind kind)
{
    switch (kind) {
    case store::HistoryKind::Create:
        return QStringLiteral("create");
    case store::HistoryKind::Set:
        return QStringLiteral("set");
    case store::HistoryKind::Trash:
        return QStringLiteral("trash");
    case store::HistoryKind::Restore:
        return QStringLiteral("restore");
    case store::HistoryKind::Remove:
        return QStringLiteral("remove");
    }
    return {};
}

QString reasonName(store::UndoKept::Reason reason)
{
    switch (reason) {
    case store::UndoKept::Reason::ChangedSince:
        return QStringLiteral("changed since");
    case store::UndoKept::Reason::Touched:
        return QStringLiteral("edited by somebody else or later");
    case store::UndoKept::Reason::Referenced:
        return QStringLiteral("something points to it");
    case store::UndoKept::Reason::Gone:
        return QStringLiteral("not here any more");
    }
    return {};
}

QString outcomeName(changes::Outcome outcome)
{
    switch (outcome) {
    case changes::Outcome::Denied:
        return QStringLiteral("denied");
    case changes::Outcome::Invalid:
        return QStringLiteral("invalid");
    case changes::Outcome::Collision:
        return QStringLiteral("collision");
    case changes::Outcome::Gone:
        return QStringLiteral("gone");
    case changes::Outcome::Waiting:
        return QStringLiteral("waiting");
    default:
        return QStringLiteral("other");
    }
}

/// The only conflict whose id begins with the text.
Result<store::ConflictView> findConflict(CommandContext &context, const QString &text)
{
    if (const auto id = Id::fromString(text))
        return context.store.conflict(*id);
    FIELDFARE_ASSIGN(const auto all, context.store.conflicts(false));
    std::optional<store::ConflictView> found;
    for (const store::ConflictView &view : all) {
        if (text.size() < 4 || !view.id.toString().startsWith(text, Qt::CaseInsensitive))
            continue;
        if (found)
            return context.usage(QCoreApplication::translate("Details", "several conflicts begin with %1").arg(text));
        found = view;
    }
    if (!found)
        return {ErrorCode::NotFound, QCoreApplication::translate("Details", "no such conflict"), {text}};
    return *found;
}

void printConflict(CommandContext &context, const store::ConflictView &view)
{
    store::Store &store = context.store;
    const model::CatalogPointer catalog = store.catalog();
    const model::Entity *entity = catalog->entity(view.record.entity);
    const auto text = [&](const model::Value &value) { return valueText(store, entity, view.field, value); };
    const auto title = store.title(view.record);
    const QString name = title.ok() ? title.value() : QString();
    if (context.json) {
        context.print({{QStringLiteral("id"), view.id.toString()},
                       {QStringLiteral("entity"), entity != nullptr ? entity->name() : QString::number(view.record.entity)},
                       {QStringLiteral("record"), view.record.id.toString()},
                       {QStringLiteral("title"), name},
                       {QStringLiteral("field"), fieldName(entity, view.field)},
                       {QStringLiteral("kind"), view.kind},
                       {QStringLiteral("open"), view.open},
                       {QStringLiteral("base"), text(view.base)},
                       {QStringLiteral("mine"), text(view.mine)},
                       {QStringLiteral("theirs"), text(view.theirs)},
                       {QStringLiteral("shown"), text(view.shown)},
                       {QStringLiteral("mine_by"), userName(store, view.mineBy)},
                       {QStringLiteral("theirs_by"), userName(store, view.theirsBy)},
                       {QStringLiteral("mine_at"), timeText(view.mineAt)},
                       {QStringLiteral("theirs_at"), timeText(view.theirsAt)},
                       {QStringLiteral("mine_device"), view.mineDevice},
                       {QStringLiteral("theirs_device"), view.theirsDevice},
                       {QStringLiteral("mine_is_shown"), view.mineIsShown},
                       {QStringLiteral("uncertain_time"), view.uncertainTime},
                       {QStringLiteral("resolution"), view.resolution},
                       {QStringLiteral("resolved_by"), userName(store, view.resolvedBy)},
                       {QStringLiteral("resolved_at"), timeText(view.resolvedAt)}});
    }
    context.say(QStringLiteral("%1  %2 %3: %4").arg(view.id.toString(), entity != nullptr ? entity->name() : QString(), name, fieldName(entity, view.field)));
    context.say(QStringLiteral("    before  %1").arg(text(view.base)));
    context.say(QStringLiteral("    mine    %1   (%2, %3)").arg(text(view.mine), userName(store, view.mineBy), timeText(view.mineAt)));
    context.say(QStringLiteral("    theirs  %1   (%2, %3)").arg(text(view.theirs), userName(store, view.theirsBy), timeText(view.theirsAt)));
    if (!view.open)
        context.say(QStringLiteral("    resolved to %1: %2   (%3, %4)").arg(view.resolution, text(view.shown), userName(store, view.resolvedBy), timeText(view.resolvedAt)));
}

Result<void> resolve(CommandContext &context, const Arguments &arguments)
{
    if (arguments.words.size() != 2 || !arguments.has("keep"))
        return context.usage(QStringLiteral("usage: conflicts resolve ID --keep mine|theirs|VALUE"));
    FIELDFARE_ASSIGN(const store::ConflictView view, findConflict(context, arguments.words.at(1)));
    const model::CatalogPointer catalog = context.store.catalog();
    const model::Entity *entity = catalog->entity(view.record.entity);
    const QString keep = arguments.value("keep");
    store::Resolution resolution = store::Resolution::UseValue;
    model::Value value;
    if (keep == QLatin1String("mine")) {
        resolution = store::Resolution::KeepMine;
    } else if (keep == QLatin1String("theirs")) {
        resolution = store::Resolution::KeepTheirs;
    } else {
        const model::Field *field = entity != nullptr ? entity->field(view.field) : nullptr;
        if (field == nullptr)
            return context.usage(QCoreApplication::translate("Details", "this conflict takes only --keep mine or --keep theirs"));
        FIELDFARE_ASSIGN(value, readValue(context, *entity, *field, keep, {}));
    }
    const auto resolved = context.store.resolveConflict(view.id, resolution, value);
    if (!resolved.ok()) {
        if (resolved.error().code == ErrorCode::AlreadyResolved)
            context.note(QStringLiteral("%1 is %2 now").arg(fieldName(entity, view.field), valueText(context.store, entity, view.field, view.shown)));
        return resolved.error();
    }
    FIELDFARE_ASSIGN(const store::ConflictView after, context.store.conflict(view.id));
    printConflict(context, after);
    return {};
}

QString operationKindName(changes::OperationKind kind)
{
    switch (kind) {
    case changes::OperationKind::Create:
        return QStringLiteral("create");
    case changes::OperationKind::Set:
        return QStringLiteral("set");
    case changes::OperationKind::Trash:
        return QStringLiteral("trash");
    case changes::OperationKind::Restore:
        return QStringLiteral("restore");
    case changes::OperationKind::Erase:
        return QStringLiteral("erase");
    }
    return {};
}

Result<void> printTray(CommandContext &context)
{
    FIELDFARE_ASSIGN(auto entries, context.store.tray());
    FIELDFARE_ASSIGN(const auto handedIn, context.store.handedIn());
    entries.insert(entries.end(), handedIn.begin(), handedIn.end());
    for (const store::TrayView &entry : entries) {
        const changes::Operation &operation = entry.operation;
        const model::CatalogPointer catalog = context.store.catalog();
        const model::Entity *entity = catalog->entity(operation.entity);
        QJsonObject fields;
        QStringList texts;
        for (const changes::FieldValue &value : operation.values) {
            const QString name = fieldName(entity, value.field);
            const QString text = valueText(context.store, entity, value.field, value.value);
            fields.insert(name, text);
            texts.append(name + QLatin1Char('=') + text);
        }
        const QString outcome = entry.isHandedIn ? QStringLiteral("handed-in") : outcomeName(entry.outcome);
        if (context.json) {
            context.print({{QStringLiteral("id"), entry.id},
                           {QStringLiteral("entity"), entity != nullptr ? entity->name() : QString::number(operation.entity)},
                           {QStringLiteral("record"), operation.record.toString()},
                           {QStringLiteral("kind"), operationKindName(operation.kind)},
                           {QStringLiteral("fields"), fields},
                           {QStringLiteral("outcome"), outcome},
                           {QStringLiteral("reason"), entry.reason},
                           {QStringLiteral("refused_at"), timeText(entry.refusedAt)}});
        }
        context.say(QStringLiteral("%1\t%2\t%3\t%4\t%5").arg(QString::number(entry.id), entity != nullptr ? entity->name() : QString(),
                                                           operationKindName(operation.kind), texts.join(QStringLiteral(", ")), outcome + QLatin1Char(' ') + entry.reason));
    }
    return {};
}

Result<void> retry(CommandContext &context, qint64 id, const QStringList &words)
{
    FIELDFARE_ASSIGN(const auto entries, context.store.tray());
    const auto it = std::find_if(entries.begin(), entries.end(), [&](const store::TrayView &entry) { return entry.id == id; });
    if (it == entries.end())
        return {ErrorCode::NotFound, QStringLiteral("not in the tray"), {QString::number(id)}};
    std::vector<changes::FieldValue> corrected;
    const model::CatalogPointer catalog = context.store.catalog();
    if (const model::Entity *entity = catalog->entity(it->operation.entity); entity != nullptr && !words.isEmpty()) {
        FIELDFARE_ASSIGN(corrected, readAssignments(context, *entity, words, {}));
    }
    FIELDFARE_ASSIGN(const store::CommitReport report, context.store.retryTrayEntry(id, corrected));
    if (context.json)
        context.print({{QStringLiteral("id"), id}, {QStringLiteral("changes"), qint64(report.results.size())}});
    context.say(QStringLiteral("waits for the next sync again"));
    return {};
}

} // namespace

Result<void> history(CommandContext &context, const Arguments &arguments)
{
    const model::CatalogPointer catalog = context.store.catalog();
    FIELDFARE_ASSIGN(const model::Entity *const entity, catalog->find(arguments.words.at(0)));
    FIELDFARE_ASSIGN(const Id id, context.store.resolve(entity->id(), arguments.words.at(1)));
    FIELDFARE_ASSIGN(const auto entries, context.store.history(entity->id(), id));
    if (entries.empty()) {
        FIELDFARE_ASSIGN(const store::ProfileInfo info, context.store.profileInfo());
        context.note(info.isStandAlone() ? QStringLiteral("note: nothing is left of its history; it is kept for 90 days")
                                         : QStringLiteral("note: no history on this device: what happened before its first download is not on it, nor what is older than 90 days"));
    }
    for (const store::HistoryEntry &entry : entries) {
        const QString field = entry.kind == store::HistoryKind::Set ? fieldName(entity, entry.field) : QString();
        const QString before = valueText(context.store, entity, entry.field, entry.before);
        const QString after = valueText(context.store, entity, entry.field, entry.after);
        if (context.json) {
            context.print({{QStringLiteral("at"), timeText(entry.at)},
                           {QStringLiteral("kind"), kindName(entry.kind)},
                           {QStringLiteral("field"), field},
                           {QStringLiteral("before"), before},
                           {QStringLiteral("after"), after},
                           {QStringLiteral("user"), userName(context.store, entry.user)},
                           {QStringLiteral("device"), entry.device.isNull() ? QString() : entry.device.toString()},
                           {QStringLiteral("action"), entry.action.isNull() ? QString() : entry.action.toString()},
                           {QStringLiteral("label"), entry.label}});
        }
        const QString what = field.isEmpty() ? kindName(entry.kind) : QStringLiteral("%1: %2 -> %3").arg(field, before, after);
        context.say(QStringLiteral("%1\t%2\t%3").arg(timeText(entry.at), userName(context.store, entry.user), what));
    }
    return {};
}

Result<void> undo(CommandContext &context, const Arguments &arguments)
{
    bool ok = true;
    const int actions = arguments.words.isEmpty() ? 1 : arguments.words.at(0).toInt(&ok);
    if (!ok || actions < 1)
        return context.usage(QCoreApplication::translate("Details", "undo takes the number of actions, from 1"));
    int undone = 0;
    int total = 0;
    QJsonArray labels;
    QJsonArray kept;
    for (int i = 0; i < actions; ++i) {
        const auto last = context.store.lastUndoable();
        if (!last.ok() && last.error().code == ErrorCode::NothingToUndo && i > 0)
            break;
        if (!last.ok())
            return last.error();
        FIELDFARE_ASSIGN(const auto known, context.store.actions(1000));
        for (const store::ActionEntry &action : known) {
            if (action.id == last.value())
                labels.append(action.label);
        }
        FIELDFARE_ASSIGN(const store::UndoReport report, context.store.undo(last.value()));
        undone += report.undone;
        total += report.total;
        for (const store::UndoKept &left : report.kept) {
            const model::CatalogPointer catalog = context.store.catalog();
            const model::Entity *entity = catalog->entity(left.entity);
            const auto title = context.store.title({left.entity, left.record});
            kept.append(QJsonObject{{QStringLiteral("entity"), entity != nullptr ? entity->name() : QString()},
                                    {QStringLiteral("id"), left.record.toString()},
                                    {QStringLiteral("title"), title.ok() ? *title : QString()},
                                    {QStringLiteral("field"), fieldName(entity, left.field)},
                                    {QStringLiteral("reason"), reasonName(left.reason)},
                                    {QStringLiteral("by"), userName(context.store, left.by)}});
        }
        if (context.idle && context.idle())
            break;
    }
    if (context.json) {
        context.print({{QStringLiteral("undone"), undone}, {QStringLiteral("total"), total},
                       {QStringLiteral("actions"), labels}, {QStringLiteral("kept"), kept}});
    }
    for (const QJsonValue &label : std::as_const(labels))
        context.say(QStringLiteral("undone: %1").arg(label.toString()));
    context.say(QStringLiteral("%1 of %2 undone").arg(undone).arg(total));
    for (const QJsonValue &left : kept) {
        const QJsonObject object = left.toObject();
        const QString title = object.value(QStringLiteral("title")).toString();
        const QStringList named{object.value(QStringLiteral("entity")).toString(), title.isEmpty() ? object.value(QStringLiteral("id")).toString() : title,
                                object.value(QStringLiteral("field")).toString()};
        context.say(QStringLiteral("  kept: %1: %2").arg(named.join(QLatin1Char(' ')).trimmed(), object.value(QStringLiteral("reason")).toString()));
    }
    return {};
}

Result<void> conflicts(CommandContext &context, const Arguments &arguments)
{
    if (arguments.words.at(0) == QLatin1String("resolve"))
        return resolve(context, arguments);
    if (arguments.words.at(0) != QLatin1String("list") || arguments.words.size() != 1)
        return context.usage(QStringLiteral("usage: conflicts list | resolve ID --keep mine|theirs|VALUE"));
    FIELDFARE_ASSIGN(const auto views, context.store.conflicts(!arguments.has("all")));
    for (const store::ConflictView &view : views)
        printConflict(context, view);
    return {};
}

Result<void> tray(CommandContext &context, const Arguments &arguments)
{
    const QString word = arguments.words.value(0, QStringLiteral("list"));
    if (word == QLatin1String("list") && arguments.words.size() <= 1)
        return printTray(context);
    bool ok = false;
    const qint64 id = arguments.words.value(1).toLongLong(&ok);
    if (ok && word == QLatin1String("retry"))
        return retry(context, id, arguments.words.mid(2));
    if (!ok || word != QLatin1String("discard") || arguments.words.size() != 2)
        return context.usage(QStringLiteral("usage: tray [list | retry ID [FIELD=VALUE...] | discard ID]"));
    FIELDFARE_TRY(context.store.discardTrayEntry(id));
    if (context.json)
        context.print({{QStringLiteral("id"), id}, {QStringLiteral("discarded"), true}});
    context.say(QStringLiteral("discarded"));
    return {};
}

} // namespace fieldfare::app::commands_impl
