// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/api/write_queue.h"

namespace fieldfare::server {

/// Whether the numbers asked for are of kinds that have any, and no more than a device may keep. InvalidArgument. Any thread.
[[nodiscard]] base::Result<void> checkNumbers(const model::Catalog &catalog, const protocol::NumberLeaseRequest &request);

/// Blocks of numbers for what the device's user may create; of other kinds he gets none, and learns none. On the write queue's
/// thread, as part of a job.
[[nodiscard]] base::Result<protocol::NumberLeaseReply> leaseNumbers(WriteContext &context, const model::Catalog &catalog, const protocol::NumberLeaseRequest &request);

} // namespace fieldfare::server
