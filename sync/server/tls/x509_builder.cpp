// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/tls/x509_builder.h"

#include "core/base/hash.h"
#include "core/base/random.h"

#include <QHostAddress>
#include <QUrl>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

template <auto Free>
struct Freer {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
void freeNames(GENERAL_NAMES *names)
{
    GENERAL_NAMES_free(names);
}
using Bio = std::unique_ptr<BIO, Freer<BIO_free_all>>;
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Extension = std::unique_ptr<X509_EXTENSION, Freer<X509_EXTENSION_free>>;
using Names = std::unique_ptr<GENERAL_NAMES, Freer<freeNames>>;

base::Error cryptoFailure(const char *step)
{
    const unsigned long code = ERR_get_error();
    char text[200] = "";
    if (code != 0)
        ERR_error_string_n(code, text, sizeof text);
    ERR_clear_error();
    return {ErrorCode::Internal, QStringLiteral("%1: %2").arg(QString::fromLatin1(step), QString::fromLatin1(text))};
}

QByteArray contentOf(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, qsizetype(size)};
}

Bio reading(const QByteArray &bytes)
{
    return Bio(BIO_new_mem_buf(bytes.constData(), int(bytes.size())));
}

Certificate certificateFrom(const QByteArray &pem)
{
    Certificate certificate(PEM_read_bio_X509(reading(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return certificate;
}

Key keyFrom(const QByteArray &pem)
{
    Key key(PEM_read_bio_PrivateKey(reading(pem).get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    return key;
}

bool addExtension(X509 *certificate, X509 *issuer, int nid, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, nid, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

bool setValidity(X509 *certificate, std::int64_t notBeforeMs, std::int64_t notAfterMs)
{
    return ASN1_TIME_set(X509_getm_notBefore(certificate), std::time_t(notBeforeMs / 1000)) != nullptr
        && ASN1_TIME_set(X509_getm_notAfter(certificate), std::time_t(notAfterMs / 1000)) != nullptr;
}

bool setSubject(X509 *certificate, const QString &commonName)
{
    X509_NAME *name = X509_get_subject_name(certificate);
    const auto add = [name](const char *field, const QByteArray &value) {
        return X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                                          reinterpret_cast<const unsigned char *>(value.constData()),
                                          int(value.size()), -1, 0) == 1;
    };
    // RFC 5280 gives the common name at most 64 characters.
    return add("O", QByteArrayLiteral("Fieldfare")) && add("CN", commonName.left(64).toUtf8());
}

/// Version 3, a random positive serial of 16 bytes, validity, subject, key.
bool prepare(X509 *certificate, EVP_PKEY *key, const QString &commonName, std::int64_t notBeforeMs,
             std::int64_t notAfterMs)
{
    base::SystemRandom random;
    QByteArray serial = random.bytes(16);
    serial[0] = char((serial.at(0) & 0x7f) | 0x01);
    const std::unique_ptr<BIGNUM, Freer<BN_free>> number(
        BN_bin2bn(reinterpret_cast<const unsigned char *>(serial.constData()), int(serial.size()), nullptr));
    return number && X509_set_version(certificate, X509_VERSION_3) == 1
        && BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(certificate)) != nullptr
        && setValidity(certificate, notBeforeMs, notAfterMs) && setSubject(certificate, commonName)
        && X509_set_pubkey(certificate, key) == 1;
}

Result<CertificateAndKey> written(X509 *certificate, EVP_PKEY *key)
{
    const Bio certificateText(BIO_new(BIO_s_mem()));
    const Bio keyText(BIO_new(BIO_s_mem()));
    if (PEM_write_bio_X509(certificateText.get(), certificate) != 1
        || PEM_write_bio_PKCS8PrivateKey(keyText.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1)
        return cryptoFailure("write certificate");
    return CertificateAndKey{contentOf(certificateText.get()), contentOf(keyText.get())};
}

/// "DNS:a.example,IP:192.0.2.1". The host list comes from the administrator: a comma or a stray character must not
/// smuggle in another name.
Result<QByteArray> alternativeNames(const QStringList &hosts)
{
    QByteArrayList entries;
    for (const QString &host : hosts) {
        const QHostAddress address(host);
        if (!address.isNull()) {
            entries.append("IP:" + address.toString().toLatin1());
            continue;
        }
        const QByteArray ascii = QUrl::toAce(host);
        const bool plausible = !ascii.isEmpty() && ascii.size() <= 253
            && std::all_of(ascii.begin(), ascii.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
               });
        if (!plausible)
            return base::Error{ErrorCode::InvalidArgument, QStringLiteral("not a host name or address"), {host}};
        entries.append("DNS:" + ascii);
    }
    return entries.join(',');
}

QStringList hostsOf(X509 *certificate)
{
    QStringList hosts;
    const Names names(static_cast<GENERAL_NAMES *>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    const int count = names ? sk_GENERAL_NAME_num(names.get()) : 0;
    for (int i = 0; i < count; ++i) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type == GEN_DNS) {
            hosts.append(QString::fromLatin1(reinterpret_cast<const char *>(ASN1_STRING_get0_data(name->d.dNSName)),
                                             ASN1_STRING_length(name->d.dNSName)));
        } else if (name->type == GEN_IPADD) {
            const unsigned char *bytes = ASN1_STRING_get0_data(name->d.iPAddress);
            if (ASN1_STRING_length(name->d.iPAddress) == 4) {
                const quint32 v4 = quint32(bytes[0]) << 24 | quint32(bytes[1]) << 16 | quint32(bytes[2]) << 8 | bytes[3];
                hosts.append(QHostAddress(v4).toString());
            } else if (ASN1_STRING_length(name->d.iPAddress) == 16) {
                hosts.append(QHostAddress(bytes).toString());
            }
        }
    }
    return hosts;
}

std::int64_t milliseconds(const ASN1_TIME *time)
{
    std::tm fields{};
    if (ASN1_TIME_to_tm(time, &fields) != 1)
        return 0;
    int days = 0;
    int seconds = 0;
    const std::unique_ptr<ASN1_TIME, Freer<ASN1_TIME_free>> start(ASN1_TIME_set(nullptr, 0));
    if (ASN1_TIME_diff(&days, &seconds, start.get(), time) != 1)
        return 0;
    return (std::int64_t(days) * 86'400 + seconds) * 1000;
}

} // namespace

Result<CertificateAndKey> makeAuthority(const QString &commonName, std::int64_t notBeforeMs, std::int64_t notAfterMs)
{
    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate || !prepare(certificate.get(), key.get(), commonName, notBeforeMs, notAfterMs)
        || X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get())) != 1)
        return cryptoFailure("prepare authority");
    X509 *const self = certificate.get();
    if (!addExtension(self, self, NID_basic_constraints, "critical,CA:TRUE,pathlen:0")
        || !addExtension(self, self, NID_key_usage, "critical,keyCertSign,cRLSign")
        || !addExtension(self, self, NID_subject_key_identifier, "hash"))
        return cryptoFailure("authority extensions");
    if (X509_sign(self, key.get(), EVP_sha256()) == 0)
        return cryptoFailure("sign authority");
    return written(self, key.get());
}

Result<CertificateAndKey> makeLeaf(const CertificateAndKey &authority, const QStringList &hosts,
                                   std::int64_t notBeforeMs, std::int64_t notAfterMs)
{
    if (hosts.isEmpty())
        return base::Error{ErrorCode::InvalidArgument, QStringLiteral("a server certificate needs a host"), {}};
    FIELDFARE_ASSIGN(const QByteArray names, alternativeNames(hosts));
    const Certificate issuer = certificateFrom(authority.certificate);
    const Key issuerKey = keyFrom(authority.key);
    if (!issuer || !issuerKey)
        return base::Error{ErrorCode::FileDamaged, QStringLiteral("the authority cannot be read"), {}};

    const Key key(EVP_EC_gen("P-256"));
    const Certificate certificate(X509_new());
    if (!key || !certificate || !prepare(certificate.get(), key.get(), hosts.first(), notBeforeMs, notAfterMs)
        || X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get())) != 1)
        return cryptoFailure("prepare leaf");
    X509 *const leaf = certificate.get();
    if (!addExtension(leaf, issuer.get(), NID_basic_constraints, "critical,CA:FALSE")
        || !addExtension(leaf, issuer.get(), NID_key_usage, "critical,digitalSignature")
        || !addExtension(leaf, issuer.get(), NID_ext_key_usage, "serverAuth")
        || !addExtension(leaf, issuer.get(), NID_subject_key_identifier, "hash")
        || !addExtension(leaf, issuer.get(), NID_authority_key_identifier, "keyid:always")
        || !addExtension(leaf, issuer.get(), NID_subject_alt_name, names.constData()))
        return cryptoFailure("leaf extensions");
    if (X509_sign(leaf, issuerKey.get(), EVP_sha256()) == 0)
        return cryptoFailure("sign leaf");
    return written(leaf, key.get());
}

Result<CertificateFacts> readCertificate(const QByteArray &pem)
{
    const Certificate certificate = certificateFrom(pem);
    if (!certificate)
        return base::Error{ErrorCode::FileDamaged, QStringLiteral("no certificate in the file"), {}};
    CertificateFacts facts;
    facts.notBeforeMs = milliseconds(X509_get0_notBefore(certificate.get()));
    facts.notAfterMs = milliseconds(X509_get0_notAfter(certificate.get()));
    facts.hosts = hostsOf(certificate.get());
    unsigned char *der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate.get()), &der);
    if (size <= 0)
        return cryptoFailure("public key");
    facts.publicKeyHash = base::sha256(QByteArrayView(reinterpret_cast<const char *>(der), size));
    OPENSSL_free(der);
    return facts;
}

bool keyBelongsTo(const QByteArray &certificatePem, const QByteArray &keyPem)
{
    const Certificate certificate = certificateFrom(certificatePem);
    const Key key = keyFrom(keyPem);
    const bool matches = certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
    ERR_clear_error();
    return matches;
}

bool isSignedBy(const QByteArray &pem, const QByteArray &authorityPem)
{
    const Certificate certificate = certificateFrom(pem);
    const Certificate authority = certificateFrom(authorityPem);
    const bool matches = certificate && authority
        && X509_verify(certificate.get(), X509_get0_pubkey(authority.get())) == 1;
    ERR_clear_error();
    return matches;
}

} // namespace fieldfare::server
