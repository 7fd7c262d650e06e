// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/controls/text_label.h"
#include "ui/widgets/list_roles.h"

namespace fieldfare::ui {

/// Words of as many lines as they need, behind the mark that says the same as their colour: a tick, an octagon.
class MarkedText final : public TextLabel {
    Q_OBJECT
public:
    explicit MarkedText(StateMark mark, Type type = Type::Body, QWidget *parent = nullptr);

    /// None: plain words in text2.
    void setMark(StateMark mark);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateMark m_mark = StateMark::None;
};

} // namespace fieldfare::ui
