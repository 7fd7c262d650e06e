// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QHostAddress>

#include <memory>
#include <mutex>

namespace fieldfare::server {

/// Counts open connections, in all and by address. Thread safe. Tickets may outlive nothing: keep the quota by
/// shared_ptr, as tickets do.
class ConnectionQuota : public std::enable_shared_from_this<ConnectionQuota> {
public:
    /// A place held by one connection, given back when the last copy goes.
    using Ticket = std::shared_ptr<void>;

    ConnectionQuota(int total, int perAddress);

    /// A place, or null when there is none left. IPv4-mapped IPv6 addresses count as IPv4, IPv6 by its /64.
    [[nodiscard]] Ticket enter(const QHostAddress &peer);

    [[nodiscard]] int open() const;

private:
    void leave(const QByteArray &key);

    mutable std::mutex m_mutex;
    QHash<QByteArray, int> m_byAddress;
    int m_open = 0;
    const int m_total;
    const int m_perAddress;
};

} // namespace fieldfare::server
