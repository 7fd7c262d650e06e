// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/salvage/salvage_report.h"
#include "core/store/store.h"

namespace fieldfare::store {

/// Prepares a salvaged profile for its server (core/store/docs/salvage.md, "The server afterwards"): own edits that came over are
/// numbered anew, so that the server finds another history than it knows and gives the device a new identity (rule 1); the
/// download begins anew, and no row claims a version, so that whatever was lost or is older than it was comes again; records whose
/// create was lost are created anew. Nothing to do for a profile that stands alone.
base::Result<void> settleWithServer(Store &store, SalvageReport &report);

} // namespace fieldfare::store
