// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/theme/tokens.h"

#include <QChartView>
#include <QStringList>

#include <functional>

namespace fieldfare::ui {

/// How a number is written on a chart ("1.13 M"). The page that shows the chart knows the unit and the locale.
using NumberText = std::function<QString(double)>;

/// A line of numbers over the chart's categories. A NaN is a gap.
struct ChartSeries {
    QString name;
    QList<double> values;
};

/// What the charts share: Qt Charts without animation or shadow on Base, hairline grid, axes in text3, colours from the
/// tokens, restyled when the theme changes. Every figure can be clicked, or reached with the arrow keys and opened with
/// Enter, and stands in a table that is read out.
class ChartView : public QChartView {
    Q_OBJECT

public:
    explicit ChartView(const QString &title, QWidget *parent = nullptr);

    void setNumberText(NumberText text);

    /// The chart in words: a row of headings, then a row a category. For screen readers and "show as table".
    virtual QList<QStringList> table() const = 0;

    /// The figure that the arrow keys stand on, -1 before the first key.
    int currentIndex() const { return m_current; }

Q_SIGNALS:
    /// `index` counts categories (or slices) from 0, `series` is 0 where there is only one.
    void clicked(int series, int index);

protected:
    virtual int figureCount() const = 0;
    /// Builds all series and axes anew with the colours of the moment.
    virtual void rebuild() = 0;
    /// Moves what the chart itself does not lay out (hatches, labels); after every change of the plot area.
    virtual void placeExtras() {}

    QString number(double value) const;
    const Tokens &tokens() const { return Tokens::of(this); }
    /// Colour of the n-th series; from the seventh on the grey of "other".
    QColor seriesColour(int n) const;
    /// Takes out series and axes, styles the empty chart, calls rebuild() and updates what is read out.
    void refresh();
    /// A value axis from 0 with three to five round steps up to `highest`, labelled by number().
    QAbstractAxis *makeValueAxis(double highest);
    QAbstractAxis *makeCategoryAxis(const QStringList &categories);

    void changeEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    NumberText m_number;
    int m_current = -1;
};

/// The step of a value axis: 1, 2, 2.5 or 5 times a power of ten, so that at most five steps reach `highest` (> 0).
double roundStep(double highest);

} // namespace fieldfare::ui
