// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/line_chart.h"

#include <QAbstractAxis>
#include <QChart>
#include <QLegend>
#include <QLineSeries>

#include <cmath>

namespace fieldfare::ui {

LineChart::LineChart(const QString &title, QWidget *parent) : ChartView(title, parent)
{
    refresh();
}

void LineChart::setData(QStringList categories, QList<ChartSeries> series)
{
    m_categories = std::move(categories);
    m_series = std::move(series);
    refresh();
}

QList<QStringList> LineChart::table() const
{
    QStringList head{QString()};
    for (const ChartSeries &series : m_series)
        head.append(series.name);
    QList<QStringList> rows{head};
    for (qsizetype i = 0; i < m_categories.size(); ++i) {
        QStringList row{m_categories[i]};
        for (const ChartSeries &series : m_series)
            row.append(number(series.values.value(i, std::nan(""))));
        rows.append(row);
    }
    return rows;
}

void LineChart::rebuild()
{
    if (m_categories.isEmpty())
        return;
    double highest = 0;
    for (const ChartSeries &series : std::as_const(m_series)) {
        for (const double value : series.values)
            highest = std::isnan(value) ? highest : std::max(highest, value);
    }
    QAbstractAxis *x = makeCategoryAxis(m_categories);
    QAbstractAxis *y = makeValueAxis(highest);
    for (int n = 0; n < m_series.size(); ++n) {
        auto *line = new QLineSeries;
        line->setName(m_series[n].name);
        for (qsizetype i = 0; i < m_series[n].values.size(); ++i) {
            if (!std::isnan(m_series[n].values[i]))
                line->append(static_cast<double>(i), m_series[n].values[i]);
        }
        // The first is what the chart is about; the others are for comparison. The dash carries it without colour.
        line->setPen(QPen(seriesColour(n), 2, n == 0 ? Qt::SolidLine : n % 2 == 1 ? Qt::DashLine : Qt::DotLine));
        line->setPointsVisible(n == 0);
        chart()->addSeries(line);
        line->attachAxis(x);
        line->attachAxis(y);
        connect(line, &QLineSeries::clicked, this, [this, n](const QPointF &point) {
            const int index = std::clamp(qRound(point.x()), 0, figureCount() - 1);
            Q_EMIT clicked(n, index);
        });
    }
    chart()->legend()->setVisible(m_series.size() > 1);
}

} // namespace fieldfare::ui
