// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/store/query/filter_context.h"

#include <atomic>

namespace fieldfare::store {

/// What a read on the database's threads works with; good for the time of the call only. All statements of one read see one
/// snapshot. Once the read is cancelled its running statement, and each later one, ends with Cancelled.
class ReadContext {
public:
    ReadContext(storage::Connection &connection, model::CatalogPointer catalog, FilterContext filterContext,
                const std::atomic<bool> &cancelled)
        : m_connection(connection), m_catalog(std::move(catalog)), m_filterContext(std::move(filterContext)), m_cancelled(cancelled)
    {
    }

    [[nodiscard]] storage::Connection &connection() const { return m_connection; }
    [[nodiscard]] const model::CatalogPointer &catalog() const { return m_catalog; }
    /// The profile's currency and user, the system's zone, and now.
    [[nodiscard]] const FilterContext &filterContext() const { return m_filterContext; }
    /// For loops without SQL.
    [[nodiscard]] bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }

private:
    storage::Connection &m_connection;
    model::CatalogPointer m_catalog;
    FilterContext m_filterContext;
    const std::atomic<bool> &m_cancelled;
};

} // namespace fieldfare::store
