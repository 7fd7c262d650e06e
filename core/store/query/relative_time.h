// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/filter_context.h"

#include <QDate>

#include <optional>

namespace fieldfare::store {

/// A day or a moment that a word of EXPR stands for.
struct RelativeTime {
    QDate day;                ///< Valid for today...
    std::int64_t instant = 0; ///< ms UTC, for now...; meaningless with a valid day
};

/// Reads today, today-30d, today+2w, now-1h: a sign, a number up to 9999 and a unit. Units after today: d w m (months) y;
/// after now: m (minutes) h d w. Any case; nullopt for anything else.
[[nodiscard]] std::optional<RelativeTime> parseRelativeTime(const QString &word, const FilterContext &context);

/// The first millisecond of a day in the context's zone.
[[nodiscard]] std::int64_t startOfDay(QDate day, const FilterContext &context);

} // namespace fieldfare::store
