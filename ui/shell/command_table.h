// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>

#include <functional>

class QMenu;
class QWidget;

namespace fieldfare::ui {

/// A command of the window: one row, from which the menu entry, the shortcut and the palette's line follow.
struct Command {
    QString id;       ///< Stable: "record.new".
    QString text;
    QString iconName;
    QKeySequence keys = {};
    QString menu = {};     ///< Title of its menu; empty: only by key and palette.
    bool dangerous = false;
    bool inPalette = true;
};

/// All commands of a window. Owns their QActions; their shortcuts work anywhere in the window.
class CommandTable final : public QObject {
    Q_OBJECT
public:
    explicit CommandTable(QWidget *window);

    QAction *add(const Command &command, const std::function<void()> &run);
    [[nodiscard]] QAction *action(const QString &id) const;
    [[nodiscard]] const QList<Command> &commands() const { return m_commands; }
    void run(const QString &id) const;
    /// One menu a title, in the order of the commands; parented to `parent`.
    [[nodiscard]] QList<QMenu *> makeMenus(QWidget *parent) const;

private:
    QWidget *m_window;
    QList<Command> m_commands;
    QHash<QString, QAction *> m_actions;
};

} // namespace fieldfare::ui
