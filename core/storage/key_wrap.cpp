// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/key_wrap.h"

#include "core/base/random.h"
#include "core/storage/page_cipher.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Secret;

namespace {

constexpr qsizetype kKeySize = 32;
constexpr int kHashSize = 32;

const unsigned char *u(QByteArrayView bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.data());
}

OSSL_PARAM octets(const char *name, QByteArrayView bytes)
{
    return OSSL_PARAM_construct_octet_string(name, const_cast<char *>(bytes.data()), size_t(bytes.size()));
}

/// `mode` is one of OpenSSL's EVP_KDF_HKDF_MODE_*; what is empty of `salt` and `info` is not given.
Secret hkdf(int mode, const Secret &key, QByteArrayView salt, QByteArrayView info, size_t size)
{
    Secret derived(size);
    char digest[] = "SHA256";
    OSSL_PARAM parameters[6];
    int count = 0;
    parameters[count++] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0);
    parameters[count++] = OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode);
    parameters[count++] = octets(OSSL_KDF_PARAM_KEY, key.view());
    if (!salt.isEmpty())
        parameters[count++] = octets(OSSL_KDF_PARAM_SALT, salt);
    if (!info.isEmpty())
        parameters[count++] = octets(OSSL_KDF_PARAM_INFO, info);
    parameters[count] = OSSL_PARAM_construct_end();
    // Looked up once, for as long as the program runs: the search among OpenSSL's providers costs more than a derivation.
    static EVP_KDF *const fetched = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(fetched);
    if (context == nullptr || EVP_KDF_derive(context, derived.data(), size, parameters) != 1)
        qFatal("OpenSSL has no HKDF");
    EVP_KDF_CTX_free(context);
    return derived;
}

} // namespace

WrappedKey WrappedKey::fromBytes(QByteArrayView bytes)
{
    Q_ASSERT(bytes.size() == kSize);
    return {bytes.first(kNonceSize).toByteArray(), bytes.sliced(kNonceSize, kKeySize).toByteArray(), bytes.last(kTagSize).toByteArray()};
}

base::Result<Secret> key_wrap::stretch(const Secret &passphrase, QByteArrayView salt, int logN)
{
    const std::uint64_t n = std::uint64_t(1) << logN;
    // scrypt takes 128 * r * N bytes; 256 MB are enough for the default cost.
    const std::uint64_t memory = std::max<std::uint64_t>(256 * 1024 * 1024, 128 * 8 * n + 16 * 1024 * 1024);
    Secret stretched(static_cast<size_t>(kKeySize));
    if (EVP_PBE_scrypt(reinterpret_cast<const char *>(passphrase.data()), passphrase.size(), u(salt), size_t(salt.size()), n, 8, 1, memory,
                       stretched.data(), stretched.size()) != 1)
        return Error{ErrorCode::Internal, QStringLiteral("scrypt failed, probably for want of memory")};
    return stretched;
}

Secret key_wrap::derive(const Secret &key, QByteArrayView salt, QByteArrayView info, size_t size)
{
    return hkdf(EVP_KDF_HKDF_MODE_EXTRACT_AND_EXPAND, key, salt, info, size);
}

Secret key_wrap::extract(const Secret &input, QByteArrayView salt)
{
    static constexpr char kNoSalt[kHashSize] = {};
    return hkdf(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, input, salt.isEmpty() ? QByteArrayView(kNoSalt, kHashSize) : salt, {}, kHashSize);
}

Secret key_wrap::expand(const Secret &extracted, QByteArrayView info, size_t size)
{
    return hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, extracted, {}, info, size);
}

base::Result<WrappedKey> key_wrap::wrap(const Secret &key, const Secret &under, QByteArrayView additional)
{
    WrappedKey wrapped{base::SystemRandom().bytes(kNonceSize), QByteArray(kKeySize, '\0'), QByteArray(kTagSize, '\0')};
    const CipherContext context(EVP_CIPHER_CTX_new());
    auto *out = reinterpret_cast<unsigned char *>(wrapped.body.data());
    int length = 0;
    if (qsizetype(key.size()) != kKeySize ||
        EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, under.data(), u(wrapped.nonce)) != 1 ||
        EVP_EncryptUpdate(context.get(), nullptr, &length, u(additional), int(additional.size())) != 1 ||
        EVP_EncryptUpdate(context.get(), out, &length, key.data(), int(key.size())) != 1 ||
        EVP_EncryptFinal_ex(context.get(), out + length, &length) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_GET_TAG, kTagSize, wrapped.tag.data()) != 1)
        return Error{ErrorCode::Internal, QStringLiteral("wrapping a key failed")};
    return wrapped;
}

std::optional<Secret> key_wrap::unwrap(const WrappedKey &wrapped, const Secret &under, QByteArrayView additional)
{
    Secret key(static_cast<size_t>(kKeySize));
    QByteArray tag = wrapped.tag;
    const CipherContext context(EVP_CIPHER_CTX_new());
    int length = 0;
    if (EVP_DecryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, under.data(), u(wrapped.nonce)) != 1 ||
        EVP_DecryptUpdate(context.get(), nullptr, &length, u(additional), int(additional.size())) != 1 ||
        EVP_DecryptUpdate(context.get(), key.data(), &length, u(wrapped.body), int(kKeySize)) != 1 ||
        EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_AEAD_SET_TAG, kTagSize, tag.data()) != 1 ||
        EVP_DecryptFinal_ex(context.get(), key.data() + length, &length) != 1)
        return std::nullopt;
    return key;
}

} // namespace fieldfare::storage
