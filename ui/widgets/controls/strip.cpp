// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/strip.h"

#include "ui/widgets/theme/tokens.h"

#include <QPainter>

namespace fieldfare::ui {

void Strip::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), t.alt);
    painter.fillRect(QRect(0, 0, width(), 1), t.line);
    painter.fillRect(QRect(0, height() - 1, width(), 1), t.line);
}

} // namespace fieldfare::ui
