// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/side_bar_row.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/state_mark.h"
#include "ui/widgets/theme/style_parts.h"

#include <QKeyEvent>
#include <QPainter>

namespace fieldfare::ui {

SideBarRow::SideBarRow(Kind kind, const QString &key, const QString &iconName, const QString &text, QWidget *parent)
    : QAbstractButton(parent), m_kind(kind), m_key(key), m_iconName(iconName)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    describe();
}

void SideBarRow::setCount(const QString &count)
{
    m_count = count;
    describe();
    update();
}

void SideBarRow::setMark(StateMark mark)
{
    m_mark = mark;
    update();
}

void SideBarRow::setNarrow(bool narrow)
{
    m_narrow = narrow;
    describe();
    updateGeometry();
    update();
}

void SideBarRow::describe()
{
    setAccessibleName(m_count.isEmpty() ? text() : QStringLiteral("%1, %2").arg(text(), m_count));
    setToolTip(m_narrow || !isWhole() ? accessibleName() : QString());
}

QRect SideBarRow::textRect() const
{
    const int left = m_kind == Kind::Module ? 33 : 32;
    int right = width() - 8;
    if (!m_count.isEmpty())
        right -= QFontMetrics(typeFont(Type::Small)).horizontalAdvance(m_count) + 6;
    return {left, 0, std::max(0, right - left), height()};
}

bool SideBarRow::isWhole() const
{
    const bool strong = isChecked() && m_kind == Kind::Module;
    return !m_narrow && QFontMetrics(typeFont(Type::Body, strong)).horizontalAdvance(text()) <= textRect().width();
}

void SideBarRow::resizeEvent(QResizeEvent *event)
{
    QAbstractButton::resizeEvent(event);
    describe();
}

QSize SideBarRow::sizeHint() const
{
    const int wanted = m_kind == Kind::Module ? height::kModuleRow : height::kViewRow;
    return {m_narrow ? 36 : 150, fitHeight(wanted, typeFont(Type::Body))};
}

void SideBarRow::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const bool module = m_kind == Kind::Module;
    const bool hovered = underMouse() && isEnabled();
    QColor fill;
    if (isDown())
        fill = t.sunken;
    else if (isChecked())
        fill = module ? t.selected : t.selectedIdle;
    else if (hovered)
        fill = t.hover;
    if (fill.isValid())
        parts::roundRect(&painter, rect(), radius::kField, fill);
    const QColor iconInk = isChecked() && module ? t.accent : t.text2;
    const QRect place = m_narrow ? rect() : QRect(8, 0, 18, height());
    if (m_mark != StateMark::None)
        paintStateMark(&painter, place, m_mark, t, 13);
    else
        paintIcon(&painter, place, m_iconName, module ? icon_size::kChrome : icon_size::kRow, iconInk);
    if (!m_narrow) {
        if (!m_count.isEmpty()) {
            painter.setFont(typeFont(Type::Small));
            painter.setPen(t.text3);
            painter.drawText(rect().adjusted(0, 0, -8, 0), Qt::AlignVCenter | Qt::AlignRight, m_count);
        }
        painter.setFont(typeFont(Type::Body, isChecked() && module));
        painter.setPen(isEnabled() ? t.text : t.disabled);
        const QRect words = textRect();
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width()));
    }
    if (hasFocus())
        parts::roundRect(&painter, rect(), radius::kField, {}, t.accent, 2.0);
}

void SideBarRow::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Up: Q_EMIT moveRequested(-1); return;
    case Qt::Key_Down: Q_EMIT moveRequested(1); return;
    case Qt::Key_Return:
    case Qt::Key_Enter: click(); return;
    default: QAbstractButton::keyPressEvent(event);
    }
}

} // namespace fieldfare::ui
