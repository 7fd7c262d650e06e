// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/float_shadow.h"

#include <QEvent>
#include <QImage>
#include <QPainter>

#include <algorithm>
#include <array>
#include <cmath>

namespace fieldfare::ui {

namespace {

constexpr int kReach = 20; ///< Pixels that the shadow goes beyond what floats,
constexpr int kDrop = 6;   ///< and how much lower it lies.
constexpr int kLayer = 4;  ///< Opacity of one of its kReach layers, of 255.

} // namespace

FloatShadow::FloatShadow(QWidget *floating, int radius)
    : QWidget(floating->parentWidget()), m_floating(floating), m_radius(radius)
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

/// A shadow of the smallest size; its edges are one pixel long. Larger ones are stretched from it. It fades with the
/// distance from a rounded rectangle that lies kReach further in, as kReach layers over each other would: drawing those
/// took 3 ms of the first frame.
QPixmap FloatShadow::patch() const
{
    const int side = 2 * corner() + 1;
    const qreal ratio = devicePixelRatioF();
    QImage picture((QSizeF(side, side) * ratio).toSize(), QImage::Format_ARGB32_Premultiplied);
    std::array<QRgb, kReach + 1> ink;
    for (int layers = 0; layers <= kReach; ++layers)
        ink[size_t(layers)] = qRgba(0, 0, 0, qRound(255 * (1 - std::pow(1 - kLayer / 255.0, layers))));
    const qreal middle = side / 2.0;
    const qreal straight = middle - kReach - m_radius; // from the middle to where the innermost corner begins
    for (int y = 0; y < picture.height(); ++y) {
        auto *const line = reinterpret_cast<QRgb *>(picture.scanLine(y));
        const qreal dy = std::max(0.0, std::abs((y + 0.5) / ratio - middle) - straight);
        for (int x = 0; x < picture.width(); ++x) {
            const qreal dx = std::max(0.0, std::abs((x + 0.5) / ratio - middle) - straight);
            const qreal out = std::hypot(dx, dy) - m_radius;
            line[x] = ink[size_t(std::clamp(qRound(kReach - out), 0, kReach))];
        }
    }
    QPixmap pixmap = QPixmap::fromImage(picture);
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
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
            const QRectF source(from[column] * ratio, from[row] * ratio, (from[column + 1] - from[column]) * ratio,
                                (from[row + 1] - from[row]) * ratio);
            painter.drawPixmap(QRectF(QPoint(x[column], y[row]), QPoint(x[column + 1], y[row + 1])), m_patch, source);
        }
    }
}

} // namespace fieldfare::ui
