// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QString>
#include <QStringList>

class QPainter;

namespace fieldfare::ui {

/// Sizes at which icons are drawn: chrome 16, rows and small buttons 14, empty states 20 and 28.
namespace icon_size {
inline constexpr int kRow = 14;
inline constexpr int kChrome = 16;
inline constexpr int kLarge = 20;
inline constexpr int kEmpty = 28;
} // namespace icon_size

/// An icon of resources/icons/icons.svg by its symbol id ("customers", "chevron-down", ...). It is drawn in one colour:
/// text2 of the tokens in force (disabled, or onAccent when its mode is Selected), so it follows the theme by itself.
/// An unknown name gives an icon that paints nothing, and a warning in the log.
QIcon icon(const QString &name);

/// Names of all symbols, in the file's order, for the gallery and tests.
QStringList iconNames();

/// Paints symbol `name` in `colour`, centred in `rect` at `size` x `size` device independent pixels.
void paintIcon(QPainter *painter, const QRectF &rect, const QString &name, int size, const QColor &colour);

/// Paints one of our icons in `colour`, any other icon as it is (Disabled mode when `enabled` is false).
void paintIcon(QPainter *painter, const QRectF &rect, const QIcon &any, int size, const QColor &colour, bool enabled);

/// The pixmap behind both. Cached in QPixmapCache under name, size, ratio and colour; a change of the palette therefore
/// never shows a stale one. `knockout` is the colour of what is cut out of a filled mark.
QPixmap iconPixmap(const QString &name, int size, qreal ratio, const QColor &colour,
                   const QColor &knockout = QColor(Qt::white));

} // namespace fieldfare::ui
