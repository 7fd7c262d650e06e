// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/http_counters.h"

namespace fieldfare::server {

void HttpCounters::addStatus(int status)
{
    if (status >= 0 && status < int(m_statuses.size()))
        ++m_statuses[size_t(status)];
}

HttpStatistics HttpCounters::read() const
{
    HttpStatistics all;
    all.accepted = accepted;
    all.refused = refused;
    all.handshakesFailed = handshakesFailed;
    all.timeouts = timeouts;
    all.requests = requests;
    all.bytesIn = bytesIn;
    all.bytesOut = bytesOut;
    all.upgradesRefused = upgradesRefused;
    all.liveMessages = liveMessages;
    all.liveGivenUp = liveGivenUp;
    all.openConnections = openConnections;
    all.openLive = openLive;
    all.runningRequests = runningRequests;
    for (size_t status = 0; status < m_statuses.size(); ++status) {
        if (const quint64 count = m_statuses[status]; count != 0)
            all.statuses.insert(int(status), count);
    }
    return all;
}

} // namespace fieldfare::server
