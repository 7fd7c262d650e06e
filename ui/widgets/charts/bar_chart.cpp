// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/bar_chart.h"

#include "ui/widgets/theme/metrics.h"

#include <QAbstractAxis>
#include <QBarSeries>
#include <QBarSet>
#include <QChart>
#include <QGraphicsRectItem>
#include <QGraphicsSimpleTextItem>
#include <QLegend>
#include <QLineSeries>

#include <cmath>

namespace fieldfare::ui {

namespace {

constexpr double kBarWidth = 0.6;

/// A number on the chart's ground, so that no line of the grid runs through it.
class NumberItem final : public QGraphicsSimpleTextItem {
public:
    NumberItem(const QString &text, const QColor &ground, QGraphicsItem *parent) : QGraphicsSimpleTextItem(text, parent), m_ground(ground) {}

    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override
    {
        painter->fillRect(boundingRect(), m_ground);
        QGraphicsSimpleTextItem::paint(painter, option, widget);
    }

private:
    QColor m_ground;
};

double highestOf(const BarChartData &data)
{
    double highest = data.target.value_or(0);
    const auto look = [&highest](const QList<double> &values) {
        for (const double value : values)
            highest = std::isnan(value) ? highest : std::max(highest, value);
    };
    look(data.main.values);
    if (data.previous)
        look(data.previous->values);
    return highest;
}

} // namespace

BarChart::BarChart(const QString &title, QWidget *parent) : ChartView(title, parent)
{
    refresh();
}

void BarChart::setData(BarChartData shown)
{
    m_data = std::move(shown);
    refresh();
}

QList<QStringList> BarChart::table() const
{
    QStringList head{QString(), m_data.main.name};
    if (m_data.previous)
        head.append(m_data.previous->name);
    QList<QStringList> rows{head};
    for (qsizetype i = 0; i < m_data.categories.size(); ++i) {
        QStringList row{m_data.categories[i], number(m_data.main.values.value(i, std::nan("")))};
        if (m_data.previous)
            row.append(number(m_data.previous->values.value(i, std::nan(""))));
        rows.append(row);
    }
    return rows;
}

void BarChart::rebuild()
{
    qDeleteAll(m_numbers);
    m_numbers.clear();
    delete m_hatch;
    m_hatch = nullptr;
    if (m_data.categories.isEmpty())
        return;
    const Tokens &t = tokens();
    QAbstractAxis *x = makeCategoryAxis(m_data.categories);
    QAbstractAxis *y = makeValueAxis(highestOf(m_data));
    auto *bars = new QBarSeries;
    bars->setBarWidth(kBarWidth);
    const auto addSet = [&](const ChartSeries &series, const QColor &fill, const QColor &edge) {
        auto *set = new QBarSet(series.name);
        for (qsizetype i = 0; i < m_data.categories.size(); ++i) {
            const double value = series.values.value(i, 0);
            set->append(std::isnan(value) ? 0 : value);
        }
        set->setBrush(fill);
        set->setPen(QPen(edge, 1));
        bars->append(set);
    };
    addSet(m_data.main, seriesColour(0), seriesColour(0));
    if (m_data.previous)
        addSet(*m_data.previous, t.sunken, t.border);
    chart()->addSeries(bars);
    bars->attachAxis(x);
    bars->attachAxis(y);
    connect(bars, &QBarSeries::clicked, this, [this, bars](int index, QBarSet *set) {
        Q_EMIT clicked(static_cast<int>(bars->barSets().indexOf(set)), index);
    });
    if (m_data.target) {
        auto *line = new QLineSeries;
        line->setName(m_data.targetName);
        line->append(-0.5, *m_data.target);
        line->append(static_cast<double>(m_data.categories.size()) - 0.5, *m_data.target);
        line->setPen(QPen(seriesColour(1), 2, Qt::DashLine));
        chart()->addSeries(line);
        line->attachAxis(x);
        line->attachAxis(y);
    }
    chart()->legend()->setVisible(m_data.previous.has_value() || m_data.target.has_value());
    for (qsizetype i = 0; i < m_data.categories.size(); ++i) {
        auto *words = new NumberItem(number(m_data.main.values.value(i, std::nan(""))), t.base, chart());
        words->setFont(typeFont(Type::Caption));
        words->setBrush(t.text);
        words->setZValue(20);
        m_numbers.append(words);
    }
    if (m_data.openCategory >= 0 && m_data.openCategory < m_data.categories.size()) {
        // A bar set has one brush, so the open period gets an item of the scene over its bar.
        m_hatch = new QGraphicsRectItem(chart());
        m_hatch->setZValue(10);
        m_hatch->setPen(QPen(seriesColour(0), 1));
        m_hatch->setAcceptedMouseButtons(Qt::NoButton);
    }
}

QRectF BarChart::barRect(int series, int index, double value) const
{
    const int sets = m_data.previous ? 2 : 1;
    const double width = kBarWidth / sets;
    const double left = index - kBarWidth / 2 + series * width;
    const QPointF top = chart()->mapToPosition(QPointF(left, value));
    const QPointF bottom = chart()->mapToPosition(QPointF(left + width, 0));
    return QRectF(top, bottom).normalized();
}

void BarChart::placeExtras()
{
    if (chart()->series().isEmpty())
        return;
    for (qsizetype i = 0; i < m_numbers.size(); ++i) {
        // Over its own bar; beside a higher one it gives way to the left, where the gap between the groups is.
        const double own = m_data.main.values.value(i, 0);
        const QRectF bar = barRect(0, static_cast<int>(i), std::isnan(own) ? 0 : own);
        const QRectF size = m_numbers[i]->boundingRect();
        double left = bar.center().x() - size.width() / 2;
        const double before = m_data.previous ? m_data.previous->values.value(i, 0) : 0;
        if (m_data.previous && barRect(1, static_cast<int>(i), std::isnan(before) ? 0 : before).top() < bar.top())
            left = std::min(left, bar.right() - size.width() - 1);
        m_numbers[i]->setPos(left, bar.top() - size.height() - 2);
    }
    if (m_hatch) {
        const double value = m_data.main.values.value(m_data.openCategory, 0);
        m_hatch->setRect(barRect(0, m_data.openCategory, std::isnan(value) ? 0 : value));
        // Base first, so that the full bar below does not shine through the hatch.
        QPixmap pattern(6, 6);
        pattern.fill(tokens().base);
        QPainter painter(&pattern);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(seriesColour(0), 2));
        painter.drawLine(-1, 7, 7, -1);
        painter.drawLine(-4, 4, 4, -4);
        painter.drawLine(2, 10, 10, 2);
        painter.end();
        m_hatch->setBrush(QBrush(pattern));
    }
}

} // namespace fieldfare::ui
