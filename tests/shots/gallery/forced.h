// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCheckBox>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QStyleOption>
#include <QTabBar>

namespace fieldfare::gallery {

/// A widget that is drawn in a state it is not in (hovered, pressed, focused), so that one picture shows all of them.
template <typename Base, typename Option>
class Forced : public Base {
public:
    using Base::Base;
    void force(QStyle::State on, QStyle::State off = {})
    {
        m_on = on;
        m_off = off;
    }

protected:
    void initStyleOption(Option *option) const override
    {
        Base::initStyleOption(option);
        option->state |= m_on;
        option->state &= ~m_off;
    }

private:
    QStyle::State m_on;
    QStyle::State m_off;
};

using ForcedButton = Forced<QPushButton, QStyleOptionButton>;
using ForcedCheckBox = Forced<QCheckBox, QStyleOptionButton>;
using ForcedEdit = Forced<QLineEdit, QStyleOptionFrame>;
using ForcedCombo = Forced<QComboBox, QStyleOptionComboBox>;

/// One tab drawn as focused.
class ForcedTabs final : public QTabBar {
public:
    using QTabBar::QTabBar;
    void focusTab(int index) { m_focused = index; }

protected:
    void initStyleOption(QStyleOptionTab *option, int index) const override
    {
        QTabBar::initStyleOption(option, index);
        option->state.setFlag(QStyle::State_HasFocus, index == m_focused);
    }

private:
    int m_focused = -1;
};

} // namespace fieldfare::gallery
