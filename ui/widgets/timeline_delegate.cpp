// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeline_delegate.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/style_parts.h"

#include <QListView>
#include <QPainter>
#include <QTextLayout>

#include <cmath>

namespace fieldfare::ui {

namespace {

constexpr int kNode = 22;
constexpr int kTextLeft = kNode + 10;
constexpr int kMaxBodyLines = 2;
constexpr qsizetype kMaxCached = 4000;

bool isHeading(const QModelIndex &index)
{
    return static_cast<TimelineKind>(index.data(TimelineKindRole).toInt()) == TimelineKind::DayHeading;
}

QString titleOf(const QModelIndex &index)
{
    const QString title = index.data(TimelineTitleRole).toString();
    return title.isEmpty() ? index.data(Qt::DisplayRole).toString() : title;
}

/// Lays `body` out in at most two lines and returns the height; paints when `painter` is given.
int layBody(const QString &body, int width, QPainter *painter, QPointF at)
{
    const QFont font = typeFont(Type::Small);
    QTextLayout layout(body, font);
    const QFontMetrics metrics(font);
    layout.beginLayout();
    qreal y = 0;
    int count = 0;
    while (count < kMaxBodyLines) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        ++count;
        if (painter) {
            const bool cut = count == kMaxBodyLines && line.textStart() + line.textLength() < body.size();
            const QString words = cut ? metrics.elidedText(body.mid(line.textStart()), Qt::ElideRight, width)
                                      : body.mid(line.textStart(), line.textLength()).trimmed();
            painter->drawText(QPointF(at.x(), at.y() + y + metrics.ascent()), words);
        }
        y += metrics.height() - 1;
    }
    layout.endLayout();
    return static_cast<int>(std::ceil(y));
}

} // namespace

TimelineDelegate::TimelineDelegate(QObject *parent) : QStyledItemDelegate(parent) {}

void TimelineDelegate::prepareView(QListView *view)
{
    view->setResizeMode(QListView::Adjust);
    view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view->setFrameShape(QFrame::NoFrame);
    view->setUniformItemSizes(false);
    view->setMouseTracking(true);
    view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
}

int TimelineDelegate::bodyHeight(const QString &body, int width) const
{
    if (body.isEmpty())
        return 0;
    const QString font = typeFont(Type::Small).key();
    if (font != m_fontKey || m_heights.size() > kMaxCached) {
        m_heights.clear();
        m_fontKey = font;
    }
    const Key key{width, body};
    const auto found = m_heights.constFind(key);
    if (found != m_heights.constEnd())
        return *found;
    const int tall = layBody(body, width, nullptr, {});
    m_heights.insert(key, tall);
    return tall;
}

QSize TimelineDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const auto *view = qobject_cast<const QListView *>(option.widget);
    const int width = view ? view->viewport()->width() : std::max(120, option.rect.width());
    if (isHeading(index))
        return {width, QFontMetrics(typeFont(Type::Small, true)).height() + 10};
    const int title = std::max(kNode, QFontMetrics(typeFont(Type::Body)).height());
    const int body = bodyHeight(index.data(TimelineBodyRole).toString(), width - 2 * space::k16 - kTextLeft);
    return {width, title + body + space::k8};
}

void TimelineDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Tokens &t = Tokens::of(option.widget);
    painter->save();
    const auto *view = qobject_cast<const QAbstractItemView *>(option.widget);
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    if (chosen)
        painter->fillRect(option.rect, view && view->hasFocus() ? t.selected : t.selectedIdle);
    else if (option.state.testFlag(QStyle::State_MouseOver) && !isHeading(index))
        painter->fillRect(option.rect, t.hover);
    const QRect r = option.rect.adjusted(space::k16, 0, -space::k16, 0);
    if (isHeading(index)) {
        painter->setFont(typeFont(Type::Small, true));
        painter->setPen(t.text2);
        painter->drawText(r.adjusted(0, 2, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, titleOf(index));
        painter->restore();
        return;
    }
    // The line runs on to the next entry of the same day.
    const QModelIndex next = index.sibling(index.row() + 1, index.column());
    const int middle = r.x() + kNode / 2;
    if (next.isValid() && !isHeading(next))
        painter->fillRect(QRect(middle, r.y() + kNode + 1, 1, r.height() - kNode - 1), t.line);
    const QRectF node(r.x(), r.y() + 1, kNode, kNode);
    parts::roundRect(painter, node, kNode / 2.0, t.base, t.line);
    paintIcon(painter, node, index.data(IconNameRole).toString(), 12, t.text2);

    const int titleHeight = std::max(kNode, QFontMetrics(typeFont(Type::Body)).height());
    QRect line(r.x() + kTextLeft, r.y() + 1, r.width() - kTextLeft, titleHeight);
    const QString time = index.data(TimelineTimeRole).toString();
    painter->setFont(typeFont(Type::Small));
    painter->setPen(t.text3);
    painter->drawText(line, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, time);
    int right = line.right() - painter->fontMetrics().horizontalAdvance(time) - 6;
    const auto mark = static_cast<StateMark>(index.data(StateMarkRole).toInt());
    if (mark != StateMark::None) {
        paintStateMark(painter, QRectF(right - 12, line.y(), 12, line.height()), mark, t);
        right -= 18;
    }
    painter->setFont(typeFont(Type::Body));
    painter->setPen(t.text);
    line.setRight(right);
    painter->drawText(line, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                      painter->fontMetrics().elidedText(titleOf(index), Qt::ElideRight, line.width()));
    if (const QString body = index.data(TimelineBodyRole).toString(); !body.isEmpty()) {
        painter->setFont(typeFont(Type::Small));
        painter->setPen(t.text2);
        layBody(body, r.width() - kTextLeft, painter, QPointF(r.x() + kTextLeft, r.y() + 1 + titleHeight));
    }
    painter->restore();
}

} // namespace fieldfare::ui
