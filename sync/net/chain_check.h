// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QList>
#include <QSet>
#include <QSslCertificate>
#include <QString>

#include <cstdint>

/// Whether the certificates that a server showed are those of our server. Pure functions; any thread.
namespace fieldfare::net {

/// SHA-256 of the certificate's SubjectPublicKeyInfo (as in RFC 7469): 32 bytes. A renewed certificate keeps it.
[[nodiscard]] QByteArray publicKeyHash(const QSslCertificate &certificate);

struct ChainQuestion {
    QList<QSslCertificate> chain;     ///< As shown, the leaf first.
    QString host;                     ///< The name or address that was asked for.
    QSet<QByteArray> pins;            ///< Keys that are trusted; certificates with other keys are not, whoever signed them.
    QByteArray authorityPem;          ///< A pinned authority that the server may not have sent.
    std::int64_t nowMs = 0;           ///< Since 1970-01-01 UTC.
    bool throughProxy = false;        ///< Then a foreign chain is most likely the proxy's.
};

/// Succeeds when a path of valid signatures and dates leads from the leaf to a certificate whose key is pinned, and the
/// leaf is for the host. (The pinned key must *sign*: that its certificate is somewhere in the chain is not enough.)
/// Otherwise, with the issuer's name and the reason as arguments:
/// - CertificateUntrusted: nothing pinned yet; or ours but expired, not yet valid, or for another host.
/// - TlsInspected: not ours, and either this computer's own authorities vouch for it or it came through a proxy.
/// - CertificateChanged: not ours, for no such reason.
[[nodiscard]] base::Result<void> checkChain(const ChainQuestion &question);

/// The same check of dates, signatures and host with the last certificate of the chain taken as trusted; for showing a
/// person what a server has before anything is pinned. Never a reason to send it a secret.
[[nodiscard]] base::Result<void> checkChainAsShown(const ChainQuestion &question);

/// The name to show for who made a certificate: organisation and common name of its issuer.
[[nodiscard]] QString issuerName(const QSslCertificate &certificate);

} // namespace fieldfare::net
