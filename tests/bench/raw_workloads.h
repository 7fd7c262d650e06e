// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

struct sqlite3;

namespace fieldfare::bench {

/// CPU seconds (user and system) of one workload.
struct WorkloadTime {
    std::string name;
    double cpuSeconds = 0;
};

/// How a peer opens its file: plain SQLite, the encrypted file, SQLCipher. Each with WAL, synchronous=FULL, 4 KB pages and so
/// much page cache.
struct RawPeer {
    std::function<sqlite3 *(int cacheKiB)> open; ///< Null on failure.
    std::function<void(sqlite3 *)> close;
};

/// Bulk insert, cold random reads, whole scan and small durable transactions on one new file, by the C interface alone and
/// the same for every peer. Empty on failure, with a word on standard error. Links with any library that has SQLite's
/// interface.
std::vector<WorkloadTime> runRawWorkloads(const RawPeer &peer, std::int64_t rows);

} // namespace fieldfare::bench
