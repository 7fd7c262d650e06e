// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/command_table.h"

#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"

#include <QMenu>

namespace fieldfare::ui {

CommandTable::CommandTable(QWidget *window) : QObject(window), m_window(window) {}

QAction *CommandTable::add(const Command &command, const std::function<void()> &run)
{
    auto *action = new QAction(icon(command.iconName), command.text, m_window);
    action->setShortcut(command.keys);
    action->setShortcutContext(Qt::WindowShortcut);
    if (command.dangerous)
        setDangerous(action);
    connect(action, &QAction::triggered, m_window, run);
    m_window->addAction(action);
    m_commands.append(command);
    m_actions.insert(command.id, action);
    return action;
}

QAction *CommandTable::action(const QString &id) const
{
    return m_actions.value(id);
}

void CommandTable::run(const QString &id) const
{
    if (QAction *found = m_actions.value(id); found != nullptr && found->isEnabled())
        found->trigger();
}

QList<QMenu *> CommandTable::makeMenus(QWidget *parent) const
{
    QList<QMenu *> menus;
    for (const Command &command : m_commands) {
        if (command.menu.isEmpty())
            continue;
        QMenu *menu = nullptr;
        for (QMenu *made : std::as_const(menus)) {
            if (made->title() == command.menu)
                menu = made;
        }
        if (menu == nullptr) {
            menu = new QMenu(command.menu, parent);
            menus.append(menu);
        }
        menu->addAction(m_actions.value(command.id));
    }
    return menus;
}

} // namespace fieldfare::ui
