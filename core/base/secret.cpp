// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret.h"

#include <openssl/crypto.h>

#include <cstring>
#include <utility>

namespace fieldfare::base {

Secret::Secret(size_t size) : m_size(size)
{
    if (size != 0)
        m_data = static_cast<std::uint8_t *>(OPENSSL_secure_zalloc(size));
    if (size != 0 && m_data == nullptr)
        qFatal("out of secure memory");
}

Secret Secret::fromBytes(QByteArrayView bytes)
{
    Secret secret(size_t(bytes.size()));
    if (!bytes.isEmpty())
        std::memcpy(secret.m_data, bytes.data(), size_t(bytes.size()));
    return secret;
}

Secret::Secret(Secret &&other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0))
{
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
}

Secret::~Secret()
{
    if (m_data != nullptr)
        OPENSSL_secure_clear_free(m_data, m_size);
}

Secret Secret::clone() const
{
    return fromBytes(view());
}

bool Secret::initializeHeap()
{
    // At exit OpenSSL would tear down what a thread that ends in the same moment still uses: a thread counts as ended before its last
    // own clean-up has run. The system takes everything back anyway; the secure heap has been wiped piece by piece.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    // OpenSSL puts the ephemeral keys of TLS there, too: a server may be in the midst of thousands of hand-shakes.
    constexpr size_t kRoomy = 1024 * 1024;
    constexpr size_t kLeast = 64 * 1024; // what a system that locks little memory still gives
    if (CRYPTO_secure_malloc_initialized() == 1 || CRYPTO_secure_malloc_init(kRoomy, 32) == 1)
        return true;
    CRYPTO_secure_malloc_done();
    return CRYPTO_secure_malloc_init(kLeast, 32) == 1;
}

void wipe(void *data, size_t size)
{
    OPENSSL_cleanse(data, size);
}

} // namespace fieldfare::base
