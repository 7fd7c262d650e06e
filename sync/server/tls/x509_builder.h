// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

#include <cstdint>

/// X.509 certificates (RFC 5280) in PEM, made with OpenSSL. Pure functions, any thread, no files.
namespace fieldfare::server {

struct CertificateAndKey {
    QByteArray certificate; ///< PEM, one certificate.
    QByteArray key;         ///< PEM (PKCS#8), not encrypted: whoever keeps it protects it.
};

/// What of a certificate decides about renewing it.
struct CertificateFacts {
    std::int64_t notBeforeMs = 0; ///< Since 1970-01-01 UTC.
    std::int64_t notAfterMs = 0;
    QStringList hosts;              ///< DNS names and addresses of the subjectAltName.
    QByteArray publicKeyHash;       ///< SHA-256 of the SubjectPublicKeyInfo: 32 bytes.
};

/// A self-signed authority on P-256 that may sign leaves and nothing below (path length 0).
[[nodiscard]] base::Result<CertificateAndKey> makeAuthority(const QString &commonName, std::int64_t notBeforeMs,
                                                            std::int64_t notAfterMs);

/// A server certificate with a new P-256 key. `hosts` are DNS names or addresses; the first one is the common name.
/// Fails with InvalidArgument on a host that is neither.
[[nodiscard]] base::Result<CertificateAndKey> makeLeaf(const CertificateAndKey &authority, const QStringList &hosts,
                                                       std::int64_t notBeforeMs, std::int64_t notAfterMs);

/// Reads the first certificate of the PEM text. FileDamaged when there is none.
[[nodiscard]] base::Result<CertificateFacts> readCertificate(const QByteArray &pem);

/// True when the private key belongs to the certificate.
[[nodiscard]] bool keyBelongsTo(const QByteArray &certificatePem, const QByteArray &keyPem);

/// True when the authority's key has signed the first certificate of `pem`.
[[nodiscard]] bool isSignedBy(const QByteArray &pem, const QByteArray &authorityPem);

} // namespace fieldfare::server
