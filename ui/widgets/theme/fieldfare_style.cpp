// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/fieldfare_style.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QGroupBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QStyleFactory>
#include <QTabBar>
#include <QTextEdit>

namespace fieldfare::ui {

namespace {

constexpr const char *kKindProperty = "fieldfareButtonKind";
constexpr const char *kSmallProperty = "fieldfareSmall";
constexpr const char *kShortcutProperty = "fieldfareShortcut";
constexpr const char *kFieldStateProperty = "fieldfareFieldState";
constexpr const char *kQuietProperty = "fieldfareQuiet";
constexpr const char *kDangerousProperty = "fieldfareDangerous";

void changeProperty(QWidget *widget, const char *name, const QVariant &value)
{
    widget->setProperty(name, value);
    widget->updateGeometry();
    widget->update();
}

bool isField(const QWidget *widget)
{
    return qobject_cast<const QLineEdit *>(widget) || qobject_cast<const QComboBox *>(widget)
           || qobject_cast<const QAbstractSpinBox *>(widget) || qobject_cast<const QTextEdit *>(widget)
           || (widget && widget->inherits("QPlainTextEdit"));
}

} // namespace

FieldfareStyle::FieldfareStyle(const Tokens &tokens)
    : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))), m_tokens(tokens)
{
}

const Tokens &Tokens::of(const QWidget *widget)
{
    const QStyle *style = widget ? widget->style() : QApplication::style();
    const auto *ours = qobject_cast<const FieldfareStyle *>(style);
    if (!ours) // a widget with a style sheet is drawn by Qt's own wrapper around the application's style
        ours = qobject_cast<const FieldfareStyle *>(QApplication::style());
    static const Tokens fallback = makeTokens(Scheme::Light);
    return ours ? ours->tokens() : fallback;
}

void FieldfareStyle::setTokens(const Tokens &tokens)
{
    m_tokens = tokens;
}

void FieldfareStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) || isField(widget) || qobject_cast<QTabBar *>(widget)
        || qobject_cast<QScrollBar *>(widget) || qobject_cast<QHeaderView *>(widget))
        widget->setAttribute(Qt::WA_Hover);
    if ((qobject_cast<QMenu *>(widget) || widget->inherits("QTipLabel")) && !parts::needsMasks())
        widget->setAttribute(Qt::WA_TranslucentBackground); // round corners
    if (qobject_cast<QHeaderView *>(widget))
        widget->setFont(typeFont(Type::Small));
    if (auto *bar = qobject_cast<QTabBar *>(widget))
        bar->setElideMode(Qt::ElideNone);
}

void FieldfareStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                   const QWidget *widget) const
{
    switch (element) {
    case PE_PanelLineEdit:
        // The line edit inside a combo box or spin box has no frame of its own.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            parts::fieldFrame(painter, option, widget, m_tokens);
        return;
    case PE_FrameLineEdit: return;
    case PE_Frame:
        if (isField(widget))
            parts::fieldFrame(painter, option, widget, m_tokens);
        else
            parts::roundRect(painter, option->rect, 0, {}, m_tokens.line);
        return;
    case PE_FrameMenu: return;
    case PE_PanelMenu: parts::menuPanel(painter, option->rect, m_tokens); return;
    case PE_PanelTipLabel:
        parts::roundRect(painter, option->rect, radius::kField, m_tokens.toolTip);
        return;
    case PE_FrameGroupBox: return;
    case PE_FrameTabBarBase:
        painter->fillRect(QRect(option->rect.x(), option->rect.bottom(), option->rect.width(), 1), m_tokens.line);
        return;
    case PE_FrameTabWidget: return;
    case PE_FrameStatusBarItem: return;
    case PE_PanelStatusBar:
        painter->fillRect(option->rect, m_tokens.window);
        painter->fillRect(QRect(option->rect.x(), option->rect.y(), option->rect.width(), 1), m_tokens.line);
        return;
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        parts::checkMark(painter, option, option->rect, m_tokens);
        return;
    case PE_IndicatorRadioButton: parts::radioMark(painter, option, option->rect, m_tokens); return;
    case PE_FrameFocusRect:
        // Item views mark the current row themselves; everything else gets the ring inside its rectangle.
        if (!qobject_cast<const QAbstractItemView *>(widget))
            parts::roundRect(painter, option->rect, radius::kTag, {}, m_tokens.accent, 2.0);
        return;
    case PE_PanelItemViewItem:
    case PE_PanelItemViewRow:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            if (item->backgroundBrush.style() != Qt::NoBrush && element == PE_PanelItemViewItem)
                painter->fillRect(option->rect, item->backgroundBrush);
            if (const QColor fill = parts::itemBackground(item, widget, m_tokens); fill.isValid())
                painter->fillRect(option->rect, fill);
        }
        return;
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void FieldfareStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                 const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    const auto *menu = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
    const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option);
    switch (element) {
    case CE_PushButton:
        if (button) {
            parts::buttonFrame(painter, button, widget, m_tokens);
            parts::buttonLabel(painter, button, widget, m_tokens);
        }
        return;
    case CE_PushButtonBevel:
        if (button)
            parts::buttonFrame(painter, button, widget, m_tokens);
        return;
    case CE_PushButtonLabel:
        if (button)
            parts::buttonLabel(painter, button, widget, m_tokens);
        return;
    case CE_CheckBox:
    case CE_RadioButton:
        if (button) {
            const bool check = element == CE_CheckBox;
            QStyleOptionButton part(*button);
            part.rect = subElementRect(check ? SE_CheckBoxIndicator : SE_RadioButtonIndicator, button, widget);
            proxy()->drawPrimitive(check ? PE_IndicatorCheckBox : PE_IndicatorRadioButton, &part, painter, widget);
            const QRect text = subElementRect(check ? SE_CheckBoxContents : SE_RadioButtonContents, button, widget);
            parts::checkLabel(painter, this, button, text, m_tokens);
        }
        return;
    case CE_MenuItem:
        if (menu)
            parts::menuItem(painter, menu, widget, m_tokens);
        return;
    case CE_MenuEmptyArea: return;
    case CE_MenuBarItem:
        if (menu)
            parts::menuBarItem(painter, menu, m_tokens);
        return;
    case CE_MenuBarEmptyArea: painter->fillRect(option->rect, m_tokens.window); return;
    case CE_HeaderSection:
        if (header)
            parts::headerSection(painter, header, m_tokens);
        return;
    case CE_HeaderLabel:
        if (header)
            parts::headerLabel(painter, header, m_tokens);
        return;
    case CE_Header:
        if (header) {
            parts::headerSection(painter, header, m_tokens);
            parts::headerLabel(painter, header, m_tokens);
        }
        return;
    case CE_HeaderEmptyArea:
        painter->fillRect(option->rect, m_tokens.window);
        painter->fillRect(QRect(option->rect.x(), option->rect.bottom(), option->rect.width(), 1), m_tokens.line);
        return;
    case CE_TabBarTabShape:
        if (tab)
            parts::tabShape(painter, tab, m_tokens);
        return;
    case CE_TabBarTabLabel:
        if (tab)
            parts::tabLabel(painter, tab, m_tokens);
        return;
    case CE_TabBarTab:
        if (tab) {
            parts::tabShape(painter, tab, m_tokens);
            parts::tabLabel(painter, tab, m_tokens);
        }
        return;
    case CE_Splitter: painter->fillRect(option->rect, m_tokens.line); return;
    case CE_ProgressBar:
        if (const auto *bar = qstyleoption_cast<const QStyleOptionProgressBar *>(option))
            parts::progressBar(painter, bar, m_tokens);
        return;
    case CE_ComboBoxLabel:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option); combo && !combo->editable) {
            QRect r = subControlRect(CC_ComboBox, combo, SC_ComboBoxEditField, widget);
            if (!combo->currentIcon.isNull()) {
                const QSize side = combo->iconSize;
                combo->currentIcon.paint(painter, QRect(QPoint(r.x(), r.y() + (r.height() - side.height() + 1) / 2), side));
                r.setLeft(r.left() + side.width() + 4);
            }
            painter->save();
            painter->setPen(!combo->state.testFlag(State_Enabled) ? m_tokens.disabled : m_tokens.text);
            painter->drawText(r, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                              combo->fontMetrics.elidedText(combo->currentText, Qt::ElideRight, r.width()));
            painter->restore();
        }
        return;
    case CE_ItemViewItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            // Selected rows keep the text's colour; only the ground changes.
            QStyleOptionViewItem own(*item);
            own.palette.setColor(QPalette::HighlightedText, m_tokens.text);
            own.palette.setColor(QPalette::Highlight, m_tokens.selected);
            QProxyStyle::drawControl(element, &own, painter, widget);
        }
        return;
    case CE_ShapedFrame:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame && (frame->frameShape == QFrame::HLine || frame->frameShape == QFrame::VLine)) {
            const QRect r = option->rect;
            painter->fillRect(frame->frameShape == QFrame::HLine ? QRect(r.x(), r.center().y(), r.width(), 1)
                                                                 : QRect(r.center().x(), r.y(), 1, r.height()),
                              m_tokens.line);
            return;
        }
        QProxyStyle::drawControl(element, option, painter, widget);
        return;
    default: QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void FieldfareStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                        const QWidget *widget) const
{
    switch (control) {
    case CC_ComboBox:
        if (const auto *combo = qstyleoption_cast<const QStyleOptionComboBox *>(option))
            parts::comboBox(painter, this, combo, widget, m_tokens);
        return;
    case CC_SpinBox:
        if (const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option))
            parts::spinBox(painter, this, spin, widget, m_tokens);
        return;
    case CC_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            parts::toolButton(painter, tool, widget, m_tokens);
        return;
    case CC_ScrollBar:
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            parts::scrollBar(painter, this, slider, widget, m_tokens);
        return;
    case CC_GroupBox:
        if (const auto *box = qstyleoption_cast<const QStyleOptionGroupBox *>(option)) {
            const QRect title = subControlRect(CC_GroupBox, box, SC_GroupBoxLabel, widget);
            painter->save();
            painter->setFont(typeFont(Type::Small, true));
            painter->setPen(box->state.testFlag(State_Enabled) ? m_tokens.text2 : m_tokens.disabled);
            painter->drawText(title, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine | Qt::TextHideMnemonic,
                              box->text);
            painter->restore();
            if (box->subControls.testFlag(SC_GroupBoxCheckBox)) {
                QStyleOption check(*box);
                check.rect = subControlRect(CC_GroupBox, box, SC_GroupBoxCheckBox, widget);
                parts::checkMark(painter, &check, check.rect, m_tokens);
            }
        }
        return;
    default: QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

// ---- what a widget asks for -----------------------------------------------------------------------------------------

void setButtonKind(QAbstractButton *button, ButtonKind kind)
{
    changeProperty(button, kKindProperty, static_cast<int>(kind));
}

ButtonKind buttonKind(const QWidget *button)
{
    return button ? static_cast<ButtonKind>(button->property(kKindProperty).toInt()) : ButtonKind::Normal;
}

void setSmall(QWidget *widget, bool small)
{
    changeProperty(widget, kSmallProperty, small);
}

bool isSmall(const QWidget *widget)
{
    return widget && widget->property(kSmallProperty).toBool();
}

QString withEnterKey(QString keys)
{
    return keys.replace(QStringLiteral("Return"), QStringLiteral("Enter"));
}

void setShownShortcut(QAbstractButton *button, const QKeySequence &keys)
{
    button->setShortcut(keys);
    changeProperty(button, kShortcutProperty, withEnterKey(keys.toString(QKeySequence::NativeText)));
}

QString shownShortcut(const QWidget *button)
{
    return button ? button->property(kShortcutProperty).toString() : QString();
}

void setFieldState(QWidget *field, FieldState state)
{
    changeProperty(field, kFieldStateProperty, static_cast<int>(state));
}

FieldState fieldState(const QWidget *field)
{
    return field ? static_cast<FieldState>(field->property(kFieldStateProperty).toInt()) : FieldState::Normal;
}

void setQuiet(QWidget *field, bool quiet)
{
    changeProperty(field, kQuietProperty, quiet);
}

bool isQuiet(const QWidget *field)
{
    return field && field->property(kQuietProperty).toBool();
}

void setDangerous(QAction *action, bool dangerous)
{
    action->setProperty(kDangerousProperty, dangerous);
}

bool isDangerous(const QAction *action)
{
    return action && action->property(kDangerousProperty).toBool();
}

} // namespace fieldfare::ui
