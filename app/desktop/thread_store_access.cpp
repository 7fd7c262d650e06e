// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/thread_store_access.h"

#include <variant>

namespace fieldfare::app {

void ThreadStoreAccess::run(Work work, Done done)
{
    using Nothing = std::monostate;
    m_database.write<Nothing>(
        [work = std::move(work)](store::Store &store) -> base::Result<Nothing> {
            FIELDFARE_TRY(work(store));
            return Nothing();
        },
        this,
        [done = std::move(done)](const base::Result<Nothing> &result) { done(result.ok() ? base::Result<void>() : base::Result<void>(result.error())); },
        store::Priority::Background);
}

} // namespace fieldfare::app
