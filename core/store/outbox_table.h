// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replica_storage.h"
#include "core/storage/connection.h"

namespace fieldfare::store {

/// The table `outbox`: own operations that wait for a verdict, content as bytes (core/changes/docs/operations.md).
class OutboxTable {
public:
    explicit OutboxTable(storage::Connection &connection) : m_connection(connection) {}

    base::Result<void> append(const changes::StoredOperation &operation);
    base::Result<std::optional<changes::StoredOperation>> find(std::uint64_t n);
    base::Result<std::vector<changes::StoredOperation>> after(std::uint64_t n, int limit);
    base::Result<void> remove(std::uint64_t n);
    base::Result<void> clear();
    base::Result<std::uint64_t> firstN();
    base::Result<std::uint64_t> lowestBase();

private:
    storage::Connection &m_connection;
};

/// Columns device, incarnation, n, then origin_device, origin_incarnation, origin_n, origin_hash (NULL without an origin);
/// shared with the tray.
void bindName(storage::Statement &statement, int index, const changes::OperationName &name);
void bindOrigin(storage::Statement &statement, int index, const std::optional<changes::Origin> &origin);
[[nodiscard]] changes::OperationName readName(const storage::Statement &statement, int column);
[[nodiscard]] std::optional<changes::Origin> readOrigin(const storage::Statement &statement, int column);

} // namespace fieldfare::store
