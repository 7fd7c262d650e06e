// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/bulk_writing.h"
#include "core/store/store.h"

namespace fieldfare::store {

/// Lives while somebody who has the profile for himself commits sets with large chunks (ChangeSet::chunkChanges). Commits are
/// as durable as always. Must go before the store.
using BulkWriting = storage::BulkWriting;

[[nodiscard]] inline base::Result<BulkWriting> beginBulkWriting(Store &store)
{
    return storage::BulkWriting::begin(store.connection());
}

} // namespace fieldfare::store
