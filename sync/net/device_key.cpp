// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/net/device_key.h"

#include <openssl/evp.h>

#include <memory>

namespace fieldfare::net {

using base::ErrorCode;
using base::Result;

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Key privateKey(const base::Secret &seed)
{
    return {EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()), EVP_PKEY_free};
}

base::Error failed()
{
    return {ErrorCode::Internal, QStringLiteral("OpenSSL refuses the device key")};
}

} // namespace

DeviceKey DeviceKey::generate(base::RandomSource &random)
{
    base::Secret seed(kSeedBytes);
    random.fill({seed.data(), seed.size()});
    return DeviceKey(std::move(seed));
}

Result<DeviceKey> DeviceKey::fromSeed(QByteArrayView seed)
{
    if (size_t(seed.size()) != kSeedBytes)
        return {ErrorCode::InvalidArgument, QStringLiteral("a device key of %1 bytes").arg(seed.size())};
    return DeviceKey(base::Secret::fromBytes(seed));
}

Result<QByteArray> DeviceKey::publicKey() const
{
    const Key key = privateKey(m_seed);
    QByteArray bytes(32, '\0');
    size_t size = 32;
    if (key == nullptr || EVP_PKEY_get_raw_public_key(key.get(), reinterpret_cast<unsigned char *>(bytes.data()), &size) != 1 || size != 32)
        return failed();
    return bytes;
}

Result<QByteArray> DeviceKey::sign(const QByteArray &message) const
{
    const Key key = privateKey(m_seed);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    QByteArray signature(64, '\0');
    size_t size = 64;
    if (key == nullptr || context == nullptr || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1
        || EVP_DigestSign(context.get(), reinterpret_cast<unsigned char *>(signature.data()), &size,
                          reinterpret_cast<const unsigned char *>(message.constData()), size_t(message.size())) != 1
        || size != 64)
        return failed();
    return signature;
}

} // namespace fieldfare::net
