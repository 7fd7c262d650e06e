// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "sync/net/server_address.h"

#include <QDateTime>
#include <QNetworkProxy>
#include <QSslConfiguration>

#include <cstdint>
#include <optional>

/// What HttpClient and LiveSocket have in common about TLS and proxies.
namespace fieldfare::net {

/// Whom we are talking to, for the first-run page and the settings.
struct PeerInfo {
    QString tlsVersion;             ///< "TLS 1.3".
    QByteArray authorityFingerprint; ///< SHA-256 of the last certificate's key, lower-case hex: what to compare and pin.
    QByteArray authorityPem;
    QByteArray leafFingerprint;
    QString issuer;
    QDateTime validUntil;           ///< Of the leaf.
    bool isPinned = false;          ///< Passes checkChain() for the address given.
    std::optional<base::Error> problem; ///< Dates, host name or signatures are wrong, pins aside.
};

/// TLS 1.2 and later, no authority trusted by itself: every chain is judged by checkChain(). Sessions are not resumed,
/// so that every connection shows its chain.
[[nodiscard]] QSslConfiguration clientTlsConfiguration();

/// The system's proxy for the server; none for this computer itself.
[[nodiscard]] QNetworkProxy proxyFor(const QUrl &url);

/// Judges a hand-shake that is done or failing by `configuration`'s peer chain.
[[nodiscard]] base::Result<void> checkPeer(const QSslConfiguration &configuration, const ServerAddress &address,
                                           std::int64_t nowMs);

[[nodiscard]] PeerInfo describePeer(const QSslConfiguration &configuration, const ServerAddress &address,
                                    std::int64_t nowMs);

} // namespace fieldfare::net
