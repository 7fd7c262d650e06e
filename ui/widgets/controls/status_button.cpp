// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/status_button.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/style_parts.h"

#include <QPainter>

namespace fieldfare::ui {

StatusButton::StatusButton(QWidget *parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
}

void StatusButton::setState(StateMark mark, const QString &text)
{
    m_mark = mark;
    m_symbol.clear();
    setText(text);
    updateGeometry();
}

void StatusButton::setSymbol(const QString &iconName, const QString &text)
{
    setState(StateMark::None, text);
    m_symbol = iconName;
    updateGeometry();
}

QSize StatusButton::sizeHint() const
{
    const QFontMetrics metrics(typeFont(Type::Small));
    const int mark = m_mark == StateMark::None && m_symbol.isEmpty() ? 0 : 18;
    return {metrics.horizontalAdvance(text()) + mark + 21, std::max(height::kStatusBar, metrics.height() + 6)};
}

void StatusButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    if (isDown() || (underMouse() && isEnabled()))
        painter.fillRect(rect(), isDown() ? t.sunken : t.selectedIdle);
    painter.fillRect(QRect(width() - 1, 0, 1, height()), t.line);
    int x = 10;
    if (m_mark != StateMark::None || !m_symbol.isEmpty()) {
        const QRect place(x, 0, 12, height());
        if (m_symbol.isEmpty())
            paintStateMark(&painter, place, m_mark, t);
        else
            paintIcon(&painter, place, m_symbol, icon_size::kRow, t.text2);
        x += 18;
    }
    painter.setFont(typeFont(Type::Small));
    painter.setPen(t.text2);
    painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (hasFocus())
        parts::roundRect(&painter, rect().adjusted(1, 1, -2, -1), radius::kTag, {}, t.accent, 2.0);
}

} // namespace fieldfare::ui
