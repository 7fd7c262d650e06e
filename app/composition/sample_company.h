// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <functional>

namespace fieldfare::app {

struct SampleSize {
    int customers = 100;
    int deals = 0;
    int tickets = 0;
    quint64 seed = 1;
    int interactions = -1; ///< -1: one with every other customer, about.
    QStringList names = {}; ///< What people with Chinese names are called; empty: names made here.
};

struct SampleReport {
    qint64 customers = 0;
    qint64 contacts = 0;
    qint64 interactions = 0;
    qint64 deals = 0;
    qint64 tickets = 0;
};

/// Fills a profile with a company that could exist: customers with Chinese and Western names, people, what was talked about,
/// deals in all stages and tickets. The same seed and the same number of records give the same values (ids, numbers and dates
/// relative to today aside). Through Store::commit in sets that undo() takes back one by one. `cancelled` may be empty.
base::Result<SampleReport> makeSampleCompany(store::Store &store, const SampleSize &size, const std::function<bool()> &cancelled = {});

} // namespace fieldfare::app
