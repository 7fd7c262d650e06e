// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/dashboard/stacked_bars.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/tokens.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

namespace fieldfare::ui {

namespace {

constexpr int kNameWidth = 88;
constexpr int kTotalWidth = 56;
constexpr int kLegendHeight = 24;
constexpr int kMaxRowHeight = 46;

} // namespace

StackedBars::StackedBars(const QString &title, QWidget *parent) : QWidget(parent)
{
    setAccessibleName(title);
    setFocusPolicy(Qt::StrongFocus);
}

void StackedBars::setRows(QList<StackedRow> rows, const QStringList &partNames)
{
    m_rows = std::move(rows);
    m_partNames = partNames;
    QStringList words;
    for (const StackedRow &row : m_rows)
        words.append(row.name + QLatin1Char(' ') + QLocale().toString(row.total()));
    setAccessibleDescription(words.join(QLatin1String("; ")));
    update();
}

QRectF StackedBars::partRect(int row, int part) const
{
    qint64 highest = 1;
    for (const StackedRow &any : m_rows)
        highest = std::max(highest, any.total());
    const double rowHeight = std::min<double>(kMaxRowHeight, double(height() - kLegendHeight) / double(std::max<qsizetype>(1, m_rows.size())));
    const double scale = double(width() - kNameWidth - kTotalWidth) / double(highest);
    double x = kNameWidth;
    const StackedRow &values = m_rows[row];
    const int last = part < 0 ? 4 : part;
    for (int i = 0; i < (part < 0 ? 0 : part); ++i)
        x += double(values.values[size_t(i)]) * scale;
    const double amount = part < 0 ? double(values.total()) : double(values.values[size_t(last)]);
    return {x, kLegendHeight + rowHeight * row + rowHeight * 0.18, amount * scale, rowHeight * 0.64};
}

void StackedBars::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tokens &tokens = Tokens::of(this);
    const QFont small = typeFont(font(), Type::Small);
    const QFontMetrics metrics(small);
    painter.setFont(small);
    int x = kNameWidth;
    for (qsizetype i = 0; i < m_partNames.size(); ++i) {
        painter.setPen(tokens.accent);
        painter.setBrush(tokens.ordered[size_t(i)]);
        painter.drawRect(x, 5, 9, 9);
        painter.setPen(tokens.text2);
        painter.drawText(x + 14, 0, 200, 20, Qt::AlignVCenter, m_partNames[i]);
        x += 14 + metrics.horizontalAdvance(m_partNames[i]) + space::k16;
    }
    const QLocale locale;
    for (int row = 0; row < m_rows.size(); ++row) {
        const QRectF whole = partRect(row, -1);
        painter.setPen(tokens.text);
        painter.drawText(QRectF(0, whole.top(), kNameWidth - space::k8, whole.height()), Qt::AlignVCenter,
                         metrics.elidedText(m_rows[row].name, Qt::ElideRight, kNameWidth - space::k8));
        for (int part = 0; part < 4; ++part) {
            const qint64 value = m_rows[row].values[size_t(part)];
            if (value == 0)
                continue;
            const QRectF rect = partRect(row, part);
            const QColor fill = tokens.ordered[size_t(part)];
            painter.setPen(tokens.accent);
            painter.setBrush(fill);
            painter.drawRect(rect);
            const QString number = locale.toString(value);
            if (metrics.horizontalAdvance(number) + 4 < rect.width()) {
                painter.setPen(Tokens::inkOn(fill));
                painter.drawText(rect, Qt::AlignCenter, number);
            }
        }
        painter.setPen(tokens.text2);
        painter.drawText(QRectF(whole.right() + space::k8, whole.top(), kTotalWidth, whole.height()), Qt::AlignVCenter,
                         locale.toString(m_rows[row].total()));
        if (hasFocus() && row == m_current) {
            painter.setPen(QPen(tokens.accent, 2));
            painter.setBrush(Qt::NoBrush);
            painter.drawRect(QRectF(1, whole.top() - 4, width() - 2, whole.height() + 8));
        }
    }
}

void StackedBars::mouseReleaseEvent(QMouseEvent *event)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        for (int part = 0; part < 4; ++part) {
            if (m_rows[row].values[size_t(part)] > 0 && partRect(row, part).contains(event->position()))
                Q_EMIT clicked(m_rows[row].key, part);
        }
        const QRectF whole = partRect(row, -1);
        if (event->position().y() >= whole.top() && event->position().y() <= whole.bottom()
            && (event->position().x() < whole.left() || event->position().x() > whole.right()))
            Q_EMIT clicked(m_rows[row].key, -1);
    }
}

void StackedBars::keyPressEvent(QKeyEvent *event)
{
    const int rows = int(m_rows.size());
    if (rows > 0 && (event->key() == Qt::Key_Down || event->key() == Qt::Key_Up)) {
        m_current = std::clamp(m_current + (event->key() == Qt::Key_Down ? 1 : -1), 0, rows - 1);
        update();
    } else if (m_current >= 0 && m_current < rows && (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
        Q_EMIT clicked(m_rows[m_current].key, -1);
    } else {
        QWidget::keyPressEvent(event);
    }
}

} // namespace fieldfare::ui
