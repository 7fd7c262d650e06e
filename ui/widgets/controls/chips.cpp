// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/chips.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"
#include "ui/widgets/theme/tokens.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace fieldfare::ui {

namespace {

constexpr int kPadding = 8;
constexpr int kCross = 14;

QFont strongSmall()
{
    return typeFont(Type::Small, true);
}

} // namespace

FilterChip::FilterChip(const QString &field, const QString &operation, const QString &value, QWidget *parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setFilter(field, operation, value);
}

void FilterChip::setFilter(const QString &field, const QString &operation, const QString &value)
{
    m_field = field;
    m_operation = operation;
    m_value = value;
    setText(words() + QLatin1Char(' ') + value); // the accessible name
    setAccessibleDescription(m_removable ? tr("Filter. Enter edits it, Delete removes it.") : tr("Filter. Enter edits it."));
    updateGeometry();
    update();
}

void FilterChip::setRemovable(bool removable)
{
    m_removable = removable;
    setFilter(m_field, m_operation, m_value);
}

QString FilterChip::words() const
{
    return m_operation.isEmpty() ? m_field : m_field + QLatin1Char(' ') + m_operation;
}

QSize FilterChip::sizeHint() const
{
    const QFontMetrics plain(typeFont(Type::Small));
    const QFontMetrics strong(strongSmall());
    return {kPadding + plain.horizontalAdvance(words()) + 4 + strong.horizontalAdvance(m_value) + 4 + kCross + 4,
            std::max(height::kControlSmall, plain.height() + 6)};
}

QRect FilterChip::crossRect() const
{
    return {width() - kCross - 4, 0, kCross + 4, height()};
}

void FilterChip::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const bool hovered = underMouse() && isEnabled();
    parts::roundRect(&painter, rect(), radius::kTag, isDown() ? t.sunken : t.chip,
                     t.needsFrames() || hovered ? t.border : t.line);
    if (hasFocus())
        parts::roundRect(&painter, rect(), radius::kTag, {}, t.accent, 2.0);
    int x = kPadding;
    painter.setFont(typeFont(Type::Small));
    painter.setPen(t.text2);
    painter.drawText(QRect(x, 0, width(), height()), Qt::AlignVCenter | Qt::AlignLeft, words());
    x += painter.fontMetrics().horizontalAdvance(words()) + 4;
    painter.setFont(strongSmall());
    painter.setPen(t.text);
    painter.drawText(QRect(x, 0, crossRect().left() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, m_value);
    if (m_removable && m_crossHovered && hovered)
        parts::roundRect(&painter, QRectF(crossRect().center().x() - 8.5, (height() - 16) / 2.0, 16, 16), radius::kTag,
                         t.selectedIdle);
    paintIcon(&painter, crossRect().adjusted(0, 0, -3, 0),
              m_removable ? QStringLiteral("close") : QStringLiteral("chevron-down"), kCross - 2, t.text2);
}

void FilterChip::mousePressEvent(QMouseEvent *event)
{
    m_crossPressed = m_removable && crossRect().contains(event->position().toPoint());
    if (m_crossPressed) {
        event->accept();
        return;
    }
    QAbstractButton::mousePressEvent(event);
}

void FilterChip::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_crossPressed) {
        m_crossPressed = false;
        if (crossRect().contains(event->position().toPoint()))
            Q_EMIT removeRequested();
        return;
    }
    QAbstractButton::mouseReleaseEvent(event);
}

void FilterChip::mouseMoveEvent(QMouseEvent *event)
{
    const bool over = crossRect().contains(event->position().toPoint());
    if (over != m_crossHovered) {
        m_crossHovered = over;
        setToolTip(over && m_removable ? tr("Remove this filter (Del)") : QString());
        update();
    }
    QAbstractButton::mouseMoveEvent(event);
}

void FilterChip::keyPressEvent(QKeyEvent *event)
{
    if (m_removable && (event->key() == Qt::Key_Delete || event->key() == Qt::Key_Backspace)) {
        Q_EMIT removeRequested();
        return;
    }
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        click();
        return;
    }
    QAbstractButton::keyPressEvent(event);
}

TagChip::TagChip(const QString &text, bool dynamic, QWidget *parent) : QAbstractButton(parent), m_dynamic(dynamic)
{
    setText(text);
    if (dynamic)
        setAccessibleDescription(tr("Given by a rule"));
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setClickable(false);
}

void TagChip::setClickable(bool clickable)
{
    setFocusPolicy(clickable ? Qt::StrongFocus : Qt::NoFocus);
    setAttribute(Qt::WA_Hover, clickable);
    setAttribute(Qt::WA_TransparentForMouseEvents, !clickable);
}

QSize TagChip::sizeHint() const
{
    const QFontMetrics metrics(typeFont(Type::Small));
    return {metrics.horizontalAdvance(text()) + 14 + (m_dynamic ? 16 : 0), std::max(20, metrics.height() + 3)};
}

void TagChip::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const bool framed = m_dynamic || t.needsFrames();
    const QColor fill = isDown() ? t.sunken : m_dynamic ? QColor() : t.chip;
    parts::roundRect(&painter, rect(), radius::kTag, fill, framed ? t.line : underMouse() ? t.border : QColor());
    if (hasFocus())
        parts::roundRect(&painter, rect(), radius::kTag, {}, t.accent, 2.0);
    QRect words = rect().adjusted(7, 0, -7, 0);
    if (m_dynamic) {
        paintIcon(&painter, QRect(5, 0, 14, height()), QStringLiteral("auto"), 12, t.text2);
        words.setLeft(words.left() + 15);
    }
    painter.setFont(typeFont(Type::Small));
    painter.setPen(t.text);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width() + 1));
}

} // namespace fieldfare::ui
