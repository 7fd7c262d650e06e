// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/wal_index.h"

#include <sqlite3.h>

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
