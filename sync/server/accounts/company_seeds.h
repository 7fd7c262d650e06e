// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "sync/server/merge/merger.h"

namespace fieldfare::server {

/// Writes what every new company starts with: choice values, the default pipeline and its stages (core/model/choice_seeds.h).
/// Inside the storage's write transaction. Harmless when they are there already: only what differs is written.
[[nodiscard]] base::Result<void> seedCompany(Merger &merger, const model::Catalog &catalog);

} // namespace fieldfare::server
