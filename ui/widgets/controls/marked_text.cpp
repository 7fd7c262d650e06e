// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/marked_text.h"

#include "ui/widgets/theme/state_mark.h"

#include <QPainter>

namespace fieldfare::ui {

namespace {

constexpr int kMarkRoom = 18; // 12 of the mark and the gap

Ink inkOf(StateMark mark)
{
    switch (mark) {
    case StateMark::Synced: return Ink::Ok;
    case StateMark::NotSaved:
    case StateMark::Waiting: return Ink::Pending;
    case StateMark::Conflict: return Ink::Conflict;
    case StateMark::NotAccepted: return Ink::Error;
    case StateMark::None:
    case StateMark::Offline: break;
    }
    return Ink::Text2;
}

} // namespace

MarkedText::MarkedText(StateMark mark, Type type, QWidget *parent) : TextLabel(QString(), type, inkOf(mark), parent)
{
    setWordWrap(true);
    setMark(mark);
}

void MarkedText::setMark(StateMark mark)
{
    m_mark = mark;
    setInk(inkOf(mark));
    setContentsMargins(mark == StateMark::None ? 0 : kMarkRoom, 0, 0, 0);
    update();
}

void MarkedText::paintEvent(QPaintEvent *event)
{
    TextLabel::paintEvent(event);
    if (m_mark == StateMark::None || text().isEmpty())
        return;
    // Beside the first line, wherever the label's height puts it.
    const QFontMetrics metrics = fontMetrics();
    const int words = metrics.boundingRect(contentsRect(), Qt::TextWordWrap, text()).height();
    const int top = contentsRect().top() + std::max(0, contentsRect().height() - words) / 2;
    QPainter painter(this);
    paintStateMark(&painter, QRectF(0, top, 12, metrics.height()), m_mark, Tokens::of(this));
}

} // namespace fieldfare::ui
