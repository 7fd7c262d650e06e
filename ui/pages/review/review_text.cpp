// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/review/review_text.h"

#include "ui/model/name_book.h"

namespace fieldfare::ui {

using changes::Outcome;

const model::Field *ReviewText::field(model::EntityId entity, const model::FieldKey &key) const
{
    const model::Entity *found = m_catalog->entity(entity);
    return found != nullptr ? found->field(key) : nullptr;
}

bool ReviewText::isLongText(model::EntityId entity, const model::FieldKey &key) const
{
    const model::Field *found = field(entity, key);
    return found != nullptr && found->type == model::FieldType::LongText;
}

QString ReviewText::fieldLabel(model::EntityId entity, const model::FieldKey &key) const
{
    if (key.number == model::kTrashedNumber)
        return tr("In the trash");
    const model::Field *found = field(entity, key);
    return found != nullptr ? found->label() : tr("A field of a newer version");
}

QString ReviewText::mergeNote(model::EntityId entity, const model::FieldKey &key) const
{
    const model::Field *found = field(entity, key);
    if (found == nullptr || key.number == model::kTrashedNumber)
        return {};
    if (found->guardGroup != 0)
        return tr("first wins");
    return found->type == model::FieldType::LongText ? tr("text, both kept") : tr("latest is shown");
}

QString ReviewText::value(model::EntityId entity, const model::FieldKey &key, const model::Value &value) const
{
    if (key.number == model::kTrashedNumber)
        return value.integerOr(0) != 0 ? tr("Yes") : tr("No");
    const model::Field *found = field(entity, key);
    if (found == nullptr)
        return tr("not readable in this version");
    if (value.isEmpty())
        return tr("(empty)");
    const QString text = m_texts.value(*found, value);
    return text.isEmpty() ? tr("(not on this computer)") : text;
}

QString ReviewText::person(const base::Id &user) const
{
    if (user.isNull())
        return tr("The program");
    if (user == m_texts.names().ownUser())
        return tr("You");
    const QString name = m_texts.names().userName(user);
    return name.isEmpty() ? tr("Somebody") : name;
}

QString ReviewText::whoAndWhen(const base::Id &user, qint64 at) const
{
    if (at == 0)
        return person(user);
    return tr("%1 · %2").arg(person(user), m_texts.shortInstant(at));
}

QString ReviewText::summary(const ReviewRecord &record) const
{
    QStringList labels;
    for (const store::ConflictView &conflict : record.conflicts)
        labels.append(fieldLabel(record.record.entity, conflict.field));
    labels.removeDuplicates();
    return tr("%n field(s) · %1", nullptr, int(labels.size())).arg(labels.join(tr(", ")));
}

QString ReviewText::resolution(const store::ConflictView &conflict) const
{
    if (conflict.resolution == QLatin1String("mine"))
        return tr("Yours was kept");
    if (conflict.resolution == QLatin1String("theirs"))
        return tr("Theirs was kept");
    return tr("Another value was chosen");
}

QString ReviewText::refusal(const store::TrayView &entry) const
{
    if (entry.isHandedIn)
        return tr("Your account is disabled. The server keeps this change until the administrator decides; it stays on this computer too.");
    switch (entry.outcome) {
    case Outcome::Denied:
        if (entry.reason == QLatin1String("group"))
            return tr("It belongs to a change of which another part was not allowed.");
        if (entry.reason == QLatin1String("rejected"))
            return tr("It was handed in while your account was disabled, and the administrator did not accept it.");
        if (entry.reason == QLatin1String("proposed"))
            return tr("You may not change this record any more. Whoever may now finds your change as a proposal.");
        return tr("You may not change this record, or not any more. Its owner or an administrator can.");
    case Outcome::Invalid:
        if (entry.reason.startsWith(QLatin1String("too-long")))
            return tr("A value is longer than the server takes. Shorten it and send it again.");
        return tr("The server could not use a value. Correct it and send it again.");
    case Outcome::Collision:
        return tr("A record with this identity exists already.");
    case Outcome::Gone:
        return tr("The record was erased for everybody meanwhile.");
    case Outcome::Waiting:
        return tr("It refers to a record that was not accepted itself. It is sent along when that one is sent again.");
    default:
        return tr("The server did not take it and does not say why.");
    }
}

QString ReviewText::attempted(const store::TrayView &entry) const
{
    const model::Entity *entity = m_catalog->entity(entry.operation.entity);
    const QString kind = entity != nullptr ? entity->label() : tr("Record");
    switch (entry.operation.kind) {
    case changes::OperationKind::Create:
        return tr("New: %1").arg(kind);
    case changes::OperationKind::Trash:
        return tr("Moved to the trash");
    case changes::OperationKind::Restore:
        return tr("Taken out of the trash");
    case changes::OperationKind::Erase:
        return tr("Erased");
    case changes::OperationKind::Set:
        break;
    }
    return tr("Changed: %1").arg(fieldLabel(entry.operation.entity, entry.operation.field()));
}

} // namespace fieldfare::ui
