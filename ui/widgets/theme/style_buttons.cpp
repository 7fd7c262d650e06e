// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/style_parts.h"

#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"

#include <QAbstractButton>
#include <QBitmap>
#include <QGuiApplication>
#include <QPainterPath>
#include <QStyle>

namespace fieldfare::ui::parts {

namespace {

constexpr int kButtonPadding = 12;
constexpr int kIconGap = 6;
constexpr int kHintGap = 8;
constexpr int kMenuArrow = 18;

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

bool isStrong(const QWidget *widget)
{
    return buttonKind(widget) != ButtonKind::Normal;
}

QFont buttonFont(const QStyleOption *option, const QWidget *widget)
{
    QFont font = widget ? widget->font() : QFont();
    if (!widget)
        font = typeFont(Type::Body);
    if (widget && isSmall(widget))
        font = typeFont(font, Type::Small);
    if (isStrong(widget))
        font.setWeight(QFont::DemiBold);
    Q_UNUSED(option);
    return font;
}

struct ButtonColours {
    QColor fill;
    QColor frame;
    QColor ink;
};

ButtonColours coloursOf(const QStyleOption *option, const QWidget *widget, bool flat, bool checked, const Tokens &t)
{
    const bool hovered = has(option, QStyle::State_MouseOver);
    const bool pressed = has(option, QStyle::State_Sunken);
    if (!has(option, QStyle::State_Enabled))
        return {flat ? QColor() : t.window, flat ? QColor() : t.line, t.disabled};
    switch (buttonKind(widget)) {
    case ButtonKind::Primary: return {hovered || pressed ? t.accentHover : t.accent, {}, t.onAccent};
    case ButtonKind::Danger: return {pressed ? mixed(t.text, t.error, 0.15) : t.error, {}, t.base};
    case ButtonKind::Normal: break;
    }
    if (flat) {
        if (pressed)
            return {t.needsFrames() ? t.selectedIdle : t.sunken, {}, t.text};
        if (checked)
            return {t.selectedIdle, {}, t.text};
        return {hovered ? t.hover : QColor(), {}, hovered ? t.text : t.text2};
    }
    const QColor pressedFill = t.needsFrames() ? t.selectedIdle : t.sunken;
    return {pressed ? pressedFill : checked ? t.selected : hovered ? t.hover : t.raised, t.border, t.text};
}

} // namespace

bool needsMasks()
{
    return QGuiApplication::platformName() == QLatin1String("xcb");
}

QRegion roundMask(const QRect &rect, int radius)
{
    QBitmap bits(rect.size());
    bits.clear();
    QPainter painter(&bits);
    painter.setPen(Qt::NoPen);
    painter.setBrush(Qt::color1);
    painter.drawRoundedRect(QRect(QPoint(), rect.size()), radius, radius);
    painter.end();
    return QRegion(bits).translated(rect.topLeft());
}

QString withoutMnemonic(QString text)
{
    return text.remove(QLatin1Char('&'));
}

void roundRect(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &frame,
               qreal width)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    if (fill.isValid() && !frame.isValid()) {
        painter->setBrush(fill);
        painter->drawRoundedRect(rect, radius, radius);
    } else if (frame.isValid()) {
        const qreal half = width / 2.0;
        painter->setPen(QPen(frame, width));
        painter->setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
        const qreal inner = std::max(0.0, radius - half);
        painter->drawRoundedRect(rect.adjusted(half, half, -half, -half), inner, inner);
    }
    painter->restore();
}

void ringAround(QPainter *painter, const QRectF &frame, qreal radius, const Tokens &tokens)
{
    roundRect(painter, frame.adjusted(-kRingMargin, -kRingMargin, kRingMargin, kRingMargin), radius + kRingMargin, {},
              tokens.accent, 2.0);
}

ButtonMetrics measureButton(const QStyleOptionButton *option, const QWidget *widget)
{
    ButtonMetrics m;
    const QFont font = buttonFont(option, widget);
    const QFontMetrics metrics(font);
    m.textWidth = option->text.isEmpty() ? 0 : metrics.horizontalAdvance(withoutMnemonic(option->text));
    m.iconSide = option->icon.isNull() ? 0 : isSmall(widget) ? icon_size::kRow : icon_size::kChrome;
    const QString hint = shownShortcut(widget);
    if (!hint.isEmpty())
        m.hintWidth = QFontMetrics(typeFont(font, Type::Caption)).horizontalAdvance(hint);
    const int tall = std::max(isSmall(widget) ? height::kControlSmall : height::kControl, metrics.height() + 6);
    int wide = m.textWidth;
    if (m.iconSide > 0)
        wide += m.iconSide + (m.textWidth > 0 ? kIconGap : 0);
    if (m.hintWidth > 0)
        wide += kHintGap + m.hintWidth;
    if (option->features.testFlag(QStyleOptionButton::HasMenu))
        wide += m.textWidth > 0 || m.iconSide > 0 ? kMenuArrow : 0;
    // A button with only an icon is a square.
    m.frame = m.textWidth == 0 && m.hintWidth == 0 ? QSize(std::max(tall, wide + 10), tall)
                                                   : QSize(wide + 2 * (isSmall(widget) ? 8 : kButtonPadding), tall);
    return m;
}

void buttonFrame(QPainter *painter, const QStyleOptionButton *option, const QWidget *widget, const Tokens &tokens)
{
    const QRect frame = option->rect.adjusted(kRingMargin, kRingMargin, -kRingMargin, -kRingMargin);
    const bool flat = option->features.testFlag(QStyleOptionButton::Flat);
    const ButtonColours colours = coloursOf(option, widget, flat, has(option, QStyle::State_On), tokens);
    roundRect(painter, frame, radius::kField, colours.fill, colours.frame);
    if (has(option, QStyle::State_HasFocus))
        ringAround(painter, frame, radius::kField, tokens);
}

void buttonLabel(QPainter *painter, const QStyleOptionButton *option, const QWidget *widget, const Tokens &tokens)
{
    const QRect frame = option->rect.adjusted(kRingMargin, kRingMargin, -kRingMargin, -kRingMargin);
    const bool flat = option->features.testFlag(QStyleOptionButton::Flat);
    const bool enabled = has(option, QStyle::State_Enabled);
    const ButtonColours colours = coloursOf(option, widget, flat, has(option, QStyle::State_On), tokens);
    const ButtonMetrics m = measureButton(option, widget);
    const QFont font = buttonFont(option, widget);
    const bool menu = option->features.testFlag(QStyleOptionButton::HasMenu);

    int content = m.textWidth;
    if (m.iconSide > 0)
        content += m.iconSide + (m.textWidth > 0 ? kIconGap : 0);
    if (m.hintWidth > 0)
        content += kHintGap + m.hintWidth;
    if (menu)
        content += m.textWidth > 0 || m.iconSide > 0 ? kMenuArrow : 0;
    int x = frame.x() + std::max(4, (frame.width() - content) / 2);
    painter->save();
    if (m.iconSide > 0) {
        const QColor ink = buttonKind(widget) == ButtonKind::Normal && enabled ? (flat ? tokens.text2 : tokens.text)
                                                                               : colours.ink;
        paintIcon(painter, QRectF(x, frame.y(), m.iconSide, frame.height()), option->icon, m.iconSide, ink, enabled);
        x += m.iconSide + kIconGap;
    }
    painter->setFont(font);
    painter->setPen(colours.ink);
    const int right = frame.right() + 1 - (m.hintWidth > 0 ? m.hintWidth + kHintGap + 8 : 4) - (menu ? kMenuArrow : 0);
    const QRect textRect(x, frame.y(), m.textWidth > right - x ? std::max(0, right - x) : m.textWidth + 2, frame.height());
    const QString text = m.textWidth > right - x
                             ? QFontMetrics(font).elidedText(option->text, Qt::ElideRight, textRect.width(),
                                                             Qt::TextShowMnemonic)
                             : option->text;
    painter->drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic, text);
    x += m.textWidth;
    if (m.hintWidth > 0) {
        painter->setFont(typeFont(font, Type::Caption));
        painter->setPen(buttonKind(widget) == ButtonKind::Normal && enabled ? tokens.text3 : colours.ink);
        painter->drawText(QRect(x + kHintGap, frame.y(), m.hintWidth + 2, frame.height()),
                          Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, shownShortcut(widget));
        x += kHintGap + m.hintWidth;
    }
    if (menu) {
        const QRectF arrow = m.textWidth > 0 || m.iconSide > 0 ? QRectF(x + 4, frame.y(), 14, frame.height())
                                                               : QRectF(frame);
        paintIcon(painter, arrow, QStringLiteral("chevron-down"), icon_size::kRow, colours.ink);
    }
    painter->restore();
}

QSize toolButtonSize(const QStyleOptionToolButton *option, const QWidget *widget)
{
    const int tall = isSmall(widget) ? height::kControlSmall : height::kControl;
    const QFontMetrics metrics(option->font);
    const bool text = option->toolButtonStyle != Qt::ToolButtonIconOnly && !option->text.isEmpty();
    const bool image = option->toolButtonStyle != Qt::ToolButtonTextOnly && !option->icon.isNull();
    int wide = 0;
    if (image)
        wide += icon_size::kChrome;
    if (text)
        wide += metrics.horizontalAdvance(withoutMnemonic(option->text)) + (image ? kIconGap : 0);
    const bool menu = option->features.testFlag(QStyleOptionToolButton::HasMenu)
                      || option->features.testFlag(QStyleOptionToolButton::MenuButtonPopup);
    if (menu)
        wide += 16;
    const int high = std::max(tall, metrics.height() + 6);
    return {std::max(high, wide + (text ? 16 : 10)), high};
}

void toolButton(QPainter *painter, const QStyleOptionToolButton *option, const QWidget *widget, const Tokens &tokens)
{
    const bool flat = option->state.testFlag(QStyle::State_AutoRaise);
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const ButtonColours colours = coloursOf(option, widget, flat, on, tokens);
    const QRectF frame(option->rect);
    roundRect(painter, frame, radius::kField, colours.fill, colours.frame);
    if (flat && on && tokens.needsFrames())
        roundRect(painter, frame, radius::kField, {}, tokens.text);
    if (has(option, QStyle::State_HasFocus))
        roundRect(painter, frame, radius::kField, {}, tokens.accent, 2.0);

    const bool text = option->toolButtonStyle != Qt::ToolButtonIconOnly && !option->text.isEmpty();
    const bool image = option->toolButtonStyle != Qt::ToolButtonTextOnly && !option->icon.isNull();
    const bool menu = option->features.testFlag(QStyleOptionToolButton::HasMenu);
    const QFontMetrics metrics(option->font);
    const int textWidth = text ? metrics.horizontalAdvance(withoutMnemonic(option->text)) : 0;
    int content = textWidth + (image ? icon_size::kChrome : 0) + (text && image ? kIconGap : 0) + (menu ? 16 : 0);
    int x = option->rect.x() + std::max(2, (option->rect.width() - content) / 2);
    painter->save();
    const QColor ink = enabled ? (on ? tokens.text : colours.ink) : tokens.disabled;
    if (image) {
        paintIcon(painter, QRectF(x, option->rect.y(), icon_size::kChrome, option->rect.height()), option->icon,
                  icon_size::kChrome, ink, enabled);
        x += icon_size::kChrome + kIconGap;
    }
    if (text) {
        painter->setFont(option->font);
        painter->setPen(ink);
        const int room = option->rect.right() - x - (menu ? 16 : 0);
        painter->drawText(QRect(x, option->rect.y(), std::min(textWidth + 2, room), option->rect.height()),
                          Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic,
                          metrics.elidedText(option->text, Qt::ElideRight, room, Qt::TextShowMnemonic));
        x += textWidth + 4;
    }
    if (menu)
        paintIcon(painter, QRectF(option->rect.right() - (text ? 18 : 15), option->rect.y(), 14, option->rect.height()),
                  QStringLiteral("chevron-down"), 12, ink);
    painter->restore();
}

void checkMark(QPainter *painter, const QStyleOption *option, const QRect &rect, const Tokens &tokens)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const bool partly = has(option, QStyle::State_NoChange);
    const QRectF box(rect);
    if (on || partly) {
        roundRect(painter, box, radius::kTag, enabled ? tokens.accent : tokens.disabled);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(enabled ? tokens.onAccent : tokens.window, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->translate(box.topLeft());
        painter->scale(box.width() / 16.0, box.height() / 16.0);
        if (partly) {
            painter->drawLine(QPointF(4.5, 8), QPointF(11.5, 8));
        } else {
            QPainterPath tick(QPointF(4.2, 8.3));
            tick.lineTo(6.9, 11.0);
            tick.lineTo(11.8, 5.4);
            painter->drawPath(tick);
        }
        painter->restore();
    } else {
        const QColor fill = !enabled ? tokens.window : has(option, QStyle::State_MouseOver) ? tokens.hover : tokens.base;
        roundRect(painter, box, radius::kTag, fill, enabled ? tokens.border : tokens.line);
    }
    if (has(option, QStyle::State_HasFocus))
        ringAround(painter, box, radius::kTag, tokens);
}

void radioMark(QPainter *painter, const QStyleOption *option, const QRect &rect, const Tokens &tokens)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool on = has(option, QStyle::State_On);
    const QRectF disc(rect);
    const QColor edge = !enabled ? tokens.line : on ? tokens.accent : tokens.border;
    const QColor fill = !enabled ? tokens.window : has(option, QStyle::State_MouseOver) ? tokens.hover : tokens.base;
    roundRect(painter, disc, disc.width() / 2, fill, edge);
    if (on) {
        const QPointF centre = disc.center();
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(enabled ? tokens.accent : tokens.disabled);
        painter->drawEllipse(centre, 4.0, 4.0);
        painter->restore();
    }
    if (has(option, QStyle::State_HasFocus))
        ringAround(painter, disc, disc.width() / 2, tokens);
}

void checkLabel(QPainter *painter, const QStyle *style, const QStyleOptionButton *option, const QRect &rect,
                const Tokens &tokens)
{
    QRect area = rect;
    const bool enabled = has(option, QStyle::State_Enabled);
    if (!option->icon.isNull()) {
        paintIcon(painter, QRectF(area.x(), area.y(), 16, area.height()), option->icon, 16, tokens.text2, enabled);
        area.setLeft(area.left() + 20);
    }
    QPalette palette = option->palette;
    palette.setColor(QPalette::WindowText, enabled ? tokens.text : tokens.disabled);
    const int mnemonic = Qt::TextHideMnemonic;
    style->drawItemText(painter, area, Qt::AlignLeft | Qt::AlignVCenter | mnemonic, palette, enabled, option->text,
                        QPalette::WindowText);
}

} // namespace fieldfare::ui::parts
