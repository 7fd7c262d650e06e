// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/link_button.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"
#include "ui/widgets/theme/tokens.h"

#include <QKeyEvent>
#include <QPainter>

namespace fieldfare::ui {

LinkButton::LinkButton(const QString &text, QWidget *parent) : QAbstractButton(parent)
{
    setText(text);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void LinkButton::setOnToolTip(bool on)
{
    m_onToolTip = on;
    updateGeometry();
    update();
}

QFont LinkButton::drawnFont() const
{
    return m_onToolTip ? typeFont(Type::Body, true) : typeFont(Type::Small);
}

QSize LinkButton::sizeHint() const
{
    const QFontMetrics metrics(drawnFont());
    return {metrics.horizontalAdvance(text()) + 6 + (icon().isNull() ? 0 : 18), metrics.height() + 4};
}

void LinkButton::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const QColor ink = !isEnabled() ? t.disabled : m_onToolTip ? t.onToolTipLink : t.link;
    QFont font = drawnFont();
    font.setUnderline(isEnabled() && underMouse());
    painter.setFont(font);
    painter.setPen(ink);
    QRect words = rect().adjusted(3, 0, 0, 0);
    if (!icon().isNull()) {
        paintIcon(&painter, QRect(0, 0, 16, height()), icon(), icon_size::kRow, ink, isEnabled());
        words.setLeft(18);
    }
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text());
    if (hasFocus())
        parts::roundRect(&painter, rect(), radius::kTag, {}, m_onToolTip ? ink : t.accent, 2.0);
}

void LinkButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

} // namespace fieldfare::ui
