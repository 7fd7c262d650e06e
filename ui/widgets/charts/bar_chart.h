// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/charts/chart_view.h"

#include <optional>

class QGraphicsRectItem;
class QGraphicsSimpleTextItem;

namespace fieldfare::ui {

/// What a bar chart shows. `previous` is drawn outlined beside the main bars; `openCategory` (the period that is not over)
/// is hatched; `target` is a dashed line.
struct BarChartData {
    QStringList categories;
    ChartSeries main;
    std::optional<ChartSeries> previous;
    std::optional<double> target;
    QString targetName;
    int openCategory = -1;
};

/// Upright bars, 0.6 wide, with their numbers above.
class BarChart final : public ChartView {
    Q_OBJECT

public:
    explicit BarChart(const QString &title, QWidget *parent = nullptr);

    void setData(BarChartData data);
    QList<QStringList> table() const override;

protected:
    int figureCount() const override { return static_cast<int>(m_data.categories.size()); }
    void rebuild() override;
    void placeExtras() override;

private:
    QRectF barRect(int series, int index, double value) const;

    BarChartData m_data;
    QGraphicsRectItem *m_hatch = nullptr;             // in the chart's scene, which owns it
    QList<QGraphicsSimpleTextItem *> m_numbers;       // likewise
};

} // namespace fieldfare::ui
