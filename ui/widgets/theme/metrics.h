// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFont>

class QWidget;

namespace fieldfare::ui {

/// The type scale, relative to the system font: never a size in pixels of our own. The numbers are steps of one pixel at
/// 96 dpi (0.75 pt) from the application's font.
enum class Type {
    Caption,     ///< -2: captions under things
    Small,       ///< -1: column headers, labels, status bar
    Body,        ///< 0: content
    Heading,     ///< +2, semi-bold
    RecordTitle, ///< +5, semi-bold
    KeyFigure,   ///< +7, semi-bold
};

/// `base` (usually QApplication::font()) stepped to `type`. Headings and up come semi-bold by themselves; `strong` makes
/// the smaller ones semi-bold (400 and 600 are the only weights in the program).
QFont typeFont(const QFont &base, Type type, bool strong = false);

/// Shorthand for the application's font stepped to `type`.
QFont typeFont(Type type, bool strong = false);

/// `base` made `step` pixels (0.75 pt each) larger: what the user chose in Settings.
QFont stepped(const QFont &base, int step);

namespace space {
inline constexpr int k2 = 2;
inline constexpr int k4 = 4;
inline constexpr int k6 = 6; ///< cell padding
inline constexpr int k8 = 8;
inline constexpr int k12 = 12; ///< zone padding of lists
inline constexpr int k16 = 16; ///< zone padding of forms and records
inline constexpr int k24 = 24;
} // namespace space

namespace radius {
inline constexpr int kTag = 3;    ///< tags, check boxes
inline constexpr int kField = 4;  ///< buttons, fields
inline constexpr int kMenu = 6;   ///< menus, toasts
inline constexpr int kDialog = 8; ///< dialogs, command palette
} // namespace radius

/// Heights in device independent pixels at a 13-px font. Use fitHeight() so that they grow with a larger font.
namespace height {
inline constexpr int kRowCompact = 24;
inline constexpr int kRowRegular = 28;
inline constexpr int kRowRoomy = 34;
inline constexpr int kColumnHeader = 26;
inline constexpr int kGroupRow = 26;
inline constexpr int kZoneHeader = 44;
inline constexpr int kFilterBar = 36;
inline constexpr int kStatusBar = 26;
inline constexpr int kControl = 28;
inline constexpr int kControlSmall = 24;
inline constexpr int kMenuRow = 26;
inline constexpr int kModuleRow = 28;
inline constexpr int kViewRow = 26;
inline constexpr int kFormRow = 24;
} // namespace height

/// `wanted`, but never under the font's height + 6 (rows grow with the text).
int fitHeight(int wanted, const QFont &font);

/// Space around a push button's frame inside its widget: the focus ring (2 px) and its gap (1 px) live there. Layouts do
/// not see it (SE_PushButtonLayoutItem), so a layout aligns frames and not rings. Do not fix a push button's height.
inline constexpr int kRingMargin = 3;

} // namespace fieldfare::ui
