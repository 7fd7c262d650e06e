// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "core/store/table_layout.h"

namespace fieldfare::store {

/// Moves values out of column `unknown` into the columns that have come to exist for them (DESIGN 6, rule 14). Scans the
/// table for rows that hold such values; returns how many rows changed. Needs a transaction.
base::Result<int> replayUnknownValues(storage::Connection &connection, const TableLayout &layout);

} // namespace fieldfare::store
