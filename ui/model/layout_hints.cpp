// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/layout_hints.h"

#include <QCoreApplication>

#include <algorithm>

namespace fieldfare::ui::layout {

using model::Entity;
using model::Field;
using model::FieldType;

namespace {

constexpr const char *kGeneral = QT_TRANSLATE_NOOP("Layout", "General");
constexpr const char *kReach = QT_TRANSLATE_NOOP("Layout", "Reach");

constexpr FieldHint kFields[] = {
    {.entity = "customer", .field = 1, .listOrder = 1, .width = 76},
    {.entity = "customer", .field = 2, .listOrder = 2, .width = 160, .formOrder = 1, .group = kGeneral},
    {.entity = "customer", .field = 18, .cell = Cell::Lifecycle, .listOrder = 3, .width = 92, .priority = 1, .formOrder = 2, .group = kGeneral},
    {.entity = "customer", .field = 23, .listOrder = 4, .width = 124, .priority = 2, .formOrder = 4, .group = kGeneral},
    {.entity = "customer", .field = 26, .listOrder = 5, .width = 150, .priority = 3},
    {.entity = "customer", .field = 27, .cell = Cell::Due, .listOrder = 6, .width = 90, .priority = 1},
    {.entity = "customer", .field = 33, .listOrder = 7, .width = 70, .priority = 4, .shortLabel = QT_TRANSLATE_NOOP("Layout", "Open")},
    {.entity = "customer", .field = 32, .cell = Cell::Ago, .listOrder = 8, .width = 66, .priority = 5, .shortLabel = QT_TRANSLATE_NOOP("Layout", "Last")},
    {.entity = "customer", .field = 16, .listOrder = -1, .width = 60, .formOrder = 3, .group = kGeneral},
    {.entity = "customer", .field = 12, .listOrder = -1, .width = 90},
    {.entity = "customer", .field = 13, .listOrder = -1, .width = 130},
    {.entity = "customer", .field = 19, .formOrder = 5, .group = kGeneral},
    {.entity = "customer", .field = 6, .formOrder = 6, .group = kReach},
    {.entity = "customer", .field = 8, .formOrder = 7, .group = kReach},
    {.entity = "customer", .field = 11, .formOrder = 8, .group = kReach},
    {.entity = "customer", .field = 25, .formOrder = 9, .group = ""},

    {.entity = "contact", .field = 2, .listOrder = 1, .width = 170, .formOrder = 1, .group = kGeneral},
    {.entity = "contact", .field = 1, .listOrder = 2, .width = 170, .priority = 1, .formOrder = 2, .group = kGeneral},
    {.entity = "contact", .field = 3, .listOrder = 3, .width = 150, .priority = 3, .formOrder = 3, .group = kGeneral},
    {.entity = "contact", .field = 4, .listOrder = 4, .width = 120, .priority = 4, .formOrder = 4, .group = kGeneral, .shortLabel = QT_TRANSLATE_NOOP("Layout", "Role")},
    {.entity = "contact", .field = 5, .listOrder = 5, .width = 140, .priority = 1, .formOrder = 5, .group = kReach},
    {.entity = "contact", .field = 6, .listOrder = 6, .width = 210, .priority = 2, .formOrder = 6, .group = kReach},

    {.entity = "deal", .field = 1, .listOrder = 1, .width = 80},
    {.entity = "deal", .field = 2, .listOrder = 2, .width = 190, .formOrder = 1, .group = kGeneral},
    {.entity = "deal", .field = 3, .listOrder = 3, .width = 140, .priority = 1, .formOrder = 2, .group = kGeneral},
    {.entity = "deal", .field = 6, .listOrder = 4, .width = 96, .priority = 1, .formOrder = 3, .group = kGeneral},
    {.entity = "deal", .field = 7, .listOrder = 5, .width = 84, .priority = 1, .formOrder = 4, .group = kGeneral},
    {.entity = "deal", .field = 9, .cell = Cell::Due, .listOrder = 6, .width = 96, .priority = 2, .formOrder = 5, .group = kGeneral, .shortLabel = QT_TRANSLATE_NOOP("Layout", "Closes")},
    {.entity = "deal", .field = 17, .listOrder = 7, .width = 124, .priority = 3, .formOrder = 6, .group = kGeneral},
    {.entity = "deal", .field = 14, .listOrder = -1, .width = 150},
    {.entity = "deal", .field = 15, .cell = Cell::Due, .listOrder = -1, .width = 92},
    {.entity = "deal", .field = 19, .formOrder = 9, .group = ""},

    {.entity = "ticket", .field = 8, .cell = Cell::Severity, .listOrder = 1, .width = 30, .formOrder = 3, .group = kGeneral, .shortLabel = " "},
    {.entity = "ticket", .field = 1, .listOrder = 2, .width = 84},
    {.entity = "ticket", .field = 2, .listOrder = 3, .width = 240, .formOrder = 1, .group = kGeneral},
    {.entity = "ticket", .field = 4, .listOrder = 4, .width = 140, .priority = 1, .formOrder = 2, .group = kGeneral},
    {.entity = "ticket", .field = 9, .listOrder = 5, .width = 84, .priority = 1, .formOrder = 4, .group = kGeneral},
    {.entity = "ticket", .field = 10, .listOrder = 6, .width = 124, .priority = 2, .formOrder = 5, .group = kGeneral, .shortLabel = QT_TRANSLATE_NOOP("Layout", "Assigned to")},
    {.entity = "ticket", .field = 11, .cell = Cell::TimeLeft, .listOrder = 7, .width = 166, .formOrder = 6, .group = kGeneral, .shortLabel = QT_TRANSLATE_NOOP("Layout", "Time left")},
    {.entity = "ticket", .field = 6, .listOrder = -1, .width = 96, .formOrder = 7, .group = kGeneral},
    {.entity = "ticket", .field = 3, .formOrder = 8, .group = QT_TRANSLATE_NOOP("Layout", "Request")},
    {.entity = "ticket", .field = 15, .formOrder = 9, .group = ""},

    {.entity = "interaction", .field = 5, .listOrder = 1, .width = 120},
    {.entity = "interaction", .field = 7, .listOrder = 2, .width = 240},
    {.entity = "interaction", .field = 8, .formOrder = 9, .group = QT_TRANSLATE_NOOP("Layout", "Text")},
};

constexpr EntityHint kEntities[] = {
    {.entity = "customer", .sort = "next_step_at", .iconField = "kind", .nextStep = "next_step", .nextStepAt = "next_step_at", .subtitle = "kind,industry,parent"},
    {.entity = "contact", .sort = "name", .subtitle = "title,customer", .isPerson = true},
    {.entity = "deal", .sort = "expected_close", .openFilter = "state = open", .nextStep = "next_step", .nextStepAt = "next_step_at", .subtitle = "customer,stage", .pauseField = "state", .doneKeys = "won,lost", .timelineText = "stage,amount,owner"},
    {.entity = "ticket", .sort = "due_at", .openFilter = "status in (new, open, waiting)", .iconField = "channel", .subtitle = "kind,customer,contact", .pauseField = "status", .pauseKey = "waiting", .doneKeys = "solved,closed", .timelineText = "kind,status,assignee"},
    {.entity = "user", .isPerson = true},
    {.entity = "interaction", .sort = "at:desc", .iconField = "kind", .subtitle = "kind,customer", .timelineAt = "at", .alsoAbout = "customer", .timelineText = "body,outcome"},
};

struct KeyIcon {
    const char *key;
    const char *icon;
};

constexpr KeyIcon kKeyIcons[] = {
    {"company", "company"}, {"person", "person"}, {"call", "phone"},  {"phone", "phone"},
    {"email", "mail"},      {"visit", "visit"},   {"meeting", "customers"}, {"chat", "chat"},
    {"note", "note"},       {"web", "globe"},
};

constexpr KeyIcon kEntityIcons[] = {
    {"customer", "customers"}, {"contact", "person"}, {"deal", "deals"}, {"ticket", "tickets"},
    {"interaction", "chat"},   {"user", "person"},    {"team", "customers"}, {"tag", "tag"},
    {"conflict", "review"},
};

bool isOffered(const Field &field)
{
    return !field.has(model::Removed) && !field.has(model::Hidden);
}

QString words(const char *source)
{
    return source == nullptr || *source == '\0' ? QString() : QCoreApplication::translate("Layout", source);
}

} // namespace

const FieldHint &of(const Entity &entity, const Field &field)
{
    static const FieldHint none;
    if (field.key.isCustom())
        return none;
    for (const FieldHint &hint : kFields) {
        if (hint.field == field.key.number && entity.name() == QLatin1StringView(hint.entity))
            return hint;
    }
    return none;
}

const Entity *talkEntity(const model::Catalog &catalog)
{
    for (const Entity &entity : catalog.entities()) {
        if (of(entity).timelineAt != nullptr)
            return &entity;
    }
    return nullptr;
}

const Entity *userEntity(const model::Catalog &catalog)
{
    for (const Entity &entity : catalog.entities()) {
        for (const Field &field : entity.fields()) {
            if (field.type == FieldType::User && !field.targets.isEmpty())
                return catalog.entity(field.targets.first());
        }
    }
    return nullptr;
}

const Field *runningField(const Entity &entity)
{
    const char *name = of(entity).pauseField;
    return name != nullptr ? entity.field(QString::fromLatin1(name)) : nullptr;
}

Running runningBy(const Entity &entity, const QString &key)
{
    const EntityHint &hint = of(entity);
    if (hint.pauseKey != nullptr && key == QLatin1StringView(hint.pauseKey))
        return Running::Paused;
    const bool isDone = hint.doneKeys != nullptr && QString::fromLatin1(hint.doneKeys).split(QLatin1Char(',')).contains(key);
    return isDone ? Running::Over : Running::Yes;
}

const EntityHint &of(const Entity &entity)
{
    static const EntityHint none;
    for (const EntityHint &hint : kEntities) {
        if (entity.name() == QLatin1StringView(hint.entity))
            return hint;
    }
    return none;
}

QList<const Field *> listFields(const Entity &entity)
{
    QList<const Field *> fields = defaultListFields(entity);
    for (const Field &field : entity.fields()) {
        if (isOffered(field) && field.type != FieldType::LongText && !fields.contains(&field))
            fields.append(&field);
    }
    return fields;
}

QList<const Field *> defaultListFields(const Entity &entity)
{
    QList<const Field *> fields;
    for (const Field &field : entity.fields()) {
        if (isOffered(field) && field.has(model::InList) && of(entity, field).listOrder >= 0)
            fields.append(&field);
    }
    for (const Field &field : entity.fields()) { // no list without a column
        if (fields.isEmpty() && isOffered(field) && field.hasColumn())
            fields.append(&field);
    }
    std::stable_sort(fields.begin(), fields.end(), [&entity](const Field *a, const Field *b) {
        const short left = of(entity, *a).listOrder;
        const short right = of(entity, *b).listOrder;
        return (left == 0 ? 1000 : left) < (right == 0 ? 1000 : right);
    });
    return fields;
}

QList<FormGroup> formGroups(const Entity &entity)
{
    QList<const Field *> fields;
    bool hinted = false;
    for (const Field &field : entity.fields())
        hinted = hinted || of(entity, field).formOrder > 0;
    for (const Field &field : entity.fields()) {
        const bool first = of(entity, field).formOrder > 0 || (!hinted && field.has(model::QuickForm)) || field.has(model::Required);
        if (isOffered(field) && first)
            fields.append(&field);
    }
    std::stable_sort(fields.begin(), fields.end(), [&entity](const Field *a, const Field *b) {
        const short left = of(entity, *a).formOrder;
        const short right = of(entity, *b).formOrder;
        return (left == 0 ? 1000 : left) < (right == 0 ? 1000 : right);
    });
    QList<FormGroup> groups;
    for (const Field *field : fields) {
        const QString heading = words(of(entity, *field).group);
        if (groups.isEmpty() || groups.last().heading != heading)
            groups.append({heading, {}});
        groups.last().fields.append(field);
    }
    return groups;
}

QList<const Field *> moreFields(const Entity &entity)
{
    QList<const Field *> first;
    for (const FormGroup &group : formGroups(entity))
        first += group.fields;
    QList<const Field *> rest;
    for (const Field &field : entity.fields()) {
        if (isOffered(field) && !field.has(model::Number) && !first.contains(&field))
            rest.append(&field);
    }
    return rest;
}

QString columnLabel(const Entity &entity, const Field &field)
{
    const FieldHint &hint = of(entity, field);
    return hint.shortLabel != nullptr ? words(hint.shortLabel) : field.label();
}

int columnWidth(const Entity &entity, const Field &field)
{
    if (const short width = of(entity, field).width; width > 0)
        return width;
    switch (field.valueType()) {
    case FieldType::Integer:
    case FieldType::YesNo:
        return 80;
    case FieldType::Date:
    case FieldType::Money:
    case FieldType::Choice:
        return 100;
    default:
        return 140;
    }
}

QString entityIcon(const Entity &entity)
{
    for (const KeyIcon &row : kEntityIcons) {
        if (entity.name() == QLatin1StringView(row.key))
            return QString::fromLatin1(row.icon);
    }
    return QStringLiteral("table");
}

QString keyIcon(const QString &key)
{
    for (const KeyIcon &row : kKeyIcons) {
        if (key == QLatin1StringView(row.key))
            return QString::fromLatin1(row.icon);
    }
    return {};
}

} // namespace fieldfare::ui::layout
