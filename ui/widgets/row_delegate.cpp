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

#include <algorithm>
#include <array>

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
QRect textRect(const QRect &cell, Lifecycle lifecycle, bool hasSymbol)
{
    QRect r = cell.adjusted(space::k6, 0, -space::k6, -1);
    if (lifecycle != Lifecycle::None)
        r.setLeft(r.left() + kDotColumn);
    if (hasSymbol)
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

RowDelegate::Cell RowDelegate::cellAt(const QModelIndex &index, const QLocale &locale) const
{
    std::array roles{QModelRoleData(Qt::DisplayRole),    QModelRoleData(Qt::TextAlignmentRole), QModelRoleData(Qt::CheckStateRole),
                     QModelRoleData(Qt::BackgroundRole), QModelRoleData(StateMarkRole),         QModelRoleData(LifecycleRole),
                     QModelRoleData(ToneRole),           QModelRoleData(IconNameRole),          QModelRoleData(SecondaryTextRole),
                     QModelRoleData(CountRole),          QModelRoleData(GroupRowRole),          QModelRoleData(NotFetchedRole),
                     QModelRoleData(EmphasisRole),       QModelRoleData(StruckOutRole),         QModelRoleData(ElideMiddleRole)};
    index.multiData(roles);
    const auto value = [&roles](int role) -> const QVariant & {
        return std::find_if(roles.begin(), roles.end(), [role](const QModelRoleData &answer) { return answer.role() == role; })->data();
    };
    Cell cell;
    const QVariant &text = value(Qt::DisplayRole);
    cell.text = text.metaType().id() == QMetaType::QString ? text.toString() : displayText(text, locale);
    cell.side = Qt::Alignment(value(Qt::TextAlignmentRole).toInt()).testFlag(Qt::AlignRight) ? Qt::AlignRight : Qt::AlignLeft;
    if (const QVariant &check = value(Qt::CheckStateRole); check.isValid())
        cell.check = static_cast<Qt::CheckState>(check.toInt());
    cell.ground = value(Qt::BackgroundRole);
    cell.mark = static_cast<StateMark>(value(StateMarkRole).toInt());
    cell.lifecycle = static_cast<Lifecycle>(value(LifecycleRole).toInt());
    cell.tone = static_cast<Tone>(value(ToneRole).toInt());
    cell.symbol = value(IconNameRole).toString();
    cell.second = value(SecondaryTextRole).toString();
    cell.count = value(CountRole).toString();
    cell.isGroup = value(GroupRowRole).toBool();
    cell.isFetched = !value(NotFetchedRole).toBool();
    cell.isStrong = value(EmphasisRole).toBool();
    cell.isStruckOut = value(StruckOutRole).toBool();
    cell.losesMiddle = value(ElideMiddleRole).toBool();
    return cell;
}

void RowDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Cell cell = cellAt(index, option.locale);
    const Tokens &t = Tokens::of(option.widget);
    painter->save();
    painter->setClipRect(option.rect);
    paintGround(painter, option, index, cell, t);
    if (cell.isGroup) {
        paintGroupRow(painter, option, cell, t);
    } else if (!cell.isFetched) {
        if (index.column() != m_markColumn) {
            const QRect text = textRect(option.rect, cell.lifecycle, !cell.symbol.isEmpty());
            const qreal wide = text.width() * 0.6;
            parts::roundRect(painter, QRectF(text.x(), text.center().y() - 4, wide, 8), radius::kTag,
                             t.needsFrames() ? t.selectedIdle : t.sunken);
        }
    } else if (index.column() == m_markColumn) {
        paintStateMark(painter, QRectF(option.rect.x() + 2, option.rect.y(), option.rect.width(), option.rect.height() - 1), cell.mark, t);
    } else {
        paintCell(painter, option, index, cell, t);
    }
    painter->restore();
}

void RowDelegate::paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const Cell &cell,
                              const Tokens &t) const
{
    const QRect r = option.rect;
    const bool isCurrent = isCurrentRow(option);
    const bool active = isCurrent && viewIsActive(option);
    QColor ground = cell.isGroup ? t.alt : t.base;
    if (isCurrent)
        ground = active ? t.selected : t.selectedIdle;
    else if (!cell.isGroup && isHovered(option, index))
        ground = t.hover;
    painter->fillRect(r, ground);
    painter->fillRect(QRect(r.x(), r.bottom(), r.width(), 1), cell.isGroup ? t.line : t.rowLine());
    if (active) {
        // The first column that is shown carries the bar, wherever the user moved it.
        const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
        if (!view || r.x() <= 0 || index.column() == m_markColumn)
            painter->fillRect(QRect(r.x(), r.y(), kAccentBar, r.height() - 1), t.accent);
    }
    if (!isCurrent && cell.ground.canConvert<QBrush>())
        painter->fillRect(r.adjusted(0, 0, 0, -1), cell.ground.value<QBrush>());
}

void RowDelegate::paintGroupRow(QPainter *painter, const QStyleOptionViewItem &option, const Cell &cell, const Tokens &t) const
{
    if (cell.text.isEmpty())
        return;
    QRect r = option.rect.adjusted(space::k6, 0, -space::k6, -1);
    painter->setPen(toneColour(cell.tone, t));
    r.setLeft(r.left() + m_texts.draw(painter, r, cell.text, {Type::Body, true}) + space::k6);
    painter->setPen(t.text3);
    m_texts.draw(painter, r, cell.count, {Type::Small});
}

void RowDelegate::paintCell(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, const Cell &cell,
                            const Tokens &t) const
{
    QRect r = option.rect.adjusted(space::k6, 0, -space::k6, -1);
    QColor ink = toneColour(cell.tone, t);
    if (cell.lifecycle != Lifecycle::None) {
        paintLifecycle(painter, QRectF(r.x(), r.y(), 8, r.height()), cell.lifecycle, t);
        if (cell.lifecycle == Lifecycle::Churned && cell.tone == Tone::Normal)
            ink = t.text2;
    }
    if (!cell.symbol.isEmpty())
        paintIcon(painter, QRect(r.x() + (cell.lifecycle == Lifecycle::None ? 0 : kDotColumn), r.y(), icon_size::kRow, r.height()),
                  cell.symbol, icon_size::kRow, t.text2);
    r = textRect(option.rect, cell.lifecycle, !cell.symbol.isEmpty());

    // A check box of the model stands before everything else of its cell.
    if (cell.check) {
        QStyleOption check(option);
        check.state.setFlag(QStyle::State_On, *cell.check == Qt::Checked);
        check.state.setFlag(QStyle::State_NoChange, *cell.check == Qt::PartiallyChecked);
        check.state.setFlag(QStyle::State_HasFocus, false);
        parts::checkMark(painter, &check, QRect(r.x(), r.y() + (r.height() - 16) / 2, 16, 16), t);
        r.setLeft(r.left() + 24);
    }

    const bool strong = cell.isStrong || (index.column() == m_nameColumn && isCurrentRow(option) && viewIsActive(option));
    painter->setPen(option.state.testFlag(QStyle::State_Enabled) ? (cell.isStruckOut ? t.text2 : ink) : t.disabled);
    const int used = m_texts.draw(painter, r, cell.text, {Type::Body, strong, cell.isStruckOut}, cell.side,
                                  cell.losesMiddle ? Qt::ElideMiddle : Qt::ElideRight);
    if (!cell.second.isEmpty() && cell.side == Qt::AlignLeft) {
        painter->setPen(t.text2);
        m_texts.draw(painter, r.adjusted(used + 5, 0, 0, 0), cell.second, {Type::Small});
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
    size.setHeight(index.data(GroupRowRole).toBool() ? fitHeight(height::kGroupRow, typeFont(Type::Body))
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
        if (metrics.horizontalAdvance(option.text) > textRect(option.rect, enumOf<Lifecycle>(index, LifecycleRole), !index.data(IconNameRole).toString().isEmpty()).width())
            words = option.text;
    }
    if (words.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event->globalPos(), words, view);
    return true;
}

} // namespace fieldfare::ui
