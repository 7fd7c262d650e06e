// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/filter.h"
#include "core/store/thread/read_context.h"

#include <QDate>
#include <QStringList>

#include <array>
#include <vector>

namespace fieldfare::ui {

/// A stage of the pipeline with its deals, and how many got at least this far.
struct DashboardStage {
    base::Id id;
    QString name;
    QString nameChinese;
    QString kind; ///< open, won, lost
    int probability = 0;
    qint64 deals = 0;   ///< In this stage now.
    qint64 reached = 0; ///< In this stage or a later one; lost deals are left out, as where they were lost is not kept.
};

/// Open tickets of one status by age: up to one day, three, seven, more.
struct DashboardTickets {
    QString status;
    std::array<qint64, 4> byAge{};
    [[nodiscard]] qint64 total() const { return byAge[0] + byAge[1] + byAge[2] + byAge[3]; }
};

/// What one person won this year.
struct DashboardPerson {
    base::Id user;
    qint64 won = 0; ///< Minor units of the profile's currency.
    qint64 deals = 0;
};

/// The figures of the dashboard as of one moment. Amounts are minor units of the profile's currency; deals in other
/// currencies are counted and not summed (otherCurrencies says how many).
struct DashboardData {
    QDate today;
    qint64 asOf = 0; ///< ms UTC
    QString currency;
    std::vector<DashboardStage> stages;
    std::array<qint64, 12> wonByMonth{};     ///< Of this year,
    std::array<qint64, 12> wonByMonthBefore{}; ///< and of the one before.
    qint64 wonThisYear = 0;
    qint64 wonSameDaysBefore = 0; ///< 1 January to this day, a year ago.
    qint64 openWeighted = 0;
    qint64 openDeals = 0;
    qint64 wonDeals = 0;  ///< Closed this year,
    qint64 lostDeals = 0;
    qint64 otherCurrencies = 0;
    std::vector<DashboardPerson> people; ///< The most first, a few at most.
    std::vector<DashboardTickets> tickets;
    qint64 overdueTickets = 0;
};

/// `field` compared with a word of EXPR such as now or 2026-11-24 (not quoted, so that it is read as one).
[[nodiscard]] store::Filter comparedWithWord(const QString &field, store::FilterOperator op, const QString &word);

/// Counts on a read connection; ends with Cancelled when interrupted.
base::Result<DashboardData> readDashboard(store::ReadContext &context);

} // namespace fieldfare::ui
