// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/donut_chart.h"

#include "ui/widgets/theme/metrics.h"

#include <QChart>
#include <QLegend>
#include <QPieSeries>
#include <QPieSlice>

#include <algorithm>

namespace fieldfare::ui {

namespace {

constexpr qsizetype kMostSlices = 6;

}

DonutChart::DonutChart(const QString &title, QWidget *parent) : ChartView(title, parent)
{
    refresh();
}

void DonutChart::setSlices(QList<DonutSlice> slices)
{
    std::stable_sort(slices.begin(), slices.end(), [](const auto &a, const auto &b) { return a.value > b.value; });
    m_folded = slices.size() > kMostSlices;
    if (m_folded) {
        DonutSlice rest{tr("Other"), 0};
        while (slices.size() >= kMostSlices)
            rest.value += slices.takeLast().value;
        slices.append(rest);
    }
    m_slices = std::move(slices);
    refresh();
}

QList<QStringList> DonutChart::table() const
{
    QList<QStringList> rows{{QString(), tr("Value")}};
    for (const DonutSlice &slice : m_slices)
        rows.append({slice.name, number(slice.value)});
    return rows;
}

void DonutChart::rebuild()
{
    const Tokens &t = tokens();
    auto *pie = new QPieSeries;
    pie->setHoleSize(0.55);
    pie->setPieSize(0.72);
    for (int i = 0; i < m_slices.size(); ++i) {
        const bool other = m_folded && i == m_slices.size() - 1;
        auto *slice = new QPieSlice(QStringLiteral("%1  %2").arg(m_slices[i].name, number(m_slices[i].value)),
                                    m_slices[i].value);
        slice->setBrush(other ? t.border : seriesColour(i));
        slice->setPen(QPen(t.base, 2));
        slice->setLabelVisible(true);
        slice->setLabelColor(t.text2);
        slice->setLabelFont(typeFont(Type::Small));
        slice->setLabelArmLengthFactor(0.08);
        connect(slice, &QPieSlice::clicked, this, [this, i] { Q_EMIT clicked(0, i); });
        pie->append(slice);
    }
    chart()->addSeries(pie);
    chart()->legend()->hide();
}

} // namespace fieldfare::ui
