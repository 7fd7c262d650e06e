// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The sizes, rectangles and hints of FieldfareStyle; its drawing is in fieldfare_style.cpp.
#include "ui/widgets/theme/fieldfare_style.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QPlainTextEdit>
#include <QScrollBar>

namespace fieldfare::ui {

namespace {

constexpr int kMark = 16;      // check boxes and radio buttons
constexpr int kFieldInset = 6; // Qt's line edit adds 2 more of its own: text starts 8 px from the frame
constexpr int kComboButton = 26;
constexpr int kSpinButton = 20;
constexpr int kFontRoom = 6; // of a field above its font, as fitHeight() has it

int fieldHeight(const QWidget *widget, const QStyleOption *option, const QSize &contents)
{
    const int wanted = isSmall(widget) ? height::kControlSmall : height::kControl;
    return std::max({wanted, contents.height(), option->fontMetrics.height() + kFontRoom});
}

/// QComboBox measures its texts by their ink; a full-width bracket at the end has less of it than room it takes.
int sideBearings(const QComboBox *combo)
{
    constexpr int kMostItems = 50;
    int widest = 0;
    for (int i = 0; combo != nullptr && i < std::min(combo->count(), kMostItems); ++i) {
        const QFontMetrics metrics(combo->font());
        widest = std::max(widest, metrics.horizontalAdvance(combo->itemText(i)) - metrics.boundingRect(combo->itemText(i)).width());
    }
    return widest;
}

} // namespace

QSize FieldfareStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                       const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const QSize frame = parts::measureButton(button, widget).frame;
            return frame + QSize(2 * kRingMargin, 2 * kRingMargin);
        }
        break;
    case CT_CheckBox:
    case CT_RadioButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option)) {
            const int text = button->text.isEmpty()
                                 ? 0
                                 : space::k8
                                       + button->fontMetrics.size(Qt::TextShowMnemonic, button->text).width() + 2;
            return {2 * kRingMargin + kMark + text + (button->icon.isNull() ? 0 : 20),
                    std::max(kMark + 2 * kRingMargin, button->fontMetrics.height() + 4)};
        }
        break;
    case CT_LineEdit: return {size.width() + 2 * kFieldInset, fieldHeight(widget, option, size)};
    case CT_ComboBox: return {size.width() + kComboButton + 12 + sideBearings(qobject_cast<const QComboBox *>(widget)),
                              fieldHeight(widget, option, size)};
    case CT_SpinBox: return {size.width() + kSpinButton + kFieldInset, fieldHeight(widget, option, size)};
    case CT_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            return parts::toolButtonSize(tool, widget);
        break;
    case CT_MenuItem:
        if (const auto *item = qstyleoption_cast<const QStyleOptionMenuItem *>(option))
            return parts::menuItemSize(item);
        break;
    case CT_MenuBarItem: return size + QSize(16, 8);
    case CT_HeaderSection: {
        QSize s = QProxyStyle::sizeFromContents(type, option, size, widget);
        if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option)) {
            const QFontMetrics metrics(typeFont(Type::Small, true));
            s.setWidth(metrics.horizontalAdvance(header->text) + 2 * space::k6
                       + (header->sortIndicator == QStyleOptionHeader::None ? 0 : 18));
            s.setHeight(std::max(height::kColumnHeader, metrics.height() + 6));
        }
        return s;
    }
    case CT_TabBarTab:
        if (const auto *tab = qstyleoption_cast<const QStyleOptionTab *>(option))
            return parts::tabSize(tab);
        break;
    case CT_ProgressBar: return {std::max(size.width(), 60), 10};
    case CT_ItemViewItem: {
        QSize s = QProxyStyle::sizeFromContents(type, option, size, widget);
        s.setHeight(std::max(s.height(), height::kRowCompact));
        return s;
    }
    default: break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect FieldfareStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    const QRect r = option->rect;
    switch (element) {
    case SE_PushButtonLayoutItem:
        return r.adjusted(kRingMargin, kRingMargin, -kRingMargin, -kRingMargin);
    case SE_FrameLayoutItem:
        return widget != nullptr && widget->property("fieldfareRingRoom").toBool() ? r.adjusted(kRingMargin, kRingMargin, -kRingMargin, -kRingMargin)
                                                                                   : QProxyStyle::subElementRect(element, option, widget);
    case SE_PushButtonContents:
    case SE_PushButtonFocusRect: return r.adjusted(kRingMargin, kRingMargin, -kRingMargin, -kRingMargin);
    case SE_CheckBoxIndicator:
    case SE_RadioButtonIndicator:
        return visualRect(option->direction, r,
                          QRect(r.x() + kRingMargin, r.y() + (r.height() - kMark) / 2, kMark, kMark));
    case SE_CheckBoxContents:
    case SE_RadioButtonContents:
        return visualRect(option->direction, r, r.adjusted(kRingMargin + kMark + space::k8, 0, 0, 0));
    case SE_CheckBoxFocusRect:
    case SE_RadioButtonFocusRect: return {};
    case SE_CheckBoxLayoutItem:
    case SE_RadioButtonLayoutItem: return r.adjusted(kRingMargin, 0, 0, 0);
    case SE_CheckBoxClickRect:
    case SE_RadioButtonClickRect: return r;
    case SE_LineEditContents:
        // Inside a combo box or spin box the frame and its inset are the outer widget's.
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth == 0)
            return r;
        return r.adjusted(kFieldInset, 2, -kFieldInset, -2);
    case SE_ShapedFrameContents:
        // The page inside must leave the frame's corners and the focus of 2 px alone.
        if (qobject_cast<const QPlainTextEdit *>(widget))
            return r.adjusted(kFieldInset, 2, -4, -2);
        return QProxyStyle::subElementRect(element, option, widget);
    case SE_ComboBoxFocusRect: return {};
    case SE_ComboBoxLayoutItem:
    case SE_DateTimeEditLayoutItem:
    case SE_SpinBoxLayoutItem:
    case SE_ToolButtonLayoutItem: return r;
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents: return r;
    case SE_ProgressBarLabel: return {};
    case SE_TabBarTabText: return r.adjusted(8, 0, -8, 0);
    default: return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect FieldfareStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                     const QWidget *widget) const
{
    const QRect r = option->rect;
    switch (control) {
    case CC_ComboBox:
        switch (part) {
        case SC_ComboBoxFrame:
        case SC_ComboBoxListBoxPopup: return r;
        case SC_ComboBoxArrow:
            return visualRect(option->direction, r, QRect(r.right() - kComboButton + 1, r.y(), kComboButton - 2, r.height()));
        case SC_ComboBoxEditField:
            return visualRect(option->direction, r, r.adjusted(kFieldInset + 2, 2, -kComboButton, -2));
        default: break;
        }
        break;
    case CC_SpinBox: {
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const int button = spin && spin->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : kSpinButton;
        const int half = r.height() / 2;
        switch (part) {
        case SC_SpinBoxFrame: return r;
        case SC_SpinBoxEditField:
            return visualRect(option->direction, r, r.adjusted(kFieldInset, 2, -std::max(button, kFieldInset), -2));
        case SC_SpinBoxUp:
            return button ? visualRect(option->direction, r, QRect(r.right() - button, r.y() + 1, button, half - 1)) : QRect();
        case SC_SpinBoxDown:
            return button ? visualRect(option->direction, r, QRect(r.right() - button, r.y() + half, button, half - 1))
                          : QRect();
        default: break;
        }
        break;
    }
    case CC_ScrollBar:
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option)) {
            // No arrow buttons: the whole length is the groove.
            const bool vertical = slider->orientation == Qt::Vertical;
            const int length = vertical ? r.height() : r.width();
            const int range = slider->maximum - slider->minimum;
            int grip = length;
            if (range > 0) {
                const qint64 whole = static_cast<qint64>(range) + slider->pageStep;
                grip = static_cast<int>(static_cast<qint64>(slider->pageStep) * length / std::max<qint64>(1, whole));
                grip = std::clamp(grip, std::min(40, length), length);
            }
            const int start = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                                      length - grip, slider->upsideDown);
            const auto piece = [&](int from, int extent) {
                return vertical ? QRect(r.x(), r.y() + from, r.width(), extent)
                                : visualRect(option->direction, r, QRect(r.x() + from, r.y(), extent, r.height()));
            };
            switch (part) {
            case SC_ScrollBarGroove: return r;
            case SC_ScrollBarSlider: return piece(start, grip);
            case SC_ScrollBarSubPage: return piece(0, start);
            case SC_ScrollBarAddPage: return piece(start + grip, length - start - grip);
            default: return {};
            }
        }
        break;
    case CC_GroupBox: {
        const int title = QFontMetrics(typeFont(Type::Small, true)).height() + 6;
        const auto *box = qstyleoption_cast<const QStyleOptionGroupBox *>(option);
        const int check = box && box->subControls.testFlag(SC_GroupBoxCheckBox) ? kMark + space::k8 + kRingMargin : 0;
        switch (part) {
        case SC_GroupBoxLabel: return {r.x() + check, r.y(), r.width() - check, title};
        case SC_GroupBoxCheckBox: return {r.x() + kRingMargin, r.y() + (title - kMark) / 2, kMark, kMark};
        case SC_GroupBoxContents: return r.adjusted(0, title, 0, 0);
        case SC_GroupBoxFrame: return r;
        default: break;
        }
        break;
    }
    case CC_ToolButton:
        if (part == SC_ToolButton)
            return r;
        break;
    default: break;
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int FieldfareStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ScrollBarExtent: return 12;
    case PM_ScrollBarSliderMin: return 40;
    case PM_ScrollView_ScrollBarSpacing:
    case PM_ScrollView_ScrollBarOverlap: return 0;
    case PM_SplitterWidth: return 1;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return kMark;
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing: return space::k8;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical: return 0;
    case PM_ButtonIconSize:
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_TabBarIconSize: return 16;
    case PM_ButtonMargin: return 12;
    case PM_DefaultFrameWidth: return 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth: return 1;
    case PM_MenuPanelWidth:
    case PM_MenuHMargin: return metric == PM_MenuPanelWidth ? 1 : 4;
    case PM_MenuVMargin: return 4;
    case PM_SubMenuOverlap: return -2;
    case PM_TabBarTabHSpace:
    case PM_TabBarTabVSpace:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseHeight:
    case PM_TabBarTabOverlap:
    case PM_TabBarBaseOverlap: return 0;
    case PM_ToolTipLabelFrameWidth: return 6;
    case PM_HeaderMargin: return space::k6;
    case PM_HeaderMarkSize: return 14;
    case PM_HeaderGripMargin: return 4;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin: return kRingMargin;
    case PM_LayoutHorizontalSpacing: return space::k8;
    case PM_LayoutVerticalSpacing: return space::k8;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return widget && widget->isWindow() ? space::k16 : space::k12;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int FieldfareStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                              QStyleHintReturn *data) const
{
    switch (hint) {
    case SH_Menu_Mask:
    case SH_ToolTip_Mask:
        if (auto *mask = qstyleoption_cast<QStyleHintReturnMask *>(data); mask != nullptr && option != nullptr && parts::needsMasks()) {
            mask->region = parts::roundMask(option->rect, hint == SH_Menu_Mask ? radius::kMenu : radius::kField);
            return 1;
        }
        return 0;
    case SH_ComboBox_Popup: return 0; // a list below the field, not a menu over it
    case SH_UnderlineShortcut: return 0;
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration: return m_fading && hint == SH_Widget_Animate ? 1 : m_fading ? 120 : 0;
    case SH_LineEdit_PasswordCharacter: return 0x2022; // a small bullet
    case SH_EtchDisabledText:
    case SH_DitherDisabledText: return 0;
    case SH_ScrollBar_LeftClickAbsolutePosition: return QProxyStyle::styleHint(hint, option, widget, data);
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_ItemView_DrawDelegateFrame: return 1; // an editor in a cell shows its focus
    case SH_ItemView_ActivateItemOnSingleClick: return 0;
    case SH_Table_GridLineColor: return static_cast<int>(m_tokens.rowLine().rgba());
    case SH_TabBar_Alignment: return Qt::AlignLeft;
    case SH_DialogButtonBox_ButtonsHaveIcons: return 0;
    case SH_ToolTipLabel_Opacity: return 255;
    case SH_Menu_Scrollable: return 1;
    case SH_RichText_FullWidthSelection: return 1;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
    }
}

} // namespace fieldfare::ui
