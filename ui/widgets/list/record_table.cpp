// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/list/record_table.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QKeyEvent>

namespace fieldfare::ui {

RecordTable::RecordTable(QWidget *parent) : QTableView(parent)
{
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setCornerButtonEnabled(false);
    setContextMenuPolicy(Qt::CustomContextMenu);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QTableView::doubleClicked, this, &RecordTable::openRequested);
}

void RecordTable::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_F2: // edits, as in every list
        Q_EMIT openRequested();
        return;
    case Qt::Key_Delete:
        Q_EMIT removeRequested();
        return;
    case Qt::Key_Home:
    case Qt::Key_End: {
        // Of the list, not of the row.
        const int rows = model() ? model()->rowCount() : 0;
        if (rows > 0)
            setCurrentIndex(model()->index(event->key() == Qt::Key_Home ? 0 : rows - 1, 1));
        return;
    }
    case Qt::Key_Left:
    case Qt::Key_Right:
        event->ignore(); // a row is one thing; the zones left and right are somebody else's
        return;
    default:
        QTableView::keyPressEvent(event);
    }
}

void RecordTable::keyboardSearch(const QString &search)
{
    // The base class would ask the model row by row.
    QElapsedTimer clock;
    clock.start();
    const qint64 now = clock.msecsSinceReference();
    if (now - m_typedAt > QApplication::keyboardInputInterval())
        m_typed.clear();
    m_typedAt = now;
    m_typed += search;
    Q_EMIT prefixTyped(m_typed);
}

void RecordTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        Q_EMIT widthChanged();
}

int RecordTable::sizeHintForColumn(int column) const
{
    const int first = rowAt(0);
    int last = rowAt(viewport()->height() - 1);
    if (last < 0 && model() != nullptr)
        last = model()->rowCount() - 1;
    int widest = horizontalHeader()->sectionSizeHint(column);
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    for (int row = std::max(0, first); row <= last; ++row)
        widest = std::max(widest, itemDelegate()->sizeHint(option, model()->index(row, column)).width());
    return widest;
}

} // namespace fieldfare::ui
