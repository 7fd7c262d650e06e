// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/list_reader.h"

namespace fieldfare::bench {

/// What lists are asked for, of every entity that people list: derived from the catalog, so that a new field is measured too.
struct ListQuestions {
    QList<store::ListQuery> sorts;      ///< Every Sortable field, up and down, and newest first.
    QList<store::ListQuery> otherSorts; ///< Every other field that a list can sort by: background scans.
    QList<store::ListQuery> filters;    ///< Filters of several conditions, as people make them.
};

base::Result<ListQuestions> listQuestions(const model::Catalog &catalog);
/// The entity's name, its filter and its sort.
[[nodiscard]] QString words(const model::Catalog &catalog, const store::ListQuery &query);
/// Now, in UTC, for a user who owns the company's records.
[[nodiscard]] store::FilterContext listContext(std::int64_t nowMs, const base::Id &user);

} // namespace fieldfare::bench
