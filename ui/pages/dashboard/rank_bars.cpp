// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dashboard/rank_bars.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr double kMaxRowHeight = 32;
constexpr double kBarHeight = 11;
constexpr int kNameShare = 4; ///< a quarter of the width, no more than the longest name

} // namespace

RankBars::RankBars(const QString &title, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
}

void RankBars::setRows(QList<RankRow> rows)
{
    m_rows = std::move(rows);
    m_current = std::min(m_current, int(m_rows.size()) - 1);
    QStringList words;
    for (const RankRow &row : std::as_const(m_rows))
        words.append(QStringList{row.name, row.amount, row.note}.join(QLatin1Char(' ')));
    setAccessibleDescription(words.join(QLatin1String("; ")));
    update();
}

double RankBars::rowHeight() const
{
    return std::min(kMaxRowHeight, double(height()) / double(std::max<qsizetype>(1, m_rows.size())));
}

void RankBars::paintEvent(QPaintEvent *)
{
    const Tokens &t = Tokens::of(this);
    QPainter painter(this);
    const QFont small = typeFont(Type::Small);
    const QFontMetrics metrics(small);
    const QFontMetrics strong(typeFont(Type::Small, true));
    int names = 0;
    int amounts = 0;
    int notes = 0;
    double highest = 1;
    for (const RankRow &row : std::as_const(m_rows)) {
        names = std::max(names, strong.horizontalAdvance(row.name));
        amounts = std::max(amounts, strong.horizontalAdvance(row.amount));
        notes = std::max(notes, metrics.horizontalAdvance(row.note));
        highest = std::max(highest, row.value);
    }
    names = std::min(names, std::max(72, width() / kNameShare)) + space::k16;
    const int right = amounts + notes + space::k16 + space::k8;
    const double room = std::max(24, width() - names - right);
    const double tall = rowHeight();
    for (int i = 0; i < m_rows.size(); ++i) {
        const RankRow &row = m_rows.at(i);
        const QRectF line(0, i * tall, width(), tall);
        painter.setFont(typeFont(Type::Small, row.own));
        painter.setPen(t.text);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                         painter.fontMetrics().elidedText(row.name, Qt::ElideRight, names - space::k12));
        const QRectF track(names, line.center().y() - kBarHeight / 2, room, kBarHeight);
        painter.fillRect(track, t.needsFrames() ? t.selectedIdle : t.sunken);
        painter.fillRect(QRectF(track.topLeft(), QSizeF(room * row.value / highest, kBarHeight)), t.series[0]);
        painter.setFont(typeFont(Type::Small, true));
        painter.drawText(QRectF(track.right() + space::k16, line.y(), amounts, tall), Qt::AlignVCenter | Qt::AlignRight, row.amount);
        painter.setFont(small);
        painter.setPen(t.text2);
        painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, row.note);
        if (hasFocus() && i == m_current) {
            painter.setPen(QPen(t.accent, 2));
            painter.drawRect(line.adjusted(1, 1, -1, -1));
        }
    }
}

void RankBars::mouseReleaseEvent(QMouseEvent *event)
{
    const int row = int(event->position().y() / std::max(1.0, rowHeight()));
    if (row >= 0 && row < m_rows.size())
        Q_EMIT clicked(m_rows.at(row).key);
}

void RankBars::keyPressEvent(QKeyEvent *event)
{
    const int rows = int(m_rows.size());
    if (rows > 0 && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)) {
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Down ? 1 : -1), 0, rows - 1);
        update();
    } else if (m_current >= 0 && m_current < rows && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT clicked(m_rows.at(m_current).key);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace fieldfare::ui
