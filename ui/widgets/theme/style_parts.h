// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/tokens.h"

#include <QPainter>
#include <QRectF>
#include <QStyleOption>

class QStyle;

/// The drawing behind FieldfareStyle, one function per kind of widget. Used by the style alone.
namespace fieldfare::ui::parts {

/// A rounded rectangle with a frame of `width` px drawn fully inside `rect`. An invalid colour leaves out that part.
void roundRect(QPainter *painter, const QRectF &rect, qreal radius, const QColor &fill, const QColor &frame = {},
               qreal width = 1.0);

/// Whether corners are cut out of windows by a mask: on X11 nothing tells Qt that a compositor runs, and without one what is
/// translucent is black.
bool needsMasks();
/// What is left of a window of that size.
QRegion roundMask(const QRect &rect, int radius);

/// Text as it is measured: "New" of "&New".
QString withoutMnemonic(QString text);

/// The focus ring: 2 px accent, 1 px outside `frame`.
void ringAround(QPainter *painter, const QRectF &frame, qreal radius, const Tokens &tokens);

/// The frame of a line edit, combo box or spin box, with its states (focus, error, warning, quiet, disabled).
void fieldFrame(QPainter *painter, const QStyleOption *option, const QWidget *widget, const Tokens &tokens);

// Buttons
struct ButtonMetrics {
    QSize frame;        ///< of the visible button
    int textWidth = 0;
    int hintWidth = 0;  ///< of the shortcut shown on it
    int iconSide = 0;
};
ButtonMetrics measureButton(const QStyleOptionButton *option, const QWidget *widget);
void buttonFrame(QPainter *painter, const QStyleOptionButton *option, const QWidget *widget, const Tokens &tokens);
void buttonLabel(QPainter *painter, const QStyleOptionButton *option, const QWidget *widget, const Tokens &tokens);
void toolButton(QPainter *painter, const QStyleOptionToolButton *option, const QWidget *widget, const Tokens &tokens);
QSize toolButtonSize(const QStyleOptionToolButton *option, const QWidget *widget);
void checkMark(QPainter *painter, const QStyleOption *option, const QRect &rect, const Tokens &tokens);
void radioMark(QPainter *painter, const QStyleOption *option, const QRect &rect, const Tokens &tokens);
void checkLabel(QPainter *painter, const QStyle *style, const QStyleOptionButton *option, const QRect &rect,
                const Tokens &tokens);

// Fields
void comboBox(QPainter *painter, const QStyle *style, const QStyleOptionComboBox *option, const QWidget *widget,
              const Tokens &tokens);
void spinBox(QPainter *painter, const QStyle *style, const QStyleOptionSpinBox *option, const QWidget *widget,
             const Tokens &tokens);

// Menus
QSize menuItemSize(const QStyleOptionMenuItem *option);
void menuPanel(QPainter *painter, const QRect &rect, const Tokens &tokens);
void menuItem(QPainter *painter, const QStyleOptionMenuItem *option, const QWidget *widget, const Tokens &tokens);
void menuBarItem(QPainter *painter, const QStyleOptionMenuItem *option, const Tokens &tokens);

// Views and bars
void headerSection(QPainter *painter, const QStyleOptionHeader *option, const Tokens &tokens);
void headerLabel(QPainter *painter, const QStyleOptionHeader *option, const Tokens &tokens);
void tabShape(QPainter *painter, const QStyleOptionTab *option, const Tokens &tokens);
void tabLabel(QPainter *painter, const QStyleOptionTab *option, const Tokens &tokens);
QSize tabSize(const QStyleOptionTab *option);
void scrollBar(QPainter *painter, const QStyle *style, const QStyleOptionSlider *option, const QWidget *widget,
               const Tokens &tokens);
void progressBar(QPainter *painter, const QStyleOptionProgressBar *option, const Tokens &tokens);
QColor itemBackground(const QStyleOptionViewItem *option, const QWidget *widget, const Tokens &tokens);

} // namespace fieldfare::ui::parts
