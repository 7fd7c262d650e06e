// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"
#include "sync/server/merge/server_storage.h"

#include <QHash>

#include <optional>

namespace fieldfare::server {

/// Every operation ever decided, by device, incarnation and n, and apart from them the verdicts not yet let go.
/// Devices stand in it by their short number; the server itself (null id) is 0.
/// Same thread and life as the connection.
class OperationLog {
public:
    explicit OperationLog(storage::Connection &connection) : m_connection(connection) {}

    [[nodiscard]] base::Result<std::optional<LoggedOperation>> find(const changes::OperationName &name);
    [[nodiscard]] base::Result<std::optional<LoggedOperation>> findByOrigin(const changes::Origin &origin);
    [[nodiscard]] base::Result<void> put(const LoggedOperation &operation);
    [[nodiscard]] base::Result<void> letVerdictsGo(const base::Id &device, std::uint32_t incarnation, std::uint64_t upToN);
    [[nodiscard]] base::Result<void> clearVerdictValues(model::EntityId entity, const base::Id &record);
    [[nodiscard]] base::Result<std::optional<Writer>> writer(changes::Version version);

    /// NotFound for a device that is not registered.
    [[nodiscard]] base::Result<qint64> deviceNumber(const base::Id &device);
    /// After a rollback: a device that was new in it has no number any more.
    void forgetDevices() { m_numbers.clear(); }

private:
    [[nodiscard]] base::Result<std::optional<LoggedOperation>> findByNumber(qint64 device, const changes::OperationName &name);
    [[nodiscard]] base::Result<void> putVerdict(qint64 device, const LoggedOperation &operation);
    [[nodiscard]] base::Result<void> readVerdict(qint64 device, LoggedOperation &operation);

    storage::Connection &m_connection;
    QHash<base::Id, qint64> m_numbers;
};

} // namespace fieldfare::server
