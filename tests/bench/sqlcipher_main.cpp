// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// fieldfare-bench-sqlcipher FILE ROWS: the peer of `fieldfare-bench vfs-overhead`. Prints "SECONDS NAME" a workload. A program of
// its own, as SQLCipher's library has SQLite's names. The key is given raw, so that no derivation is measured.
#include "tests/bench/raw_workloads.h"

#include <sqlite3.h>

#include <cstdlib>
#include <iostream>

using namespace fieldfare;

int main(int argc, char **argv)
{
    if (argc != 3) {
        std::cerr << "usage: fieldfare-bench-sqlcipher FILE ROWS\n";
        return 2;
    }
    const auto open = [path = argv[1]](int cacheKiB) -> sqlite3 * {
        sqlite3 *db = nullptr;
        const std::string pragmas = "PRAGMA key=\"x'2dd29ca851e7b56e4697b0e1f08507293d761a05ce4d1b628663f411a8086d99'\";"
                                    "PRAGMA cipher_page_size=4096; PRAGMA cache_size=-" + std::to_string(cacheKiB)
            + "; PRAGMA journal_size_limit=16777216; PRAGMA temp_store=FILE; PRAGMA secure_delete=ON; PRAGMA synchronous=FULL; PRAGMA journal_mode=WAL";
        if (sqlite3_open(path, &db) == SQLITE_OK && sqlite3_exec(db, pragmas.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK)
            return db;
        std::cerr << sqlite3_errmsg(db) << '\n';
        sqlite3_close(db);
        return nullptr;
    };
    const auto times = bench::runRawWorkloads({open, [](sqlite3 *db) { sqlite3_close(db); }}, std::atoll(argv[2]));
    for (const bench::WorkloadTime &time : times)
        std::cout << time.cpuSeconds << ' ' << time.name << '\n';
    return times.empty() ? 1 : 0;
}
