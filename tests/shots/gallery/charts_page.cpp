// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/shots/gallery/charts_page.h"

#include "ui/widgets/charts/bar_chart.h"
#include "ui/widgets/charts/donut_chart.h"
#include "ui/widgets/charts/funnel_widget.h"
#include "ui/widgets/charts/line_chart.h"

#include <QGridLayout>

using namespace fieldfare::ui;

namespace fieldfare::gallery {

namespace {

QString s(const char *text)
{
    return QString::fromUtf8(text);
}

QString money(double value)
{
    if (value >= 1e6)
        return s("%1 M").arg(value / 1e6, 0, 'f', 2);
    return value == 0 ? s("0") : s("%1 k").arg(qRound(value / 1e3));
}

} // namespace

QWidget *makeChartsPage()
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    page->setAutoFillBackground(true);
    page->setFixedSize(1200, 720);
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(16, 16, 16, 16);
    grid->setSpacing(24);
    const QStringList months = s("Mar Apr May Jun Jul Aug Sep Oct Nov").split(QLatin1Char(' '));
    auto *bars = new BarChart(s("Won per month"));
    bars->setNumberText(money);
    bars->setData({months,
                   {s("2026"), {1.13e6, 722e3, 1.03e6, 1.34e6, 697e3, 1.05e6, 1.24e6, 732e3, 939e3}},
                   ChartSeries{s("2025"), {980e3, 860e3, 910e3, 1.12e6, 840e3, 900e3, 1.01e6, 870e3, 905e3}},
                   1.0e6, s("Target 1.0 M"), 8});
    auto *funnel = new FunnelWidget(s("Funnel"));
    funnel->setStages({{s("a"), s("Prospecting"), 8800, {}, s("all deals"), false},
                       {s("b"), s("Engaging"), 8300, s("94 %"), s("after 4 d"), false},
                       {s("c"), s("Proposal"), 6020, s("73 %"), s("after 21 d"), true},
                       {s("d"), s("Negotiating"), 4890, s("81 %"), s("after 17 d"), false},
                       {s("e"), s("Won"), 4238, s("87 %"), s("after 10 d"), false}});
    auto *lines = new LineChart(s("Tickets"));
    lines->setData(months, {{s("Opened"), {31, 44, 38, 52, 47, 40, 36, 58, 49}},
                            {s("Solved"), {29, 40, 41, 47, 50, 39, 35, 51, 50}},
                            {s("Reopened"), {3, 4, 2, 6, 5, 4, 3, 7, 4}}});
    auto *donut = new DonutChart(s("By industry"));
    donut->setSlices({{s("Retail"), 31}, {s("Medical"), 24}, {s("Technology"), 18}, {s("Software"), 12},
                      {s("Finance"), 9}, {s("Telecommunications"), 7}, {s("Entertainment"), 4}, {s("Services"), 2}});
    grid->addWidget(bars, 0, 0);
    grid->addWidget(funnel, 0, 1);
    grid->addWidget(lines, 1, 0);
    grid->addWidget(donut, 1, 1);
    return page;
}

} // namespace fieldfare::gallery
