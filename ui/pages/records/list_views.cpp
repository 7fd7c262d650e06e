// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/records/list_views.h"

#include "ui/model/layout_hints.h"

namespace fieldfare::ui {

namespace {

store::Filter parsed(const QString &expression)
{
    const auto filter = store::Filter::parse(expression);
    Q_ASSERT(filter.ok()); // written here, not typed
    return filter.ok() ? *filter : store::Filter();
}

} // namespace

QList<ListView> BuiltInViews::of(const model::Entity &entity, bool lowerCase)
{
    const layout::EntityHint &hint = layout::of(entity);
    const QString many = lowerCase ? entity.pluralLabel().toLower() : entity.pluralLabel();
    QList<ListView> views;
    views.append({QStringLiteral("all"), QStringLiteral("table"), tr("All %1").arg(many)});
    if (hint.openFilter != nullptr)
        views.append({QStringLiteral("open"), layout::entityIcon(entity), tr("Open %1").arg(many), parsed(QString::fromLatin1(hint.openFilter))});
    if (const model::Field *mine = entity.mineField(); mine != nullptr) {
        QString filter = QStringLiteral("%1 = me").arg(mine->name);
        if (hint.openFilter != nullptr)
            filter += QStringLiteral(" and ") + QString::fromLatin1(hint.openFilter);
        views.append({QStringLiteral("mine"), QStringLiteral("person"), tr("My %1").arg(many), parsed(filter)});
        if (hint.openFilter != nullptr && hint.nextStep == nullptr)
            views.append({QStringLiteral("unassigned"), QStringLiteral("inbox"), tr("Not assigned"),
                          parsed(QStringLiteral("%1 is-empty and %2").arg(mine->name, QString::fromLatin1(hint.openFilter)))});
    }
    if (hint.nextStepAt != nullptr)
        views.append({QStringLiteral("due"), QStringLiteral("flag"), tr("Due by today"),
                      parsed(QStringLiteral("%1 <= today").arg(QString::fromLatin1(hint.nextStepAt))), {{QString::fromLatin1(hint.nextStepAt), false}}});
    if (const model::Field *contact = entity.field(QStringLiteral("last_contact")); contact != nullptr)
        views.append({QStringLiteral("quiet"), QStringLiteral("clock"), tr("No contact, 30 days"), parsed(QStringLiteral("last_contact < today-30d"))});
    views.append({QStringLiteral("recent"), QStringLiteral("edit"), tr("Recently changed"), parsed(QStringLiteral("modified_at >= today-7d")),
                  {{QStringLiteral("modified_at"), true}}});
    views.append({QStringLiteral("trash"), QStringLiteral("trash"), tr("Trash"), {}, {{QStringLiteral("modified_at"), true}}, store::TrashedRows::Only});
    return views;
}

std::optional<ListView> BuiltInViews::counted(const model::Entity &entity)
{
    if (layout::of(entity).openFilter == nullptr)
        return {};
    for (const ListView &view : of(entity, false)) {
        if (view.key == QStringLiteral("mine"))
            return view;
    }
    return {};
}

} // namespace fieldfare::ui
