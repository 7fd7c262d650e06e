// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/server_address.h"

#include "sync/net/chain_check.h"

#include <QSslCertificate>

#include <algorithm>

namespace fieldfare::net {

using base::ErrorCode;

namespace {
constexpr int kUsualPort = 8443;
}

QSet<QByteArray> ServerAddress::allPins() const
{
    QSet<QByteArray> all = pins;
    const QList<QSslCertificate> authorities = QSslCertificate::fromData(authorityPem, QSsl::Pem);
    for (const QSslCertificate &authority : authorities)
        all.insert(publicKeyHash(authority));
    return all;
}

base::Result<QUrl> parseServerUrl(const QString &text)
{
    QString full = text.trimmed();
    if (!full.contains(QLatin1String("://")))
        full.prepend(QLatin1String("https://"));
    QUrl url(full, QUrl::StrictMode);
    const bool isPlain = url.isValid() && url.scheme() == QLatin1String("https") && !url.host().isEmpty()
        && url.userInfo().isEmpty() && (url.path().isEmpty() || url.path() == QLatin1String("/")) && !url.hasQuery()
        && !url.hasFragment();
    if (!isPlain)
        return base::Error{ErrorCode::InvalidArgument, QStringLiteral("not the address of a server"), {text}};
    if (url.port() < 0)
        url.setPort(kUsualPort);
    url.setPath(QString());
    return url;
}

base::Result<QByteArray> parseFingerprint(const QString &text)
{
    QByteArray digits = text.toLatin1().toLower();
    digits.replace(':', "").replace(' ', "");
    const bool isHex = digits.size() == 64
        && std::all_of(digits.begin(), digits.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
    if (!isHex)
        return base::Error{ErrorCode::InvalidArgument, QStringLiteral("a fingerprint has 64 hex digits"), {text}};
    return QByteArray::fromHex(digits);
}

} // namespace fieldfare::net
