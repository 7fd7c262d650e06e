// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/funnel_widget.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

namespace fieldfare::ui {

namespace {

constexpr int kNames = 96; // at least
constexpr int kNamesGap = 12;
constexpr int kRight = 150;
constexpr int kShare = 44;
constexpr double kMaxStep = 60; // a stage: bar and what is lost on the way to the next
constexpr double kBarShare = 0.62; // of a stage's height; the rest shows the loss

}

FunnelWidget::FunnelWidget(const QString &title, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void FunnelWidget::setStages(QList<FunnelStage> stages)
{
    m_stages = std::move(stages);
    m_current = -1;
    QStringList lines;
    for (const QStringList &row : table())
        lines.append(row.join(QLatin1Char(' ')).simplified());
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
    update();
}

QList<QStringList> FunnelWidget::table() const
{
    QList<QStringList> rows;
    for (const FunnelStage &stage : m_stages)
        rows.append({stage.name, QLocale().toString(stage.count), stage.share, stage.note});
    return rows;
}

QSize FunnelWidget::sizeHint() const
{
    return {560, std::max(160, static_cast<int>(m_stages.size()) * 60)};
}

int FunnelWidget::namesWidth() const
{
    int longest = 0;
    for (const FunnelStage &stage : m_stages)
        longest = std::max(longest, QFontMetrics(typeFont(Type::Small)).horizontalAdvance(stage.name));
    return std::max(kNames, std::min(longest + kNamesGap, width() / 3));
}

QRectF FunnelWidget::barRect(int index) const
{
    qint64 most = 1;
    for (const FunnelStage &stage : m_stages)
        most = std::max(most, stage.count);
    const double step = std::min(kMaxStep, height() / std::max(1.0, static_cast<double>(m_stages.size()) - (1 - kBarShare)));
    const int names = namesWidth();
    const double room = std::max(1, width() - names - kRight);
    const double share = static_cast<double>(m_stages[index].count) / static_cast<double>(most);
    return {static_cast<double>(names), index * step, room * share, step * kBarShare};
}

void FunnelWidget::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const int names = namesWidth();
    const double room = std::max(1, width() - names - kRight);
    for (int i = 0; i < m_stages.size(); ++i) {
        const FunnelStage &stage = m_stages[i];
        const QRectF bar = barRect(i);
        painter.fillRect(QRectF(names, bar.y(), room, bar.height()), t.needsFrames() ? t.base : t.alt);
        if (i + 1 < m_stages.size()) {
            const QRectF next = barRect(i + 1);
            QPainterPath loss(bar.bottomLeft());
            loss.lineTo(bar.bottomRight());
            loss.lineTo(next.topRight());
            loss.lineTo(next.topLeft());
            loss.closeSubpath();
            painter.fillPath(loss, t.infoBg);
            if (t.needsFrames()) {
                painter.setPen(t.text);
                painter.drawLine(bar.bottomRight(), next.topRight());
            }
        }
        painter.fillRect(bar, t.series[0]);
        painter.setFont(typeFont(Type::Small));
        painter.setPen(t.text);
        painter.drawText(QRectF(0, bar.y(), names - 8, bar.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         painter.fontMetrics().elidedText(stage.name, Qt::ElideRight, names - 8));
        const double right = names + room + 14;
        painter.setFont(typeFont(Type::Small, stage.weak));
        painter.setPen(stage.weak ? t.error : t.text);
        painter.drawText(QRectF(right, bar.y(), kShare, bar.height()), Qt::AlignVCenter | Qt::AlignLeft, stage.share);
        painter.setFont(typeFont(Type::Small));
        painter.setPen(t.text2);
        const double noteLeft = stage.share.isEmpty() ? right : right + kShare;
        painter.drawText(QRectF(noteLeft, bar.y(), width() - noteLeft, bar.height()), Qt::AlignVCenter | Qt::AlignLeft,
                         stage.note);
        // The number stands in its bar, or behind it when the bar is too short.
        painter.setFont(typeFont(Type::Small, true));
        const QString count = QLocale().toString(stage.count);
        const bool inside = painter.fontMetrics().horizontalAdvance(count) + 16 < bar.width();
        painter.setPen(inside ? Tokens::inkOn(t.series[0]) : t.text);
        painter.drawText(QRectF(inside ? bar.x() + 9 : bar.right() + 6, bar.y(), 200, bar.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, count);
        if (hasFocus() && i == m_current)
            parts::ringAround(&painter, bar.adjusted(3, 3, -3, -3), radius::kTag, t);
    }
    if (hasFocus() && m_current < 0)
        parts::roundRect(&painter, rect(), radius::kTag, {}, t.accent, 2.0);
}

void FunnelWidget::mouseReleaseEvent(QMouseEvent *event)
{
    for (int i = 0; i < m_stages.size(); ++i) {
        QRectF row = barRect(i);
        row.setLeft(0);
        row.setRight(width());
        if (event->button() == Qt::LeftButton && row.contains(event->position())) {
            Q_EMIT clicked(m_stages[i].key);
            return;
        }
    }
    QWidget::mouseReleaseEvent(event);
}

void FunnelWidget::keyPressEvent(QKeyEvent *event)
{
    const int last = static_cast<int>(m_stages.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
        if (last < 0)
            return;
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Down ? 1 : -1), 0, last);
        update();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0 && m_current <= last)
            Q_EMIT clicked(m_stages[m_current].key);
        return;
    default: QWidget::keyPressEvent(event);
    }
}

} // namespace fieldfare::ui
