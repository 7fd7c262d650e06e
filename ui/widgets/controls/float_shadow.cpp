// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/float_shadow.h"

#include <QEvent>
#include <QPainter>

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

void FloatShadow::paintEvent(QPaintEvent *)
{
    const qreal ratio = devicePixelRatioF();
    if (m_picture.deviceIndependentSize().toSize() != size() || m_picture.devicePixelRatio() != ratio) {
        m_picture = QPixmap((QSizeF(size()) * ratio).toSize());
        m_picture.setDevicePixelRatio(ratio);
        m_picture.fill(Qt::transparent);
        QPainter painter(&m_picture);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0, 0, 0, kLayer));
        for (int inset = 0; inset < kReach; ++inset)
            painter.drawRoundedRect(rect().adjusted(inset, inset, -inset, -inset), m_radius + kReach - inset, m_radius + kReach - inset);
    }
    QPainter(this).drawPixmap(0, 0, m_picture);
}

} // namespace fieldfare::ui
