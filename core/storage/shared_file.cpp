// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/shared_file.h"

#include "core/base/hash.h"
#include "core/storage/key_wrap.h"

#include <algorithm>
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
    : m_key(std::move(key)), m_seedHeader(seedHeader), m_firstEpoch(std::max(std::uint32_t(std::time(nullptr)), m_key->boundary()))
{
    // The clock only makes a repeated epoch unlikely. A repeated one is harmless: nonces are random in any case.
}

std::shared_ptr<const DataKey> SharedFile::key() const
{
    const std::lock_guard guard(m_keyMutex);
    return m_key;
}

bool SharedFile::knows(const DataKey &key) const
{
    const std::lock_guard guard(m_keyMutex);
    const auto isSame = [&key](const base::Secret &secret) { return base::equalInConstantTime(secret.view(), key.secret().view()); };
    return isSame(m_key->secret()) || (m_key->hasFormer() && isSame(m_key->former())) ||
           (!m_formerIds.empty() && std::find(m_formerIds.begin(), m_formerIds.end(), key.id()) != m_formerIds.end());
}

base::Secret SharedFile::derivePageKey(std::uint32_t epoch) const
{
    char info[] = "fieldfare page 0000";
    writeBigEndian(reinterpret_cast<std::uint8_t *>(info) + sizeof info - 5, epoch);
    return key_wrap::derive(key()->secretOfEpoch(epoch), {}, QByteArrayView(info, sizeof info - 1), 32);
}

base::Secret SharedFile::deriveLogKey(QByteArrayView salt, QByteArrayView info) const
{
    const std::lock_guard guard(m_keyMutex);
    const bool isFormer = m_isLogUnderFormer && m_key->hasFormer();
    return key_wrap::derive(isFormer ? m_key->former() : m_key->secret(), salt, info, 64);
}

base::Secret SharedFile::derive(QByteArrayView salt, QByteArrayView info, size_t size) const
{
    return key_wrap::derive(key()->secret(), salt, info, size);
}

void SharedFile::beginRotation(std::shared_ptr<const DataKey> key)
{
    const std::lock_guard guard(m_keyMutex);
    // Pages of an epoch that was taken a moment ago are under the former key, by their epoch, whenever they are written.
    m_pagesWritten.store(0);
    m_firstEpoch.store(key->boundary());
    m_key = std::move(key);
    m_isLogUnderFormer = true;
    m_keyGeneration.fetch_add(1, std::memory_order_release);
}

void SharedFile::endRotation()
{
    const std::lock_guard guard(m_keyMutex);
    if (!m_key->hasFormer())
        return;
    base::Secret former = m_key->former().clone();
    m_formerIds.push_back(DataKey::fromSecret(std::move(former)).value().id());
    m_key = std::make_shared<const DataKey>(m_key->withoutFormer());
    m_isLogUnderFormer = false;
    m_keyGeneration.fetch_add(1, std::memory_order_release);
}

void SharedFile::setLogUnderFormerKey(bool isFormer)
{
    const std::lock_guard guard(m_keyMutex);
    if (m_isLogUnderFormer == isFormer || !m_key->hasFormer())
        return;
    m_isLogUnderFormer = isFormer;
    m_keyGeneration.fetch_add(1, std::memory_order_release);
}

std::uint32_t SharedFile::presentEpoch() const
{
    return m_firstEpoch.load() + std::uint32_t(m_pagesWritten.load() >> 30);
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
        if (!present->knows(*key))
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
