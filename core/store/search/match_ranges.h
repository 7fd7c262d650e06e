// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/search/match_expression.h"
#include "core/store/search/search.h"

namespace fieldfare::store {

/// matchRanges() of search.h with a query that is read once for many texts.
[[nodiscard]] QList<TextRange> matchRanges(const QString &text, const MatchExpression &expression);

} // namespace fieldfare::store
