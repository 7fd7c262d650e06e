// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

class QStandardItemModel;

namespace fieldfare::ui {

class CommandTable;

/// What can be done by keys: every command of the window that has one, by menu, and the keys that belong to lists, notes and
/// conflicts. Esc closes it; the window can be used meanwhile.
class KeySheet final : public QDialog {
    Q_OBJECT
public:
    explicit KeySheet(const CommandTable &commands, QWidget *parent);

private:
    void addGroup(const QString &title);
    void addKeys(const QString &keys, const QString &text);
    void fill(const CommandTable &commands);

    QStandardItemModel *m_rows;
};

} // namespace fieldfare::ui
