// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/backup/bringing_back.h"
#include "core/store/store.h"

#include <QJsonArray>

namespace fieldfare::app {

/// The first records of a plan, for a look at them before anything is done.
struct BringBackList {
    static constexpr qsizetype kMostRecords = 50;
    static constexpr qsizetype kLongestValue = 200; ///< Longer ones end with "…".

    /// {"id","title","from_trash","lost","fields":[{"field","now","then"}]} each.
    QJsonArray records;
    qint64 more = 0; ///< Records of the plan that are not listed.

    /// For people: a line a record, a line a field, and how many more there are. Empty when nothing would change.
    [[nodiscard]] QString text() const;
};

/// Before the plan is committed, on the store's thread. A record that cannot be read fails it.
[[nodiscard]] base::Result<BringBackList> bringBackList(store::Store &store, const store::BringBackPlan &plan);

} // namespace fieldfare::app
