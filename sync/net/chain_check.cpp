// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/chain_check.h"

#include "core/base/hash.h"

#include <QDateTime>
#include <QHostAddress>
#include <QSslConfiguration>
#include <QUrl>

#include <openssl/err.h>
#include <openssl/x509.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <ctime>
#include <memory>

namespace fieldfare::net {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qsizetype kLongestChain = 10;

template <auto Free>
struct Freer {
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
void freeStack(STACK_OF(X509) * stack)
{
    sk_X509_pop_free(stack, X509_free);
}
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Stack = std::unique_ptr<STACK_OF(X509), Freer<freeStack>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using Context = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;

Certificate parsed(const QSslCertificate &certificate)
{
    const QByteArray der = certificate.toDer();
    auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    Certificate result(d2i_X509(nullptr, &bytes, long(der.size())));
    ERR_clear_error();
    return result;
}

/// X509_V_OK, or OpenSSL's reason. Any trusted certificate ends the path, self-signed or not (a pinned leaf as well).
int verify(const ChainQuestion &question, const QList<QSslCertificate> &trusted)
{
    const Store store(X509_STORE_new());
    const Stack untrusted(sk_X509_new_null());
    const Context context(X509_STORE_CTX_new());
    if (!store || !untrusted || !context)
        return X509_V_ERR_OUT_OF_MEM;
    for (const QSslCertificate &certificate : trusted) {
        if (const Certificate anchor = parsed(certificate))
            X509_STORE_add_cert(store.get(), anchor.get());
    }
    for (const QSslCertificate &certificate : question.chain) {
        Certificate link = parsed(certificate);
        if (link && sk_X509_push(untrusted.get(), link.get()) > 0)
            static_cast<void>(link.release()); // the stack has it now
    }
    const Certificate leaf = parsed(question.chain.first());
    if (!leaf || X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), untrusted.get()) != 1)
        return X509_V_ERR_UNSPECIFIED;

    X509_VERIFY_PARAM *const rules = X509_STORE_CTX_get0_param(context.get());
    X509_VERIFY_PARAM_set_flags(rules, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
    X509_VERIFY_PARAM_set_auth_level(rules, 1); // no MD5, no RSA below 1024 bits
    X509_VERIFY_PARAM_set_time(rules, std::time_t(question.nowMs / 1000));
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
    const QHostAddress address(question.host);
    const QByteArray host = address.isNull() ? QUrl::toAce(question.host) : address.toString().toLatin1();
    const int named = address.isNull() ? X509_VERIFY_PARAM_set1_host(rules, host.constData(), size_t(host.size()))
                                       : X509_VERIFY_PARAM_set1_ip_asc(rules, host.constData());
    if (host.isEmpty() || named != 1)
        return X509_V_ERR_HOSTNAME_MISMATCH;
    const int good = X509_verify_cert(context.get());
    const int reason = X509_STORE_CTX_get_error(context.get());
    ERR_clear_error();
    return good == 1 ? X509_V_OK : reason != X509_V_OK ? reason : X509_V_ERR_UNSPECIFIED;
}

/// A validity that does not fit is as often this computer's clock as the certificate: both are named.
QString reasonText(int reason, const ChainQuestion &question)
{
    const QString text = QString::fromLatin1(X509_verify_cert_error_string(reason));
    if (reason != X509_V_ERR_CERT_NOT_YET_VALID && reason != X509_V_ERR_CERT_HAS_EXPIRED)
        return text;
    const QString now = QDateTime::fromMSecsSinceEpoch(question.nowMs, Qt::UTC).toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    return text + QStringLiteral(", or this computer's clock is wrong: it says %1 UTC").arg(now);
}

base::Error failure(ErrorCode code, const ChainQuestion &question, const QString &reason)
{
    const QString issuer = question.chain.isEmpty() ? QString() : issuerName(question.chain.first());
    return {code, QStringLiteral("%1: %2 (issuer: %3)").arg(question.host, reason, issuer), {issuer, reason}};
}

/// Reading and parsing them takes most of a second on a slow machine: once, and only when a chain is not ours.
const QList<QSslCertificate> &systemAuthorities()
{
    static const QList<QSslCertificate> authorities = QSslConfiguration::systemCaCertificates();
    return authorities;
}

/// A leaf and its own authority can be told apart from "signed by nobody we know" only by these.
bool isAboutTrust(int reason)
{
    switch (reason) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
    case X509_V_ERR_CERT_UNTRUSTED:
        return true;
    default:
        return false;
    }
}

} // namespace

QByteArray publicKeyHash(const QSslCertificate &certificate)
{
    const Certificate x509 = parsed(certificate);
    if (!x509)
        return {};
    unsigned char *der = nullptr;
    const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x509.get()), &der);
    if (size <= 0)
        return {};
    QByteArray hash = base::sha256(QByteArrayView(reinterpret_cast<const char *>(der), size));
    OPENSSL_free(der);
    return hash;
}

QString issuerName(const QSslCertificate &certificate)
{
    QStringList parts = certificate.issuerInfo(QSslCertificate::Organization);
    parts += certificate.issuerInfo(QSslCertificate::CommonName);
    parts.removeDuplicates();
    return parts.join(QStringLiteral(", "));
}

Result<void> checkChain(const ChainQuestion &question)
{
    if (question.chain.isEmpty() || question.chain.size() > kLongestChain)
        return failure(ErrorCode::CertificateUntrusted, question, QStringLiteral("no usable certificate chain"));
    QList<QSslCertificate> trusted;
    const QList<QSslCertificate> candidates = question.chain + QSslCertificate::fromData(question.authorityPem, QSsl::Pem);
    for (const QSslCertificate &certificate : candidates) {
        if (question.pins.contains(publicKeyHash(certificate)))
            trusted.append(certificate);
    }
    const int reason = trusted.isEmpty() ? X509_V_ERR_CERT_UNTRUSTED : verify(question, trusted);
    if (reason == X509_V_OK)
        return {};
    if (!isAboutTrust(reason) || question.pins.isEmpty())
        return failure(ErrorCode::CertificateUntrusted, question, reasonText(reason, question));

    const bool isInspected = question.throughProxy || verify(question, systemAuthorities()) == X509_V_OK;
    const ErrorCode code = isInspected ? ErrorCode::TlsInspected : ErrorCode::CertificateChanged;
    return failure(code, question, reasonText(reason, question));
}

Result<void> checkChainAsShown(const ChainQuestion &question)
{
    if (question.chain.isEmpty() || question.chain.size() > kLongestChain)
        return failure(ErrorCode::CertificateUntrusted, question, QStringLiteral("no usable certificate chain"));
    const int reason = verify(question, {question.chain.last()});
    if (reason == X509_V_OK)
        return {};
    return failure(ErrorCode::CertificateUntrusted, question, reasonText(reason, question));
}

} // namespace fieldfare::net
