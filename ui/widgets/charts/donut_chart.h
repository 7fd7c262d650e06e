// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/charts/chart_view.h"

namespace fieldfare::ui {

struct DonutSlice {
    QString name;
    double value = 0;
};

/// Shares of a whole as a ring, each named at its mark. More than six slices: the smallest become "Other".
class DonutChart final : public ChartView {
    Q_OBJECT

public:
    explicit DonutChart(const QString &title, QWidget *parent = nullptr);

    void setSlices(QList<DonutSlice> slices);
    QList<QStringList> table() const override;
    /// After folding: what is drawn, in order.
    const QList<DonutSlice> &shown() const { return m_slices; }

protected:
    int figureCount() const override { return static_cast<int>(m_slices.size()); }
    void rebuild() override;

private:
    QList<DonutSlice> m_slices;
    bool m_folded = false;
};

} // namespace fieldfare::ui
