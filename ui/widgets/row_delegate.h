// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/line_texts.h"
#include "ui/widgets/list_roles.h"

#include <QStyledItemDelegate>

#include <optional>

class QTableView;

namespace fieldfare::ui {

struct Tokens;

/// Paints the rows of every list and table from the roles in list_roles.h: the state mark in the first column, the accent
/// bar of the current row, selected, selectedIdle and hover grounds, the hairline below, numbers right, lifecycle dot and
/// word, symbols, tones, a bar for rows that are not fetched yet, and a tool tip where text was cut.
///
/// Use with a QTableView or QTreeView without grid and with rows of a fixed height; prepareView() sets all that.
class RowDelegate : public QStyledItemDelegate {
    Q_OBJECT

public:
    explicit RowDelegate(QObject *parent = nullptr);

    /// Sets a table up for this delegate: no grid, no vertical header, whole rows selected, per-pixel scrolling, rows of
    /// `rowHeight` (24, 28 or 34; never under the font's height + 6), no frame, hover.
    static void prepareView(QTableView *view, int rowHeight);

    /// The model column that holds only the mark (24 px wide); -1 for none. The default is 0.
    void setMarkColumn(int column) { m_markColumn = column; }
    /// The column whose text is semi-bold in the current row (the name); -1 for none.
    void setNameColumn(int column) { m_nameColumn = column; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    void updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option,
                              const QModelIndex &index) const override;
    bool helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &option,
                   const QModelIndex &index) override;

protected:
    /// What the model says of a cell to be drawn, asked for in one call.
    struct Cell {
        QString text;
        QString second;
        QString symbol;
        QString count;
        QVariant ground; ///< Qt::BackgroundRole
        Qt::Alignment side = Qt::AlignLeft;
        std::optional<Qt::CheckState> check;
        StateMark mark = StateMark::None;
        Lifecycle lifecycle = Lifecycle::None;
        Tone tone = Tone::Normal;
        bool isGroup = false;
        bool isFetched = true;
        bool isStrong = false;
        bool isStruckOut = false;
        bool losesMiddle = false;
    };

    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
    /// What is drawn inside a cell on the finished ground; the board and the ticket queue replace it for their columns.
    /// `option` has what the view set (place, state), not what the model says.
    virtual void paintCell(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const Cell &cell,
                           const Tokens &tokens) const;

private:
    [[nodiscard]] Cell cellAt(const QModelIndex &index, const QLocale &locale) const;
    void paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const Cell &cell,
                     const Tokens &tokens) const;
    void paintGroupRow(QPainter *painter, const QStyleOptionViewItem &option, const Cell &cell, const Tokens &tokens) const;

    mutable LineTexts m_texts; ///< Drawing changes what is kept, not what is seen.
    int m_markColumn = 0;
    int m_nameColumn = -1;
};

} // namespace fieldfare::ui
