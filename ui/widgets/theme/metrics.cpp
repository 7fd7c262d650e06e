// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/theme/metrics.h"

#include <QApplication>
#include <QFontMetrics>

#include <algorithm>

namespace fieldfare::ui {

QFont stepped(const QFont &base, int step)
{
    QFont font(base);
    if (base.pixelSize() > 0)
        font.setPixelSize(std::max(6, base.pixelSize() + step));
    else
        font.setPointSizeF(std::max(5.0, base.pointSizeF() + 0.75 * step));
    return font;
}

QFont typeFont(const QFont &base, Type type, bool strong)
{
    int step = 0;
    switch (type) {
    case Type::Caption: step = -2; break;
    case Type::Small: step = -1; break;
    case Type::Body: break;
    case Type::Heading: step = 2; break;
    case Type::RecordTitle: step = 5; break;
    case Type::KeyFigure: step = 7; break;
    }
    QFont font = stepped(base, step);
    const bool heading = type == Type::Heading || type == Type::RecordTitle || type == Type::KeyFigure;
    font.setWeight(strong || heading ? QFont::DemiBold : QFont::Normal);
    return font;
}

QFont typeFont(Type type, bool strong)
{
    return typeFont(QApplication::font(), type, strong);
}

int fitHeight(int wanted, const QFont &font)
{
    return std::max(wanted, QFontMetrics(font).height() + 6);
}

} // namespace fieldfare::ui
