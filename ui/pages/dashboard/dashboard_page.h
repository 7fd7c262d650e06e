// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/following_read.h"
#include "ui/pages/dashboard/dashboard_data.h"
#include "ui/pages/page.h"

#include <QTimer>

class QGridLayout;
class QPushButton;

namespace fieldfare::ui {

class BarChart;
class FunnelWidget;
class RankBars;
class StackedBars;
class TextLabel;
class ZoneHeader;

/// Sales and service in figures, counted on this computer. Each figure opens the list of its rows. It counts again when
/// deals or tickets change while it is shown, at most once in two seconds.
class DashboardPage final : public Page {
    Q_OBJECT
public:
    explicit DashboardPage(const PageContext &context, QWidget *parent = nullptr);

    [[nodiscard]] QString key() const override { return QStringLiteral("dashboard"); }
    [[nodiscard]] QString title() const override { return tr("Dashboard"); }
    [[nodiscard]] QString iconName() const override { return QStringLiteral("dashboard"); }
    void activated() override;

    /// What the page shows; called with each answer of the database.
    void setData(const DashboardData &figures);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    QWidget *makeFigures();
    QWidget *makePanels();
    void read();
    void showFigures();
    void showPeople();
    void arrange();
    void openDeals(const store::Filter &filter, const QString &title);
    void openMonth(int month);
    void openTickets(const QString &status, int part);
    [[nodiscard]] QString shortMoney(double minor) const;

    struct Figure {
        QPushButton *button = nullptr;
        TextLabel *value = nullptr;
        TextLabel *note = nullptr;
    };
    Figure addFigure(const QString &label);

    PageContext m_context;
    store::FollowingRead m_read; ///< Reads whole tables.
    QTimer m_again;
    DashboardData m_data;
    ZoneHeader *m_header;
    Figure m_won;
    Figure m_open;
    Figure m_decided;
    Figure m_tickets;
    Figure m_overdue;
    BarChart *m_months = nullptr;
    FunnelWidget *m_funnel = nullptr;
    StackedBars *m_ages = nullptr;
    RankBars *m_people = nullptr;
    QGridLayout *m_figures = nullptr;
    QGridLayout *m_grid = nullptr;
    QList<QWidget *> m_panels;
    QList<QWidget *> m_rules;
    QWidget *m_panelBox = nullptr;
    std::optional<bool> m_oneColumn; ///< As arranged.
};

} // namespace fieldfare::ui
