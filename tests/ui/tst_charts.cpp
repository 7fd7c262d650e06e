// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/bar_chart.h"
#include "ui/widgets/charts/donut_chart.h"
#include "ui/widgets/charts/funnel_widget.h"
#include "ui/widgets/charts/line_chart.h"
#include "ui/widgets/theme/theme.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace fieldfare::ui;

namespace {

QString s(const char *text)
{
    return QString::fromLatin1(text);
}

} // namespace

class TestCharts : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void roundSteps_data()
    {
        QTest::addColumn<double>("highest");
        QTest::addColumn<double>("step");
        QTest::newRow("5") << 5.0 << 1.0;
        QTest::newRow("7") << 7.0 << 2.0;
        QTest::newRow("12") << 12.0 << 2.5;
        QTest::newRow("58") << 58.0 << 20.0;
        QTest::newRow("1.34 M") << 1.34e6 << 5e5;
        QTest::newRow("0.3") << 0.3 << 0.1;
    }
    void roundSteps()
    {
        QFETCH(double, highest);
        QFETCH(double, step);
        QVERIFY(qFuzzyCompare(roundStep(highest), step));
    }

    void barsStandInATable()
    {
        BarChart chart(s("Won per month"));
        chart.setData({{s("Mar"), s("Apr")}, {s("2026"), {10, 20}}, ChartSeries{s("2025"), {8, 9}}, {}, {}, 1});
        QCOMPARE(chart.table(), (QList<QStringList>{{QString(), s("2026"), s("2025")},
                                                    {s("Mar"), s("10"), s("8")},
                                                    {s("Apr"), s("20"), s("9")}}));
        QCOMPARE(chart.accessibleName(), s("Won per month"));
        QCOMPARE(chart.accessibleDescription(), s("Mar: 2026 10, 2025 8; Apr: 2026 20, 2025 9"));
    }

    void figuresAreReachedByKey()
    {
        BarChart chart(s("Won"));
        chart.setData({{s("Mar"), s("Apr")}, {s("2026"), {10, 20}}, {}, {}, {}, -1});
        QSignalSpy clicked(&chart, &ChartView::clicked);
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.count(), 0);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Right);
        QTest::keyClick(&chart, Qt::Key_Right); // stays on the last
        QTest::keyClick(&chart, Qt::Key_Return);
        QCOMPARE(clicked.count(), 1);
        QCOMPARE(clicked.first(), (QVariantList{0, 1}));
    }

    void smallSlicesBecomeOther()
    {
        DonutChart chart(s("By industry"));
        chart.setSlices({{s("a"), 1}, {s("b"), 20}, {s("c"), 3}, {s("d"), 4}, {s("e"), 5}, {s("f"), 6}, {s("g"), 7}});
        QCOMPARE(chart.shown().size(), 6);
        QCOMPARE(chart.shown().first().name, s("b"));
        QCOMPARE(chart.shown().last().value, 4.0); // c and a
        chart.setSlices({{s("a"), 1}, {s("b"), 2}});
        QCOMPARE(chart.shown().size(), 2);
    }

    void linesKeepGaps()
    {
        LineChart chart(s("Tickets"));
        chart.setData({s("Mar"), s("Apr")}, {{s("Opened"), {qQNaN(), 2.5}}});
        QCOMPARE(chart.table().at(1), (QStringList{s("Mar"), QString()}));
        QCOMPARE(chart.table().at(2), (QStringList{s("Apr"), s("2.5")}));
    }

    void funnelIsClickedAndChosen()
    {
        FunnelWidget funnel(s("Funnel"));
        funnel.resize(600, 300);
        funnel.setStages({{s("a"), s("Prospecting"), 100, {}, {}, false}, {s("b"), s("Won"), 40, s("40 %"), {}, true}});
        QSignalSpy clicked(&funnel, &FunnelWidget::clicked);
        QTest::mouseClick(&funnel, Qt::LeftButton, {}, QPoint(120, 20));
        QTest::mouseClick(&funnel, Qt::LeftButton, {}, QPoint(120, 75));
        QTest::keyClick(&funnel, Qt::Key_Down);
        QTest::keyClick(&funnel, Qt::Key_Down);
        QTest::keyClick(&funnel, Qt::Key_Return);
        QCOMPARE(clicked.count(), 3);
        QCOMPARE(clicked[0].first().toString(), s("a"));
        QCOMPARE(clicked[1].first().toString(), s("b"));
        QCOMPARE(clicked[2].first().toString(), s("b"));
        QCOMPARE(funnel.accessibleDescription(), s("Prospecting 100; Won 40 40 %"));
    }
};

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
