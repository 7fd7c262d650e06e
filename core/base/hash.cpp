// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/hash.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/sha.h>

namespace fieldfare::base {

namespace {

/// Looked up once: for short texts the search among OpenSSL's providers, which SHA256() makes each time, costs more than the
/// hash itself.
const EVP_MD *algorithm()
{
    static const EVP_MD *const fetched = EVP_MD_fetch(nullptr, "SHA256", nullptr); // for as long as the program runs
    return fetched;
}

QByteArray hmac(const EVP_MD *hash, qsizetype size, QByteArrayView key, QByteArrayView message)
{
    QByteArray digest(size, Qt::Uninitialized);
    unsigned int length = 0;
    HMAC(hash, key.data(), int(key.size()), reinterpret_cast<const unsigned char *>(message.data()), size_t(message.size()),
         reinterpret_cast<unsigned char *>(digest.data()), &length);
    return digest;
}

} // namespace

Sha256::Sha256() : m_context(EVP_MD_CTX_new())
{
    EVP_DigestInit_ex(m_context, algorithm(), nullptr);
}

Sha256::~Sha256()
{
    EVP_MD_CTX_free(m_context);
}

void Sha256::add(QByteArrayView bytes)
{
    EVP_DigestUpdate(m_context, bytes.data(), size_t(bytes.size()));
}

QByteArray Sha256::result()
{
    QByteArray digest(SHA256_DIGEST_LENGTH, Qt::Uninitialized);
    EVP_DigestFinal_ex(m_context, reinterpret_cast<unsigned char *>(digest.data()), nullptr);
    return digest;
}

QByteArray sha256(QByteArrayView bytes)
{
    Sha256 hash;
    hash.add(bytes);
    return hash.result();
}

QByteArray hmacSha256(QByteArrayView key, QByteArrayView message)
{
    return hmac(EVP_sha256(), SHA256_DIGEST_LENGTH, key, message);
}

QByteArray hmacSha1(QByteArrayView key, QByteArrayView message)
{
    return hmac(EVP_sha1(), SHA_DIGEST_LENGTH, key, message);
}

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), size_t(a.size())) == 0;
}

} // namespace fieldfare::base
