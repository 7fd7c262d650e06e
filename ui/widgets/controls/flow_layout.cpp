// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/flow_layout.h"

#include <QWidget>

namespace fieldfare::ui {

FlowLayout::FlowLayout(QWidget *parent, int gap, int lineGap) : QLayout(parent), m_gap(gap), m_lineGap(lineGap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::setMaxLines(int lineCount)
{
    m_maxLines = lineCount;
    invalidate();
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowLayout::itemAt(int index) const
{
    return m_items.value(index, nullptr);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < m_items.size() ? m_items.takeAt(index) : nullptr;
}

QList<FlowLayout::Line> FlowLayout::lines(int width) const
{
    QList<Line> found;
    Line line{0, 0, 0};
    int x = 0;
    for (int i = 0; i < m_items.size(); ++i) {
        const QWidget *widget = m_items[i]->widget();
        // An item that we hid ourselves still asks for room; one hidden by its owner does not.
        const bool absent = widget && widget->isHidden() && !widget->property("fieldfareFlowHidden").toBool();
        const QSize size = absent ? QSize(0, 0) : m_items[i]->sizeHint();
        const int needed = size.width() + (line.last > line.first && size.width() > 0 ? m_gap : 0);
        if (line.last > line.first && size.width() > 0 && x + needed > width) {
            found.append(line);
            line = {i, i, 0};
            x = 0;
        }
        x += size.width() + (line.last > line.first && size.width() > 0 ? m_gap : 0);
        line.last = i + 1;
        line.height = std::max(line.height, size.height());
    }
    if (line.last > line.first)
        found.append(line);
    return found;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    int tall = 0;
    int shown = 0;
    for (const Line &line : lines(width - margins.left() - margins.right())) {
        if (m_maxLines > 0 && shown == m_maxLines)
            break;
        tall += line.height + (shown > 0 ? m_lineGap : 0);
        ++shown;
    }
    return tall + margins.top() + margins.bottom();
}

QSize FlowLayout::sizeHint() const
{
    int wide = 0;
    int tall = 0;
    for (const QLayoutItem *item : m_items) {
        const QSize size = item->sizeHint();
        wide += size.width() + (wide > 0 ? m_gap : 0);
        tall = std::max(tall, size.height());
    }
    const QMargins margins = contentsMargins();
    return {wide + margins.left() + margins.right(), tall + margins.top() + margins.bottom()};
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : m_items)
        size = size.expandedTo(item->minimumSize());
    const QMargins margins = contentsMargins();
    return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect area = rect.marginsRemoved(contentsMargins());
    const bool leftToRight = !parentWidget() || parentWidget()->layoutDirection() == Qt::LeftToRight;
    int y = area.y();
    int shown = 0;
    int hidden = 0;
    for (const Line &line : lines(area.width())) {
        const bool room = m_maxLines == 0 || shown < m_maxLines;
        int x = 0;
        for (int i = line.first; i < line.last; ++i) {
            QWidget *widget = m_items[i]->widget();
            if (widget && widget->isHidden() && !widget->property("fieldfareFlowHidden").toBool())
                continue;
            if (widget) {
                widget->setProperty("fieldfareFlowHidden", !room);
                widget->setVisible(room);
            }
            if (!room) {
                ++hidden;
                continue;
            }
            const QSize size = m_items[i]->sizeHint().boundedTo(QSize(area.width(), INT_MAX));
            const int left = leftToRight ? area.x() + x : area.right() + 1 - x - size.width();
            m_items[i]->setGeometry(QRect(QPoint(left, y + (line.height - size.height()) / 2), size));
            x += size.width() + m_gap;
        }
        if (room)
            y += line.height + m_lineGap;
        ++shown;
    }
    if (hidden != m_hidden) {
        m_hidden = hidden;
        Q_EMIT hiddenCountChanged(hidden);
    }
}

} // namespace fieldfare::ui
