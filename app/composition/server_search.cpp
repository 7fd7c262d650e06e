// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/composition/server_search.h"

#include "sync/net/server_address.h"

namespace fieldfare::app {

using base::Result;

namespace {

QString fourByFour(const QByteArray &fingerprint)
{
    const QString hex = QString::fromLatin1(fingerprint);
    QStringList groups;
    for (qsizetype i = 0; i < hex.size(); i += 4)
        groups.append(hex.mid(i, 4));
    return groups.join(QLatin1Char(' '));
}

} // namespace

void ServerSearch::start(const QString &address, std::function<void(const Result<FoundServer> &)> done)
{
    m_enrolment.reset();
    const auto url = net::parseServerUrl(address);
    if (!url.ok())
        return done(url.error());
    FoundServer found;
    found.address.url = *url;
    found.shown.address = address;
    m_enrolment = std::make_unique<Enrolment>(found.address, m_clock, m_random);
    m_enrolment->probe([found, done = std::move(done)](const Result<net::PeerInfo> &peer) mutable {
        if (!peer.ok())
            return done(peer.error());
        found.address.pins = {QByteArray::fromHex(peer->authorityFingerprint)};
        found.address.authorityPem = peer->authorityPem;
        found.shown.protocol = peer->tlsVersion;
        found.shown.fingerprint = fourByFour(peer->authorityFingerprint);
        done(found);
    });
}

} // namespace fieldfare::app
