// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/http/connection_quota.h"
#include "sync/server/http/http_counters.h"
#include "sync/server/http/http_limits.h"

#include <QSslConfiguration>

#include <atomic>
#include <memory>
#include <mutex>

namespace fieldfare::base {
class Clock;
}

namespace fieldfare::server {

class RequestHandler;

/// What the listener and its workers have in common. Members are constant or thread safe.
struct ServerShared {
    ServerShared(const HttpLimits &l, RequestHandler &h, const base::Clock &c)
        : limits(l), handler(h), clock(c), quota(std::make_shared<ConnectionQuota>(l.connections, l.connectionsPerAddress))
    {
    }

    const HttpLimits limits;
    RequestHandler &handler;
    const base::Clock &clock;
    HttpCounters counters;
    const std::shared_ptr<ConnectionQuota> quota;
    std::atomic<qint64> bodyBytes{0}; ///< Held in bodies by all connections, against HttpLimits::allBodyBytes.

    [[nodiscard]] QSslConfiguration tls() const
    {
        const std::lock_guard lock(m_mutex);
        return m_tls;
    }
    void setTls(const QSslConfiguration &configuration)
    {
        const std::lock_guard lock(m_mutex);
        m_tls = configuration;
    }

private:
    mutable std::mutex m_mutex;
    QSslConfiguration m_tls;
};

} // namespace fieldfare::server
