// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/charts/chart_view.h"

namespace fieldfare::ui {

/// Lines over the same categories, at most six; more are drawn in the grey of "other".
class LineChart final : public ChartView {
    Q_OBJECT

public:
    explicit LineChart(const QString &title, QWidget *parent = nullptr);

    void setData(QStringList categories, QList<ChartSeries> series);
    QList<QStringList> table() const override;

protected:
    int figureCount() const override { return static_cast<int>(m_categories.size()); }
    void rebuild() override;

private:
    QStringList m_categories;
    QList<ChartSeries> m_series;
};

} // namespace fieldfare::ui
