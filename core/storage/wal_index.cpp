// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/wal_index.h"

#include <sqlite3.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <cstring>

namespace fieldfare::storage {

int WalIndex::map(Holder &holder, int region, int regionSize, bool extend, void volatile **memory)
{
    const std::lock_guard guard(m_mutex);
    if (!holder.attached) {
        holder.attached = true;
        ++m_holders;
    }
    *memory = nullptr;
    if (size_t(region) >= m_regions.size()) {
        if (!extend)
            return SQLITE_OK;
        const size_t words = (size_t(regionSize) + sizeof(std::uint64_t) - 1) / sizeof(std::uint64_t);
        while (m_regions.size() <= size_t(region))
            m_regions.push_back(std::make_unique<std::uint64_t[]>(words));
    }
    *memory = m_regions[size_t(region)].get();
    return SQLITE_OK;
}

int WalIndex::lock(Holder &holder, int first, int count, int flags)
{
    const std::lock_guard guard(m_mutex);
    const std::uint32_t mask = ((1u << count) - 1u) << first;
    const int end = first + count;
    if ((flags & SQLITE_SHM_UNLOCK) != 0) {
        for (int slot = first; slot < end; ++slot) {
            const std::uint32_t bit = 1u << slot;
            if ((holder.exclusive & bit) != 0)
                m_locks[slot] = 0;
            else if ((holder.shared & bit) != 0)
                --m_locks[slot];
        }
        holder.exclusive &= ~mask;
        holder.shared &= ~mask;
        m_unlocked.notify_all();
        return SQLITE_OK;
    }
    if ((flags & SQLITE_SHM_SHARED) != 0) {
        if (((holder.shared | holder.exclusive) & mask) != 0)
            return SQLITE_OK;
        if (m_locks[first] < 0)
            return SQLITE_BUSY;
        ++m_locks[first];
        holder.shared |= mask;
        return SQLITE_OK;
    }
    for (int slot = first; slot < end; ++slot) {
        if ((holder.exclusive & (1u << slot)) == 0 && m_locks[slot] != 0)
            return SQLITE_BUSY;
    }
    for (int slot = first; slot < end; ++slot)
        m_locks[slot] = -1;
    holder.exclusive |= mask;
    return SQLITE_OK;
}

void WalIndex::mark(const Holder &holder, SnapshotMark &mark)
{
    // "WAL-Index Format" 2.1 of SQLite's documentation, in words of 32 bits: 2 iChange, 3 isInit and others, 4 mxFrame, 5 nPage, 8 and 9 the salts.
    // It stands there twice; a writer writes the second copy first.
    constexpr int kWords = 12;
    constexpr int kReadLockZero = 3;
    constexpr std::uint32_t kReadLocks = 0x1f;
    const std::lock_guard guard(m_mutex);
    mark = {};
    mark.isStable = true;
    if (m_regions.empty())
        return;
    const auto *memory = reinterpret_cast<const volatile std::uint32_t *>(m_regions[0].get());
    std::uint32_t first[kWords];
    std::uint32_t second[kWords];
    for (int i = 0; i < kWords; ++i)
        first[i] = memory[i];
    std::atomic_thread_fence(std::memory_order_seq_cst);
    for (int i = 0; i < kWords; ++i)
        second[i] = memory[kWords + i];
    const bool isMade = (first[3] & (std::endian::native == std::endian::little ? 0xffu : 0xff000000u)) != 0;
    mark.isStable = std::equal(first, first + kWords, second);
    if (!isMade)
        return;
    mark.usesLog = ((holder.shared >> kReadLockZero) & kReadLocks & ~1u) != 0;
    mark.change = first[2];
    mark.frames = first[4];
    mark.pages = first[5];
    std::memcpy(mark.salts, &first[8], sizeof mark.salts);
}

void WalIndex::waitForUnlock(std::chrono::milliseconds atMost)
{
    std::unique_lock guard(m_mutex);
    m_unlocked.wait_for(guard, atMost);
}

void WalIndex::detach(Holder &holder)
{
    if (!holder.attached)
        return;
    lock(holder, 0, kLockCount, SQLITE_SHM_UNLOCK);
    const std::lock_guard guard(m_mutex);
    holder.attached = false;
    if (--m_holders == 0)
        m_regions.clear();
}

} // namespace fieldfare::storage
