// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/style_parts.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"

#include <QAbstractItemView>
#include <QStyle>

namespace fieldfare::ui::parts {

namespace {

constexpr int kTabPadding = 8;

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

/// A tab's text may carry a count after a tab character: "Deals\t2" draws the 2 smaller and in text3.
QString tabWord(const QString &text)
{
    return text.section(QLatin1Char('\t'), 0, 0);
}

QString tabCount(const QString &text)
{
    return text.section(QLatin1Char('\t'), 1);
}

} // namespace

void headerSection(QPainter *painter, const QStyleOptionHeader *option, const Tokens &t)
{
    const QRect r = option->rect;
    const bool hovered = has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled);
    painter->fillRect(r, has(option, QStyle::State_Sunken) ? t.sunken : hovered ? t.selectedIdle : t.window);
    if (option->orientation == Qt::Horizontal)
        painter->fillRect(QRect(r.x(), r.bottom(), r.width(), 1), t.line);
    else
        painter->fillRect(QRect(r.right(), r.y(), 1, r.height()), t.line);
}

void headerLabel(QPainter *painter, const QStyleOptionHeader *option, const Tokens &t)
{
    const bool sorted = option->sortIndicator != QStyleOptionHeader::None;
    QFont font = painter->font();
    font.setWeight(sorted ? QFont::DemiBold : QFont::Normal);
    const QFontMetrics metrics(font);
    QRect r = option->rect.adjusted(space::k6, 0, -space::k6, -1);
    const int arrow = sorted ? 18 : 0;
    const bool right = option->textAlignment.testFlag(Qt::AlignRight);
    const QString text = metrics.elidedText(option->text, Qt::ElideRight, std::max(0, r.width() - arrow));
    const int wide = metrics.horizontalAdvance(text);
    const int x = right ? r.right() + 1 - wide - arrow : r.x();
    painter->save();
    painter->setFont(font);
    painter->setPen(sorted ? t.text : t.text2);
    if (!option->icon.isNull())
        paintIcon(painter, r, option->icon, icon_size::kRow, t.text2, true);
    painter->drawText(QRect(x, r.y(), wide + 2, r.height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, text);
    if (sorted) {
        // Qt names the arrow by where it points in a tree; ascending points up here.
        const bool ascending = option->sortIndicator == QStyleOptionHeader::SortDown;
        paintIcon(painter, QRect(x + wide + 4, r.y(), 14, r.height()),
                  ascending ? QStringLiteral("chevron-up") : QStringLiteral("chevron-down"), icon_size::kRow, t.text);
    }
    painter->restore();
}

QSize tabSize(const QStyleOptionTab *option)
{
    const QFont body = typeFont(Type::Body);
    QFont strong = body;
    strong.setWeight(QFont::DemiBold);
    const QString word = withoutMnemonic(tabWord(option->text));
    const QString count = tabCount(option->text);
    // As wide as when it is current, so that nothing moves on a click.
    int wide = QFontMetrics(strong).horizontalAdvance(word);
    if (!count.isEmpty())
        wide += 4 + QFontMetrics(typeFont(Type::Small)).horizontalAdvance(count);
    if (!option->icon.isNull())
        wide += 22;
    wide += option->leftButtonSize.width() + option->rightButtonSize.width();
    return {wide + 2 * kTabPadding, std::max(30, QFontMetrics(body).height() + 12)};
}

void tabShape(QPainter *painter, const QStyleOptionTab *option, const Tokens &t)
{
    const QRect r = option->rect;
    painter->fillRect(QRect(r.x(), r.bottom(), r.width(), 1), t.line);
    const bool current = has(option, QStyle::State_Selected);
    if (has(option, QStyle::State_MouseOver) && !current && has(option, QStyle::State_Enabled))
        roundRect(painter, QRectF(r).adjusted(2, 2, -2, -4), radius::kField, t.hover);
    if (current)
        painter->fillRect(QRect(r.x() + kTabPadding, r.bottom() - 1, r.width() - 2 * kTabPadding, 2), t.accent);
    if (has(option, QStyle::State_HasFocus))
        roundRect(painter, QRectF(r).adjusted(1, 1, -1, -3), radius::kTag, {}, t.accent, 2.0);
}

void tabLabel(QPainter *painter, const QStyleOptionTab *option, const Tokens &t)
{
    const bool current = has(option, QStyle::State_Selected);
    const bool enabled = has(option, QStyle::State_Enabled);
    QFont font = typeFont(Type::Body);
    if (current)
        font.setWeight(QFont::DemiBold);
    QRect r = option->rect.adjusted(kTabPadding + option->leftButtonSize.width(), 0,
                                    -kTabPadding - option->rightButtonSize.width(), -2);
    painter->save();
    if (!option->icon.isNull()) {
        paintIcon(painter, QRect(r.x(), r.y(), 16, r.height()), option->icon, 16, current ? t.text : t.text2, enabled);
        r.setLeft(r.left() + 22);
    }
    const QString word = withoutMnemonic(tabWord(option->text));
    painter->setFont(font);
    painter->setPen(!enabled ? t.disabled : current ? t.text : t.text2);
    painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, word);
    const QString count = tabCount(option->text);
    if (!count.isEmpty()) {
        r.setLeft(r.left() + QFontMetrics(font).horizontalAdvance(word) + 4);
        painter->setFont(typeFont(Type::Small));
        painter->setPen(enabled ? t.text3 : t.disabled);
        painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine, count);
    }
    painter->restore();
}

void scrollBar(QPainter *painter, const QStyle *style, const QStyleOptionSlider *option, const QWidget *widget,
               const Tokens &t)
{
    const auto *area = widget ? widget->parentWidget() : nullptr;
    painter->fillRect(option->rect, area ? area->palette().color(QPalette::Base) : t.base);
    if (option->maximum <= option->minimum)
        return;
    const QRect slider = style->subControlRect(QStyle::CC_ScrollBar, option, QStyle::SC_ScrollBarSlider, widget);
    const bool active = has(option, QStyle::State_MouseOver) || has(option, QStyle::State_Sunken);
    // 3:1 to the ground when used, quieter at rest: the bar repeats what the view shows.
    const QColor ink = active || t.needsFrames() ? t.border : mixed(t.border, t.base, 0.65);
    const QRectF body = option->orientation == Qt::Vertical ? QRectF(slider).adjusted(2, 1, -2, -1)
                                                            : QRectF(slider).adjusted(1, 2, -1, -2);
    roundRect(painter, body, 4, ink);
}

void progressBar(QPainter *painter, const QStyleOptionProgressBar *option, const Tokens &t)
{
    constexpr qreal thick = 6;
    const QRectF r(option->rect);
    const QRectF track(r.x(), r.center().y() - thick / 2 + 0.5, r.width(), thick);
    roundRect(painter, track, thick / 2, t.sunken, t.needsFrames() ? t.text : QColor());
    const int range = option->maximum - option->minimum;
    QRectF done = track;
    if (range > 0) {
        done.setWidth(track.width() * (option->progress - option->minimum) / range);
    } else {
        // How much is unknown: a still piece in the middle; the words beside it say what happens.
        done.setLeft(track.x() + track.width() * 0.35);
        done.setWidth(track.width() * 0.3);
    }
    if (done.width() < 1)
        return;
    painter->save();
    painter->setClipRect(done);
    roundRect(painter, track, thick / 2, option->state.testFlag(QStyle::State_Enabled) ? t.accent : t.disabled);
    painter->restore();
}

QColor itemBackground(const QStyleOptionViewItem *option, const QWidget *widget, const Tokens &t)
{
    const auto *view = qobject_cast<const QAbstractItemView *>(widget);
    if (has(option, QStyle::State_Selected))
        return !view || view->hasFocus() || view->window()->windowType() == Qt::Popup ? t.selected : t.selectedIdle;
    if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
        return t.hover;
    return {};
}

} // namespace fieldfare::ui::parts
