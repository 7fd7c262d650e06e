// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/page_format.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

namespace fieldfare::storage {

/// The index of one write-ahead log (what SQLite calls -shm), kept in process memory instead of a file, so that its
/// page numbers and checksums never reach the disk. Shared by all connections of this process to one file; hence the
/// rule of one process a file (ProfileLock). A process that ends takes the index along; the next one rebuilds it from
/// the log.
///
/// Thread safe. Return values are SQLite result codes; lock and unlock follow the contract of xShmLock.
class WalIndex {
public:
    static constexpr int kLockCount = 8;

    /// The locks one connection holds, as bit masks. Owned by the connection's file handle.
    struct Holder {
        std::uint32_t shared = 0;
        std::uint32_t exclusive = 0;
        bool attached = false;
    };

    /// A region's memory, zeroed when new; null when it does not exist and `extend` is false. All regions have the size
    /// of the first call and stay where they are until the last holder detaches.
    int map(Holder &holder, int region, int regionSize, bool extend, void volatile **memory);
    int lock(Holder &holder, int first, int count, int flags);
    /// What the holder's read transaction sees, but for the size of the main file.
    void mark(const Holder &holder, SnapshotMark &mark);
    /// Returns once somebody gave a lock back, or after `atMost`: for who found one taken and has no busy handler.
    void waitForUnlock(std::chrono::milliseconds atMost);
    /// Drops the holder's locks; the last holder's detach forgets the content.
    void detach(Holder &holder);

private:
    std::mutex m_mutex;
    std::condition_variable m_unlocked;
    std::vector<std::unique_ptr<std::uint64_t[]>> m_regions;
    int m_locks[kLockCount] = {}; ///< -1: exclusive, otherwise the number of sharers
    int m_holders = 0;
};

} // namespace fieldfare::storage
