// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>

#include <initializer_list>

namespace fieldfare::ui {

/// Holds controls so that they stand in line with what is above and below: the rings of buttons, which reach beyond them, have room
/// inside, and a layout that holds the box does not count it. Its own layout has margins of kRingMargin.
class RingRoom : public QFrame {
    Q_OBJECT
public:
    explicit RingRoom(QWidget *parent = nullptr);
};

/// Controls beside each other, in several lines where there is no room.
class FlowRow final : public RingRoom {
    Q_OBJECT
public:
    /// Owns the widgets.
    explicit FlowRow(std::initializer_list<QWidget *> widgets, QWidget *parent = nullptr);
};

} // namespace fieldfare::ui
