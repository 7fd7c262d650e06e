// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/key_sheet.h"

#include "ui/shell/command_table.h"
#include "ui/widgets/row_delegate.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/metrics.h"

#include <QHeaderView>
#include <QRegularExpression>
#include <QStandardItemModel>
#include <QTableView>
#include <QVBoxLayout>

namespace fieldfare::ui {

namespace {

constexpr QSize kSize(460, 600);
constexpr int kKeysWidth = 150;

QString shown(const QKeySequence &keys)
{
    return withEnterKey(keys.toString(QKeySequence::NativeText));
}

/// "File" of "&File", and of "File(&F)", as languages without its letter write it.
QString groupTitle(QString menu)
{
    static const QRegularExpression appended(QStringLiteral("\\(&.\\)"));
    return menu.remove(appended).remove(QLatin1Char('&'));
}

} // namespace

KeySheet::KeySheet(const CommandTable &commands, QWidget *parent) : QDialog(parent), m_rows(new QStandardItemModel(0, 2, this))
{
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(kSize);
    auto *table = new QTableView;
    auto *delegate = new RowDelegate(table);
    delegate->setMarkColumn(-1);
    table->setItemDelegate(delegate);
    table->setModel(m_rows);
    RowDelegate::prepareView(table, height::kRowCompact);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAccessibleName(windowTitle());
    table->horizontalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(table);
    fill(commands);
    table->setColumnWidth(0, std::max(kKeysWidth, table->fontMetrics().horizontalAdvance(QStringLiteral("Ctrl+Shift+Enter + M"))));
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        if (m_rows->item(row, 0)->data(GroupRowRole).toBool())
            table->setSpan(row, 0, 1, 2);
    }
    table->setCurrentIndex(m_rows->index(1, 0));
}

void KeySheet::fill(const CommandTable &commands)
{
    QStringList menus;
    for (const Command &command : commands.commands()) {
        if (!command.keys.isEmpty() && !menus.contains(command.menu))
            menus.append(command.menu);
    }
    for (const QString &menu : std::as_const(menus)) {
        addGroup(groupTitle(menu));
        for (const Command &command : commands.commands()) {
            if (command.menu == menu && !command.keys.isEmpty())
                addKeys(shown(command.keys), command.text);
        }
    }
    addGroup(tr("In a list"));
    addKeys(tr("Enter"), tr("Open the record"));
    addKeys(shown(Qt::Key_Delete), tr("Move to trash"));
    addKeys(shown(Qt::SHIFT | Qt::Key_Down), tr("Select more rows"));
    addKeys(shown(QKeySequence::SelectAll), tr("Select all rows"));
    addKeys(tr("Letters"), tr("Go to the row that begins so"));
    addKeys(shown(Qt::Key_Escape), tr("Back"));
    addGroup(tr("In a note"));
    addKeys(shown(Qt::CTRL | Qt::Key_Return), tr("Save the note"));
    addGroup(tr("In a conflict"));
    addKeys(QStringLiteral("B, M, T"), tr("Take the value before, mine or theirs"));
    addKeys(shown(Qt::CTRL | Qt::Key_Return), tr("Save what was chosen"));
}

void KeySheet::addGroup(const QString &title)
{
    auto *item = new QStandardItem(title);
    item->setData(true, GroupRowRole);
    auto *rest = new QStandardItem;
    rest->setData(true, GroupRowRole);
    m_rows->appendRow({item, rest});
}

void KeySheet::addKeys(const QString &keys, const QString &text)
{
    m_rows->appendRow({new QStandardItem(keys), new QStandardItem(text)});
}

} // namespace fieldfare::ui
