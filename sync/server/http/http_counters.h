// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QMap>
#include <QtGlobal>

#include <array>
#include <atomic>

namespace fieldfare::server {

/// What /metrics shows of the front end, at one moment. Counts since the start, except where "open" or "running".
struct HttpStatistics {
    quint64 accepted = 0;
    quint64 refused = 0; ///< Closed at once: too many connections in all or from one address.
    quint64 handshakesFailed = 0;
    quint64 timeouts = 0;
    quint64 requests = 0;
    quint64 bytesIn = 0;  ///< Decrypted.
    quint64 bytesOut = 0; ///< Before encryption.
    quint64 upgradesRefused = 0;
    quint64 liveMessages = 0;
    quint64 liveGivenUp = 0; ///< Live sockets closed for silence or for not reading.
    qint64 openConnections = 0;
    qint64 openLive = 0;
    qint64 runningRequests = 0;
    QMap<int, quint64> statuses;
};

/// The counters behind it; any thread may add.
class HttpCounters {
public:
    using Count = std::atomic<quint64>;
    Count accepted{0};
    Count refused{0};
    Count handshakesFailed{0};
    Count timeouts{0};
    Count requests{0};
    Count bytesIn{0};
    Count bytesOut{0};
    Count upgradesRefused{0};
    Count liveMessages{0};
    Count liveGivenUp{0};
    std::atomic<qint64> openConnections{0};
    std::atomic<qint64> openLive{0};
    std::atomic<qint64> runningRequests{0};

    void addStatus(int status);
    [[nodiscard]] HttpStatistics read() const;

private:
    std::array<Count, 600> m_statuses{};
};

} // namespace fieldfare::server
