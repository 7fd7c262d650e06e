// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/row_delegate.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/style_parts.h"
#include "ui/widgets/theme/tokens.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QTableView>
#include <QToolTip>

namespace fieldfare::ui {

namespace {

constexpr int kDotColumn = 14;
constexpr int kIconColumn = 20;
constexpr int kAccentBar = 3;

template <typename Enum>
Enum enumOf(const QModelIndex &index, int role)
{
    return static_cast<Enum>(index.data(role).toInt());
}

bool isGroupRow(const QModelIndex &index)
{
    return index.data(GroupRowRole).toBool();
}

bool isCurrentRow(const QStyleOptionViewItem &option)
{
    return option.state.testFlag(QStyle::State_Selected);
}

bool viewIsActive(const QStyleOptionViewItem &option)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    // While a cell is edited the focus is in its editor, which is still this list.
    return view && (view->hasFocus() || (view->focusWidget() && view->isAncestorOf(view->focusWidget())
                                         && view->focusWidget()->hasFocus()));
}

constexpr char kHoverRow[] = "fieldfareHoverRow";

/// Qt hovers a cell; a row is one thing here. Keeps the row under the pointer on the view and repaints rows as wholes.
class RowHover final : public QObject {
public:
    explicit RowHover(QTableView *view) : QObject(view), m_view(view) { view->viewport()->installEventFilter(this); }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::MouseMove || event->type() == QEvent::HoverMove)
            take(m_view->rowAt(event->type() == QEvent::MouseMove ? static_cast<QMouseEvent *>(event)->position().toPoint().y()
                                                                  : static_cast<QHoverEvent *>(event)->position().toPoint().y()));
        else if (event->type() == QEvent::Leave || event->type() == QEvent::HoverLeave || event->type() == QEvent::Wheel)
            take(-1);
        return QObject::eventFilter(watched, event);
    }

private:
    void take(int row)
    {
        if (row == m_row)
            return;
        for (const int changed : {std::exchange(m_row, row), row}) {
            if (changed >= 0)
                m_view->viewport()->update(0, m_view->rowViewportPosition(changed), m_view->viewport()->width(), m_view->rowHeight(changed));
        }
        m_view->setProperty(kHoverRow, row);
    }

    QTableView *m_view;
    int m_row = -1;
};

bool isHovered(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    const QVariant row = option.widget != nullptr ? option.widget->property(kHoverRow) : QVariant();
    return row.isValid() ? row.toInt() == index.row() : option.state.testFlag(QStyle::State_MouseOver);
}

/// Where the text of a cell may stand, behind padding, dot and symbol.
QRect textRect(const QStyleOptionViewItem &option, const QModelIndex &index)
{
    QRect r = option.rect.adjusted(space::k6, 0, -space::k6, -1);
    if (enumOf<Lifecycle>(index, LifecycleRole) != Lifecycle::None)
        r.setLeft(r.left() + kDotColumn);
    if (!index.data(IconNameRole).toString().isEmpty())
        r.setLeft(r.left() + kIconColumn);
    return r;
}

} // namespace

RowDelegate::RowDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

void RowDelegate::prepareView(QTableView *view, int rowHeight)
{
    view->setShowGrid(false);
    view->setWordWrap(false);
    view->setFrameShape(QFrame::NoFrame);
    view->setSelectionBehavior(QAbstractItemView::SelectRows);
    view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setMouseTracking(true);
    view->viewport()->setAttribute(Qt::WA_Hover);
    new RowHover(view);
    view->setTabKeyNavigation(false); // Tab leaves the list
    view->verticalHeader()->hide();
    view->verticalHeader()->setMinimumSectionSize(1);
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(fitHeight(rowHeight, typeFont(Type::Body)));
    view->horizontalHeader()->setHighlightSections(false);
    view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    view->horizontalHeader()->setMinimumSectionSize(24);
    view->horizontalHeader()->setFixedHeight(fitHeight(height::kColumnHeader, typeFont(Type::Small)));
}

void RowDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const Tokens &t = Tokens::of(option->widget);
    // Fusion would paint the accent; a row is only tinted.
    option->palette.setColor(QPalette::Highlight, viewIsActive(*option) ? t.selected : t.selectedIdle);
    option->palette.setColor(QPalette::HighlightedText, t.text);
    option->font = typeFont(Type::Body);
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option(given);
    initStyleOption(&option, index);
    const Tokens &t = Tokens::of(option.widget);
    painter->save();
    painter->setClipRect(option.rect);
    paintGround(painter, option, index, t);
    if (isGroupRow(index)) {
        paintGroupRow(painter, option, index, t);
    } else if (index.data(NotFetchedRole).toBool()) {
        if (index.column() != m_markColumn) {
            const QRect cell = textRect(option, index);
            const qreal wide = cell.width() * 0.6;
            parts::roundRect(painter, QRectF(cell.x(), cell.center().y() - 4, wide, 8), radius::kTag,
                             t.needsFrames() ? t.selectedIdle : t.sunken);
        }
    } else if (index.column() == m_markColumn) {
        paintStateMark(painter, QRectF(option.rect.x() + 2, option.rect.y(), option.rect.width(), option.rect.height() - 1),
                       enumOf<StateMark>(index, StateMarkRole), t);
    } else {
        paintCell(painter, option, index, t);
    }
    painter->restore();
}

void RowDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                              const Tokens &t) const
{
    const QRect r = option.rect;
    const bool active = viewIsActive(option);
    QColor ground = t.base;
    if (isGroupRow(index))
        ground = t.alt;
    if (isCurrentRow(option))
        ground = active ? t.selected : t.selectedIdle;
    else if (isHovered(option, index) && !isGroupRow(index))
        ground = t.hover;
    painter->fillRect(r, ground);
    painter->fillRect(QRect(r.x(), r.bottom(), r.width(), 1), isGroupRow(index) ? t.line : t.rowLine());
    if (isCurrentRow(option) && active) {
        // The first column that is shown carries the bar, wherever the user moved it.
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        if (!view || r.x() <= 0 || index.column() == m_markColumn)
            painter->fillRect(QRect(r.x(), r.y(), kAccentBar, r.height() - 1), t.accent);
    }
    if (index.data(Qt::BackgroundRole).canConvert<QBrush>() && !isCurrentRow(option))
        painter->fillRect(r.adjusted(0, 0, 0, -1), index.data(Qt::BackgroundRole).value<QBrush>());
}

void RowDelegate::paintGroupRow(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                                const Tokens &t) const
{
    const QString words = index.data(Qt::DisplayRole).toString();
    if (words.isEmpty())
        return;
    QRect r = option.rect.adjusted(space::k6, 0, -space::k6, -1);
    painter->setFont(typeFont(Type::Body, true));
    painter->setPen(toneColour(enumOf<Tone>(index, ToneRole), t));
    painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, words);
    r.setLeft(r.left() + painter->fontMetrics().horizontalAdvance(words) + space::k6);
    painter->setFont(typeFont(Type::Small));
    painter->setPen(t.text3);
    painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, index.data(CountRole).toString());
}

void RowDelegate::paintCell(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index,
                            const Tokens &t) const
{
    QRect r = option.rect.adjusted(space::k6, 0, -space::k6, -1);
    const Lifecycle lifecycle = enumOf<Lifecycle>(index, LifecycleRole);
    const Tone tone = enumOf<Tone>(index, ToneRole);
    QColor ink = toneColour(tone, t);
    if (lifecycle != Lifecycle::None) {
        paintLifecycle(painter, QRectF(r.x(), r.y(), 8, r.height()), lifecycle, t);
        if (lifecycle == Lifecycle::Churned && tone == Tone::Normal)
            ink = t.text2;
    }
    if (const QString symbol = index.data(IconNameRole).toString(); !symbol.isEmpty())
        paintIcon(painter, QRect(r.x() + (lifecycle == Lifecycle::None ? 0 : kDotColumn), r.y(), icon_size::kRow, r.height()),
                  symbol, icon_size::kRow, t.text2);
    r = textRect(option, index);

    // A check box of the model stands before everything else of its cell.
    if (option.features.testFlag(QStyleOptionViewItem::HasCheckIndicator)) {
        QStyleOption check(option);
        check.state.setFlag(QStyle::State_On, option.checkState == Qt::Checked);
        check.state.setFlag(QStyle::State_NoChange, option.checkState == Qt::PartiallyChecked);
        check.state.setFlag(QStyle::State_HasFocus, false);
        parts::checkMark(painter, &check, QRect(r.x(), r.y() + (r.height() - 16) / 2, 16, 16), t);
        r.setLeft(r.left() + 24);
    }

    const bool strong = index.data(EmphasisRole).toBool() || (isCurrentRow(option) && viewIsActive(option) && index.column() == m_nameColumn);
    QFont font = typeFont(Type::Body, strong);
    const bool struck = index.data(StruckOutRole).toBool();
    font.setStrikeOut(struck);
    painter->setFont(font);
    painter->setPen(option.state.testFlag(QStyle::State_Enabled) ? (struck ? t.text2 : ink) : t.disabled);
    const QFontMetrics metrics = painter->fontMetrics();
    const bool middle = index.data(ElideMiddleRole).toBool();
    const QString text = metrics.elidedText(option.text, middle ? Qt::ElideMiddle : Qt::ElideRight, r.width());
    const Qt::Alignment aligned = option.displayAlignment.testFlag(Qt::AlignRight) ? Qt::AlignRight : Qt::AlignLeft;
    painter->drawText(r, static_cast<int>(aligned | Qt::AlignVCenter) | Qt::TextSingleLine, text);

    const QString second = index.data(SecondaryTextRole).toString();
    const int used = metrics.horizontalAdvance(text) + 5;
    if (!second.isEmpty() && aligned == Qt::AlignLeft && used < r.width()) {
        painter->setFont(typeFont(Type::Small));
        painter->setPen(t.text2);
        const QRect rest = r.adjusted(used, 0, 0, 0);
        painter->drawText(rest, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                          painter->fontMetrics().elidedText(second, Qt::ElideRight, rest.width()));
    }
}

QSize RowDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QSize size = QStyledItemDelegate::sizeHint(option, index);
    int extra = 2 * space::k6;
    if (enumOf<Lifecycle>(index, LifecycleRole) != Lifecycle::None)
        extra += kDotColumn;
    if (!index.data(IconNameRole).toString().isEmpty())
        extra += kIconColumn;
    const QFontMetrics metrics(typeFont(Type::Body, true));
    size.setWidth(metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) + extra);
    size.setHeight(isGroupRow(index) ? fitHeight(height::kGroupRow, typeFont(Type::Body))
                                     : fitHeight(height::kRowCompact, typeFont(Type::Body)));
    return size;
}

void RowDelegate::updateEditorGeometry(QWidget *editor, const QStyleOptionViewItem &option, const QModelIndex &) const
{
    editor->setGeometry(option.rect); // the whole cell, so that its frame stands on the cell's edge
}

bool RowDelegate::helpEvent(QHelpEvent *event, QAbstractItemView *view, const QStyleOptionViewItem &given,
                            const QModelIndex &index)
{
    if (event->type() != QEvent::ToolTip || !index.isValid())
        return QStyledItemDelegate::helpEvent(event, view, given, index);
    if (!index.data(Qt::ToolTipRole).toString().isEmpty())
        return QStyledItemDelegate::helpEvent(event, view, given, index);
    QString words;
    if (index.column() == m_markColumn) {
        words = stateMarkText(enumOf<StateMark>(index, StateMarkRole));
    } else {
        QStyleOptionViewItem option(given);
        initStyleOption(&option, index);
        const QFontMetrics metrics(typeFont(Type::Body, index.data(EmphasisRole).toBool()));
        if (metrics.horizontalAdvance(option.text) > textRect(option, index).width())
            words = option.text;
    }
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), words, view);
    return true;
}

} // namespace fieldfare::ui
