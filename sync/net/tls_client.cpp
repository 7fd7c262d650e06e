// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/tls_client.h"

#include "sync/net/chain_check.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QSslCertificate>
#include <QSslSocket>

namespace fieldfare::net {

namespace {

ChainQuestion questionFor(const QSslConfiguration &configuration, const ServerAddress &address, std::int64_t nowMs)
{
    ChainQuestion question;
    question.chain = configuration.peerCertificateChain();
    question.host = address.url.host();
    question.pins = address.allPins();
    question.authorityPem = address.authorityPem;
    question.nowMs = nowMs;
    question.throughProxy = proxyFor(address.url).type() != QNetworkProxy::NoProxy;
    return question;
}

QString versionName(QSsl::SslProtocol protocol)
{
    switch (protocol) {
    case QSsl::TlsV1_2:
        return QStringLiteral("TLS 1.2");
    case QSsl::TlsV1_3:
        return QStringLiteral("TLS 1.3");
    default:
        return QStringLiteral("TLS");
    }
}

} // namespace

QSslConfiguration clientTlsConfiguration()
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setCaCertificates({});
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    configuration.setSslOption(QSsl::SslOptionDisableSessionSharing, true);
    configuration.setSslOption(QSsl::SslOptionDisableSessionTickets, true);
    return configuration;
}

QNetworkProxy proxyFor(const QUrl &url)
{
    const QHostAddress address(url.host());
    if (url.host() == QLatin1String("localhost") || address.isLoopback())
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
}

base::Result<void> checkPeer(const QSslConfiguration &configuration, const ServerAddress &address, std::int64_t nowMs)
{
    return checkChain(questionFor(configuration, address, nowMs));
}

PeerInfo describePeer(const QSslConfiguration &configuration, const ServerAddress &address, std::int64_t nowMs)
{
    PeerInfo info;
    const ChainQuestion question = questionFor(configuration, address, nowMs);
    info.tlsVersion = versionName(configuration.sessionProtocol());
    info.isPinned = !question.pins.isEmpty() && checkChain(question).ok();
    const base::Result<void> shown = checkChainAsShown(question);
    if (!shown)
        info.problem = shown.error();
    if (question.chain.isEmpty())
        return info;
    info.leafFingerprint = publicKeyHash(question.chain.first()).toHex();
    info.authorityFingerprint = publicKeyHash(question.chain.last()).toHex();
    info.authorityPem = question.chain.last().toPem();
    info.issuer = issuerName(question.chain.first());
    info.validUntil = question.chain.first().expiryDate();
    return info;
}

} // namespace fieldfare::net
