// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/tls/server_tls.h"

#include "sync/server/tls/key_file.h"
#include "sync/server/tls/x509_builder.h"

#include <QSslCertificate>
#include <QSslCipher>
#include <QSslKey>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

/// One key for all connections. Of a QSslKey that Qt has parsed itself every connection gets a copy, whose private half takes room
/// in OpenSSL's secure heap: some 500 silent connections filled it, and nobody else could connect.
QSslKey sharedKey(const QByteArray &pem)
{
    BIO *const bio = BIO_new_mem_buf(pem.constData(), int(pem.size()));
    const auto noPassphrase = [](char *, int, int, void *) { return 0; };
    EVP_PKEY *const key = bio != nullptr ? PEM_read_bio_PrivateKey(bio, nullptr, noPassphrase, nullptr) : nullptr;
    BIO_free(bio);
    return key != nullptr ? QSslKey(Qt::HANDLE(key), QSsl::PrivateKey) : QSslKey(); // which frees it
}

} // namespace

Result<QSslConfiguration> serverTlsConfiguration(const QString &certificatePath, const QString &keyPath)
{
    FIELDFARE_ASSIGN(const QByteArray certificatePem, readPublicFile(certificatePath));
    FIELDFARE_ASSIGN(const QByteArray keyPem, readKeyFile(keyPath));
    const QList<QSslCertificate> chain = QSslCertificate::fromData(certificatePem, QSsl::Pem);
    if (chain.isEmpty())
        return base::Error{ErrorCode::FileDamaged, QStringLiteral("no certificate in %1").arg(certificatePath), {certificatePath}};
    if (!keyBelongsTo(certificatePem, keyPem)) {
        return base::Error{ErrorCode::FileDamaged, QStringLiteral("%1 is not the key of %2").arg(keyPath, certificatePath),
                           {keyPath}};
    }
    const QSslKey key = sharedKey(keyPem);
    if (key.isNull())
        return base::Error{ErrorCode::FileDamaged, QStringLiteral("neither an EC nor an RSA key: %1").arg(keyPath), {keyPath}};

    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setCiphers(QStringLiteral(
        "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:"
        "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES128-GCM-SHA256:"
        "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES128-GCM-SHA256"));
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone);
    // Qt makes an OpenSSL context per connection; without this line each would load the system's 140 authorities.
    configuration.setCaCertificates({});
    configuration.setLocalCertificateChain(chain);
    configuration.setPrivateKey(key);
    return configuration;
}

} // namespace fieldfare::server
