// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/controls/strength_bar.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"
#include "ui/widgets/theme/tokens.h"

#include <QPainter>

namespace fieldfare::ui {

StrengthBar::StrengthBar(QWidget *parent) : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void StrengthBar::setStrength(double share, bool enough, const QString &words)
{
    m_share = std::clamp(share, 0.0, 1.0);
    m_enough = enough;
    m_words = words;
    setAccessibleName(words);
    update();
}

QSize StrengthBar::sizeHint() const
{
    return {150, 10 + QFontMetrics(typeFont(Type::Small)).height()};
}

void StrengthBar::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const QColor colour = m_enough ? t.ok : t.pending;
    const QRectF track(0, 2, width(), 6);
    parts::roundRect(&painter, track, 3, t.needsFrames() ? t.selectedIdle : t.sunken);
    painter.save();
    painter.setClipRect(QRectF(track.x(), track.y(), track.width() * m_share, track.height()));
    parts::roundRect(&painter, track, 3, colour);
    painter.restore();
    painter.setFont(typeFont(Type::Small));
    painter.setPen(m_words.isEmpty() ? t.text2 : colour);
    painter.drawText(rect().adjusted(0, 10, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, m_words);
}

} // namespace fieldfare::ui
