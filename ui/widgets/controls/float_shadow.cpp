// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/float_shadow.h"

#include <QEvent>
#include <QPainter>

#include <array>

namespace fieldfare::ui {

namespace {

constexpr int kReach = 20; ///< Pixels that the shadow goes beyond what floats,
constexpr int kDrop = 6;   ///< and how much lower it lies.
constexpr int kLayer = 4;  ///< Opacity of one of its kReach layers, of 255.

} // namespace

FloatShadow::FloatShadow(QWidget *floating, int radius) : QWidget(floating->parentWidget()), m_floating(floating), m_radius(radius)
{
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    hide();
    floating->installEventFilter(this);
}

bool FloatShadow::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Show:
    case QEvent::Hide:
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::ZOrderChange:
        follow();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void FloatShadow::follow()
{
    setVisible(!m_floating->isHidden());
    if (isHidden())
        return;
    setGeometry(m_floating->geometry().adjusted(-kReach, kDrop - kReach, kReach, kDrop + kReach));
    stackUnder(m_floating);
}

/// A shadow of the smallest size; its edges are one pixel long. Larger ones are stretched from it.
QPixmap FloatShadow::patch() const
{
    const int side = 2 * corner() + 1;
    QPixmap picture((QSizeF(side, side) * devicePixelRatioF()).toSize());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0, 0, 0, kLayer));
    for (int inset = 0; inset < kReach; ++inset) {
        const int round = m_radius + kReach - inset;
        painter.drawRoundedRect(QRect(inset, inset, side - 2 * inset, side - 2 * inset), round, round);
    }
    return picture;
}

int FloatShadow::corner() const
{
    return 2 * kReach + m_radius; // until the innermost layer is straight
}

void FloatShadow::paintEvent(QPaintEvent *)
{
    if (m_patch.isNull() || m_patch.devicePixelRatio() != devicePixelRatioF())
        m_patch = patch();
    // Columns and rows of the patch: corner, one pixel, corner. The middle lies under what floats.
    const qreal ratio = devicePixelRatioF();
    const std::array from{0, corner(), corner() + 1, 2 * corner() + 1};
    const std::array x{0, corner(), width() - corner(), width()};
    const std::array y{0, corner(), height() - corner(), height()};
    QPainter painter(this);
    for (size_t row = 0; row < 3; ++row) {
        for (size_t column = 0; column < 3; ++column) {
            if (row == 1 && column == 1)
                continue;
            const QRectF source(from[column] * ratio, from[row] * ratio, (from[column + 1] - from[column]) * ratio, (from[row + 1] - from[row]) * ratio);
            painter.drawPixmap(QRectF(QPoint(x[column], y[row]), QPoint(x[column + 1], y[row + 1])), m_patch, source);
        }
    }
}

} // namespace fieldfare::ui
