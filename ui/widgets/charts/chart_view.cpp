// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/chart_view.h"

#include "ui/widgets/theme/metrics.h"
#include "ui/widgets/theme/style_parts.h"

#include <QBarCategoryAxis>
#include <QCategoryAxis>
#include <QChart>
#include <QEvent>
#include <QKeyEvent>
#include <QLegend>
#include <QLegendMarker>
#include <QLocale>
#include <QPainter>

#include <cmath>

namespace fieldfare::ui {

double roundStep(double highest)
{
    const double rough = highest / 5.0;
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
        if (factor * power >= rough * (1 - 1e-9))
            return factor * power;
    }
    return 10.0 * power;
}

ChartView::ChartView(const QString &title, QWidget *parent) : QChartView(parent)
{
    setAccessibleName(title);
    setFrameShape(QFrame::NoFrame);
    setRenderHint(QPainter::Antialiasing);
    setFocusPolicy(Qt::StrongFocus);
    connect(chart(), &QChart::plotAreaChanged, this, [this] { placeExtras(); });
}

void ChartView::setNumberText(NumberText text)
{
    m_number = std::move(text);
    refresh();
}

QString ChartView::number(double value) const
{
    if (std::isnan(value))
        return {};
    return m_number ? m_number(value) : QLocale().toString(value, 'f', value == std::floor(value) ? 0 : 1);
}

QColor ChartView::seriesColour(int n) const
{
    const Tokens &t = tokens();
    return n >= 0 && n < static_cast<int>(t.series.size()) ? t.series[static_cast<std::size_t>(n)] : t.border;
}

void ChartView::refresh()
{
    const Tokens &t = tokens();
    QChart *c = chart();
    c->removeAllSeries();
    const auto axes = c->axes();
    for (QAbstractAxis *axis : axes) {
        c->removeAxis(axis);
        delete axis;
    }
    c->setAnimationOptions(QChart::NoAnimation);
    c->setDropShadowEnabled(false);
    c->setBackgroundBrush(t.base);
    c->setBackgroundPen(Qt::NoPen);
    c->setBackgroundRoundness(0);
    c->setMargins(QMargins(0, 0, 0, 0));
    setBackgroundBrush(t.base);
    c->legend()->setAlignment(Qt::AlignTop);
    c->legend()->setFont(typeFont(Type::Small));
    c->legend()->setLabelColor(t.text2);
    c->legend()->setMarkerShape(QLegend::MarkerShapeRectangle);
    rebuild();
    placeExtras();
    const auto markers = c->legend()->markers();
    for (QLegendMarker *marker : markers) {
        if (marker->series()->type() == QAbstractSeries::SeriesTypeLine)
            marker->setPen(Qt::NoPen); // Qt Charts draws these black
    }

    const QList<QStringList> rows = table();
    QStringList lines;
    for (qsizetype i = 1; i < rows.size(); ++i) {
        QStringList parts;
        for (qsizetype k = 1; k < rows[i].size(); ++k)
            parts.append(rows.first().size() > 2 ? rows.first().value(k) + QLatin1Char(' ') + rows[i][k] : rows[i][k]);
        lines.append(rows[i].value(0) + QStringLiteral(": ") + parts.join(QStringLiteral(", ")));
    }
    setAccessibleDescription(lines.join(QStringLiteral("; ")));
}

QAbstractAxis *ChartView::makeValueAxis(double highest)
{
    const Tokens &t = tokens();
    auto *axis = new QCategoryAxis; // a value axis with words of our own
    const double step = roundStep(highest > 0 ? highest : 1);
    // A whole number of steps, with room for the numbers above the highest bar.
    const double top = highest > 0 ? step * std::ceil(highest * 1.05 / step) : 1;
    axis->setLabelsPosition(QCategoryAxis::AxisLabelsPositionOnValue);
    axis->setStartValue(0);
    axis->append(number(0), 0);
    for (double value = step; value <= top * (1 + 1e-9); value += step)
        axis->append(number(value), value);
    axis->setRange(0, top);
    axis->setLabelsColor(t.text3);
    axis->setLabelsFont(typeFont(Type::Small));
    axis->setGridLineColor(t.line);
    axis->setLineVisible(false);
    chart()->addAxis(axis, Qt::AlignLeft);
    return axis;
}

QAbstractAxis *ChartView::makeCategoryAxis(const QStringList &categories)
{
    const Tokens &t = tokens();
    auto *axis = new QBarCategoryAxis;
    axis->append(categories);
    axis->setLabelsColor(t.text3);
    axis->setLabelsFont(typeFont(Type::Small));
    axis->setGridLineVisible(false);
    axis->setLinePen(QPen(t.line, 1));
    chart()->addAxis(axis, Qt::AlignBottom);
    return axis;
}

void ChartView::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();
}

void ChartView::keyPressEvent(QKeyEvent *event)
{
    const int count = figureCount();
    switch (event->key()) {
    case Qt::Key_Left:
    case Qt::Key_Right: {
        if (count == 0)
            return;
        const int step = event->key() == Qt::Key_Right ? 1 : -1;
        m_current = m_current < 0 ? (step > 0 ? 0 : count - 1) : std::clamp(m_current + step, 0, count - 1);
        viewport()->update();
        return;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        if (m_current >= 0 && m_current < count)
            Q_EMIT clicked(0, m_current);
        return;
    default: QChartView::keyPressEvent(event);
    }
}

void ChartView::paintEvent(QPaintEvent *event)
{
    QChartView::paintEvent(event);
    if (!hasFocus())
        return;
    const Tokens &t = tokens();
    QPainter painter(viewport());
    parts::roundRect(&painter, viewport()->rect(), radius::kTag, {}, t.accent, 2.0);
    const QList<QStringList> rows = table();
    if (m_current < 0 || m_current + 1 >= rows.size())
        return;
    // What the keys stand on, in words, where nothing else is drawn.
    const QString words = rows[m_current + 1].join(QStringLiteral("  "));
    painter.setFont(typeFont(Type::Small, true));
    const int wide = painter.fontMetrics().horizontalAdvance(words) + 16;
    const QRect place(8, 6, wide, painter.fontMetrics().height() + 6);
    parts::roundRect(&painter, place, radius::kField, t.toolTip);
    painter.setPen(t.onToolTip);
    painter.drawText(place, Qt::AlignCenter, words);
}

} // namespace fieldfare::ui
