// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/editors/value_line.h"

#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFrame>
#include <QToolTip>

namespace fieldfare::ui {

namespace {

constexpr int kLineMargin = 2; // of QLineEdit itself, inside its contents

} // namespace

QRect ValueLine::textRect() const
{
    QStyleOptionFrame option;
    initStyleOption(&option);
    const QRect contents = style()->subElementRect(QStyle::SE_LineEditContents, &option, this);
    return contents.marginsRemoved(textMargins()).adjusted(kLineMargin, 0, -kLineMargin, 0);
}

QString ValueLine::shownText() const
{
    return fontMetrics().elidedText(text(), Qt::ElideRight, textRect().width());
}

bool ValueLine::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip && !hasFocus() && shownText() != text()) {
        const QString help = toolTip();
        QToolTip::showText(static_cast<QHelpEvent *>(event)->globalPos(), help.isEmpty() ? text() : text() + QLatin1Char('\n') + help, this);
        return true;
    }
    return QLineEdit::event(event);
}

void ValueLine::paintEvent(QPaintEvent *event)
{
    const QString shown = hasFocus() ? text() : shownText();
    if (shown == text()) {
        QLineEdit::paintEvent(event);
        return;
    }
    QPainter painter(this);
    QStyleOptionFrame option;
    initStyleOption(&option);
    style()->drawPrimitive(QStyle::PE_PanelLineEdit, &option, &painter, this);
    painter.setPen(palette().color(QPalette::Text));
    painter.drawText(textRect(), Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, shown);
}

} // namespace fieldfare::ui
