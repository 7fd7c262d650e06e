// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/style_parts.h"

#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"

#include <QAction>
#include <QDateTimeEdit>
#include <QMenu>
#include <QStyle>

namespace fieldfare::ui::parts {

namespace {

constexpr int kMenuPadding = 10;
constexpr int kMenuIconColumn = 28;
constexpr int kMenuShortcutGap = 28;

bool has(const QStyleOption *option, QStyle::StateFlag flag)
{
    return option->state.testFlag(flag);
}

} // namespace

void fieldFrame(QPainter *painter, const QStyleOption *option, const QWidget *widget, const Tokens &t)
{
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool focused = has(option, QStyle::State_HasFocus) && enabled;
    const bool hovered = has(option, QStyle::State_MouseOver) && enabled;
    const bool readOnly = has(option, QStyle::State_ReadOnly);
    const FieldState state = fieldState(widget);
    const QRectF rect(option->rect);
    if (isQuiet(widget) && !focused && !hovered && state == FieldState::Normal)
        return;
    if (!enabled || (readOnly && !focused)) {
        roundRect(painter, rect, radius::kField, t.window, t.line);
        return;
    }
    QColor edge = t.border;
    qreal width = 1.0;
    if (focused) {
        edge = t.accent;
        width = 2.0;
    }
    // A refused value stays red under the caret; the frame is as thick as the focus, so nothing moves.
    if (state == FieldState::Error) {
        edge = t.error;
        width = 2.0;
    } else if (state == FieldState::Warning && !focused) {
        edge = t.pending;
    }
    roundRect(painter, rect, radius::kField, t.base, edge, width);
}

void comboBox(QPainter *painter, const QStyle *style, const QStyleOptionComboBox *option, const QWidget *widget,
              const Tokens &t)
{
    QStyleOption frame(*option);
    // Only an editable combo box shows the caret's focus; the frame is the same for both.
    fieldFrame(painter, &frame, widget, t);
    const bool quietNow = isQuiet(widget) && !has(option, QStyle::State_HasFocus)
                          && !has(option, QStyle::State_MouseOver);
    if (quietNow || !option->subControls.testFlag(QStyle::SC_ComboBoxArrow))
        return;
    const QRect arrow = style->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxArrow, widget);
    const bool date = qobject_cast<const QDateTimeEdit *>(widget) != nullptr;
    const QColor ink = has(option, QStyle::State_Enabled) ? t.text : t.disabled;
    paintIcon(painter, arrow, date ? QStringLiteral("calendar") : QStringLiteral("chevron-down"), icon_size::kRow, ink);
}

void spinBox(QPainter *painter, const QStyle *style, const QStyleOptionSpinBox *option, const QWidget *widget,
             const Tokens &t)
{
    if (option->frame)
        fieldFrame(painter, option, widget, t);
    if (option->buttonSymbols == QAbstractSpinBox::NoButtons)
        return;
    if (isQuiet(widget) && !has(option, QStyle::State_HasFocus) && !has(option, QStyle::State_MouseOver))
        return;
    const auto arrow = [&](QStyle::SubControl part, const QString &name, bool possible) {
        const QRect rect = style->subControlRect(QStyle::CC_SpinBox, option, part, widget);
        const bool usable = possible && has(option, QStyle::State_Enabled);
        if (usable && option->activeSubControls == part)
            roundRect(painter, QRectF(rect).adjusted(0, 2, -3, -1), 2,
                      has(option, QStyle::State_Sunken) ? t.sunken : t.hover);
        paintIcon(painter, rect, name, 12, usable ? t.text2 : t.disabled);
    };
    arrow(QStyle::SC_SpinBoxUp, QStringLiteral("chevron-up"),
          option->stepEnabled.testFlag(QAbstractSpinBox::StepUpEnabled));
    arrow(QStyle::SC_SpinBoxDown, QStringLiteral("chevron-down"),
          option->stepEnabled.testFlag(QAbstractSpinBox::StepDownEnabled));
}

QSize menuItemSize(const QStyleOptionMenuItem *option)
{
    if (option->menuItemType == QStyleOptionMenuItem::Separator)
        return option->text.isEmpty() ? QSize(10, 9) : QSize(60, height::kMenuRow);
    const QFontMetrics metrics(option->font);
    const QString text = withoutMnemonic(option->text);
    const int wide = metrics.horizontalAdvance(text.section(QLatin1Char('\t'), 0, 0));
    const QString hint = text.section(QLatin1Char('\t'), 1);
    int total = 2 * kMenuPadding + kMenuIconColumn + wide + 4;
    if (!hint.isEmpty())
        total += kMenuShortcutGap; // QMenu adds the widest hint of all entries itself
    if (option->menuItemType == QStyleOptionMenuItem::SubMenu)
        total += 20;
    return {total, std::max(height::kMenuRow, metrics.height() + 8)};
}

void menuPanel(QPainter *painter, const QRect &rect, const Tokens &t)
{
    roundRect(painter, rect, radius::kMenu, t.raised, t.border);
}

void menuItem(QPainter *painter, const QStyleOptionMenuItem *option, const QWidget *widget, const Tokens &t)
{
    const QRect rect = option->rect;
    if (option->menuItemType == QStyleOptionMenuItem::Separator) {
        if (option->text.isEmpty()) {
            painter->fillRect(QRect(rect.x() + 4, rect.center().y(), rect.width() - 8, 1), t.line);
        } else {
            painter->setFont(typeFont(option->font, Type::Small, true));
            painter->setPen(t.text2);
            painter->drawText(rect.adjusted(kMenuPadding, 0, -kMenuPadding, 0), Qt::AlignVCenter | Qt::AlignLeft,
                              option->text);
        }
        return;
    }
    const bool enabled = has(option, QStyle::State_Enabled);
    const bool chosen = has(option, QStyle::State_Selected) && enabled;
    const auto *menu = qobject_cast<const QMenu *>(widget);
    const QAction *action = menu ? menu->actionAt(rect.center()) : nullptr;
    const bool dangerous = enabled && isDangerous(action);
    if (chosen)
        roundRect(painter, rect, radius::kTag, t.accent);
    else if (has(option, QStyle::State_Selected))
        roundRect(painter, rect, radius::kTag, {}, t.line);

    const QColor ink = chosen ? t.onAccent : !enabled ? t.disabled : dangerous ? t.error : t.text;
    const QColor quietInk = chosen ? t.onAccent : t.text2;
    const QRect mark(rect.x() + 8, rect.y(), 16, rect.height());
    painter->save();
    if (option->checkType != QStyleOptionMenuItem::NotCheckable) {
        if (option->checked) {
            if (option->checkType == QStyleOptionMenuItem::Exclusive)
                roundRect(painter, QRectF(mark.center().x() - 2.5, rect.center().y() - 2.5, 7, 7), 3.5, ink);
            else
                paintIcon(painter, mark, QStringLiteral("check"), 16, ink);
        }
    } else if (!option->icon.isNull()) {
        paintIcon(painter, mark, option->icon, 16, chosen ? t.onAccent : enabled ? t.text2 : t.disabled, enabled);
    }
    const QString text = option->text;
    const QString label = text.section(QLatin1Char('\t'), 0, 0);
    const QString hint = withEnterKey(text.section(QLatin1Char('\t'), 1));
    const int submenu = option->menuItemType == QStyleOptionMenuItem::SubMenu ? 20 : 0;
    QFont font(option->font);
    if (option->menuItemType == QStyleOptionMenuItem::DefaultItem)
        font.setWeight(QFont::DemiBold);
    painter->setFont(font);
    painter->setPen(ink);
    const QRect room = rect.adjusted(8 + kMenuIconColumn - 4, 0, -kMenuPadding - submenu, 0);
    painter->drawText(room, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic, label);
    if (!hint.isEmpty()) {
        // The reason of a disabled entry stands here too, so it stays readable.
        painter->setFont(typeFont(option->font, Type::Small));
        painter->setPen(quietInk);
        painter->drawText(room, Qt::AlignVCenter | Qt::AlignRight | Qt::TextSingleLine, hint);
    }
    if (submenu > 0)
        paintIcon(painter, QRect(rect.right() - 22, rect.y(), 16, rect.height()), QStringLiteral("chevron-right"),
                  icon_size::kRow, quietInk);
    painter->restore();
}

void menuBarItem(QPainter *painter, const QStyleOptionMenuItem *option, const Tokens &t)
{
    const bool active = has(option, QStyle::State_Selected) || has(option, QStyle::State_Sunken);
    painter->fillRect(option->rect, t.window);
    if (active)
        roundRect(painter, QRectF(option->rect).adjusted(1, 2, -1, -2), radius::kField, t.selectedIdle);
    painter->save();
    painter->setPen(has(option, QStyle::State_Enabled) ? t.text : t.disabled);
    painter->drawText(option->rect, Qt::AlignCenter | Qt::TextShowMnemonic | Qt::TextSingleLine, option->text);
    painter->restore();
}

} // namespace fieldfare::ui::parts
