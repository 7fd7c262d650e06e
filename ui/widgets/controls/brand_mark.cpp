// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/brand_mark.h"

#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/tokens.h"

#include <QPainter>

namespace fieldfare::ui {

BrandMark::BrandMark(int side, QWidget *parent) : QWidget(parent)
{
    setFixedSize(side, side);
}

void BrandMark::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintIcon(&painter, rect(), QStringLiteral("brand"), width(), Tokens::of(this).brand);
}

} // namespace fieldfare::ui
