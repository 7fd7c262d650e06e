// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/http/connection_quota.h"

namespace fieldfare::server {

namespace {

QByteArray keyOf(const QHostAddress &peer)
{
    bool isV4 = false;
    const quint32 v4 = peer.toIPv4Address(&isV4);
    if (isV4)
        return QByteArray::number(v4);
    const Q_IPV6ADDR v6 = peer.toIPv6Address();
    return {reinterpret_cast<const char *>(v6.c), 8}; // a household or office gets a /64
}

} // namespace

ConnectionQuota::ConnectionQuota(int total, int perAddress) : m_total(total), m_perAddress(perAddress) {}

ConnectionQuota::Ticket ConnectionQuota::enter(const QHostAddress &peer)
{
    const QByteArray key = keyOf(peer);
    const std::lock_guard lock(m_mutex);
    if (m_open >= m_total || m_byAddress.value(key) >= m_perAddress)
        return nullptr;
    ++m_open;
    ++m_byAddress[key];
    // The pointer is only a token; what matters is the deleter.
    return {this, [self = shared_from_this(), key](void *) { self->leave(key); }};
}

int ConnectionQuota::open() const
{
    const std::lock_guard lock(m_mutex);
    return m_open;
}

void ConnectionQuota::leave(const QByteArray &key)
{
    const std::lock_guard lock(m_mutex);
    --m_open;
    const auto entry = m_byAddress.find(key);
    if (entry != m_byAddress.end() && --entry.value() == 0)
        m_byAddress.erase(entry);
}

} // namespace fieldfare::server
