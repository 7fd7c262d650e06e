// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/shared_file.h"

#include "core/base/hash.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <ctime>

namespace fieldfare::storage {

namespace {

struct Registry {
    std::mutex mutex;
    std::unordered_map<std::string, std::weak_ptr<SharedFile>> files;
};

Registry &registry()
{
    static Registry &instance = *new Registry; // not freed: a connection may close while statics are destroyed
    return instance;
}

} // namespace

SharedFile::SharedFile(std::shared_ptr<const DataKey> key, bool seedHeader)
    : m_key(std::move(key)), m_seedHeader(seedHeader), m_firstEpoch(std::uint32_t(std::time(nullptr)))
{
    // The clock only makes a repeated epoch unlikely. A repeated one is harmless: nonces are random in any case.
}

base::Secret SharedFile::derive(QByteArrayView salt, QByteArrayView info, size_t size) const
{
    base::Secret derived(size);
    EVP_KDF *kdf = EVP_KDF_fetch(nullptr, "HKDF", nullptr);
    EVP_KDF_CTX *context = EVP_KDF_CTX_new(kdf);
    char digest[] = "SHA256";
    const base::Secret &key = m_key->secret();
    OSSL_PARAM parameters[5];
    int count = 0;
    parameters[count++] = OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0);
    parameters[count++] =
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, const_cast<std::uint8_t *>(key.data()), key.size());
    if (!salt.isEmpty())
        parameters[count++] = OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SALT, const_cast<char *>(salt.data()),
                                                                size_t(salt.size()));
    parameters[count++] =
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, const_cast<char *>(info.data()), size_t(info.size()));
    parameters[count] = OSSL_PARAM_construct_end();
    if (context == nullptr || EVP_KDF_derive(context, derived.data(), size, parameters) != 1)
        qFatal("OpenSSL has no HKDF");
    EVP_KDF_CTX_free(context);
    EVP_KDF_free(kdf);
    return derived;
}

std::optional<FileSalt> SharedFile::salt() const
{
    const std::lock_guard guard(m_saltMutex);
    if (m_saltGeneration.load() == 0)
        return std::nullopt;
    return m_salt;
}

void SharedFile::setSalt(const FileSalt &salt)
{
    const std::lock_guard guard(m_saltMutex);
    if (m_saltGeneration.load() != 0 && m_salt == salt)
        return;
    m_salt = salt;
    m_saltGeneration.fetch_add(1, std::memory_order_release);
}

std::uint32_t SharedFile::takeWriteEpoch()
{
    const std::uint64_t before = m_pagesWritten.fetch_add(1, std::memory_order_relaxed);
    return m_firstEpoch.load(std::memory_order_relaxed) + std::uint32_t(before >> 30);
}

void SharedFile::noteEpoch(std::uint32_t epoch)
{
    if (m_pagesWritten.load(std::memory_order_relaxed) != 0)
        return;
    std::uint32_t current = m_firstEpoch.load();
    while (epoch >= current && !m_firstEpoch.compare_exchange_weak(current, epoch + 1)) {
    }
}

base::Result<std::shared_ptr<SharedFile>> SharedFileRegistry::join(const std::string &fullPath,
                                                                   std::shared_ptr<const DataKey> key, bool seedHeader)
{
    Registry &all = registry();
    const std::lock_guard guard(all.mutex);
    std::erase_if(all.files, [](const auto &entry) { return entry.second.expired(); });
    if (auto present = all.files[fullPath].lock()) {
        if (!base::equalInConstantTime(present->key().secret().view(), key->secret().view()))
            return base::Error{base::ErrorCode::InvalidArgument, QStringLiteral("the file is open with another key")};
        return present;
    }
    auto file = std::make_shared<SharedFile>(std::move(key), seedHeader);
    all.files[fullPath] = file;
    return file;
}

std::shared_ptr<SharedFile> SharedFileRegistry::find(const std::string &fullPath)
{
    Registry &all = registry();
    const std::lock_guard guard(all.mutex);
    const auto found = all.files.find(fullPath);
    return found == all.files.end() ? nullptr : found->second.lock();
}

} // namespace fieldfare::storage
