// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/raw_workloads.h"

#include <sqlite3.h>

#include <array>
#include <ctime>
#include <iostream>

namespace fieldfare::bench {

namespace {

constexpr int kSmallTransactions = 2000;
constexpr int kColdReads = 20'000;
constexpr int kScans = 3;
constexpr int kRowsATransaction = 5000;
constexpr int kLargeCacheKiB = 16'384;
constexpr int kSmallCacheKiB = 256;

double cpuSeconds()
{
    return double(std::clock()) / CLOCKS_PER_SEC;
}

/// Spreads consecutive numbers over 64 bits (Fibonacci hashing).
std::uint64_t scattered(std::int64_t i)
{
    return std::uint64_t(i) * 0x9E3779B97F4A7C15ULL;
}

/// A customer of 20 fields and some 300 bytes, as the product keeps them; the first field is the name.
constexpr int kFields = 18;

std::string fieldText(int field, std::int64_t i, std::uint64_t dice)
{
    constexpr std::array kWords{"north", "lead", "active", "a", "referral", "manufacturing", "company", "sales"};
    switch (field) {
    case 0:
        return "Customer number " + std::to_string(dice % 1'000'000) + " Ltd";
    case 1:
        return "C-" + std::to_string(i);
    case 2:
        return "+86 1" + std::to_string(dice % 10'000'000'000);
    case 3:
        return "contact" + std::to_string(i) + "@company" + std::to_string(dice % 5000) + ".example";
    case 4:
        return "https://company" + std::to_string(dice % 5000) + ".example";
    case 5:
        return std::to_string(dice % 900) + " High Street, Town " + std::to_string(dice % 97);
    case 6:
        return "Screens for " + std::to_string(dice % 12) + " halls, budget in spring; asks for a visit.";
    default:
        return kWords[(dice >> field) % kWords.size()];
    }
}

/// 16 bytes that grow with i, as a UUIDv7 does.
std::string sortedId(std::int64_t i, std::uint64_t dice)
{
    std::string id;
    for (int shift = 56; shift >= 0; shift -= 8)
        id += char(std::uint64_t(i) >> shift);
    for (int shift = 56; shift >= 0; shift -= 8)
        id += char(dice >> shift);
    return id;
}

std::string tableSql()
{
    std::string sql = "CREATE TABLE t (id INTEGER PRIMARY KEY, uuid BLOB UNIQUE";
    for (int field = 0; field < kFields; ++field)
        sql += ", f" + std::to_string(field) + " TEXT";
    return sql + ")";
}

std::string insertSql()
{
    std::string sql = "INSERT INTO t VALUES (?, ?";
    for (int field = 0; field < kFields; ++field)
        sql += ", ?";
    return sql + ")";
}

class Workloads {
public:
    Workloads(const RawPeer &peer, std::int64_t rows) : m_peer(peer), m_rows(rows) {}
    ~Workloads() { close(); }
    Workloads(const Workloads &) = delete;
    Workloads &operator=(const Workloads &) = delete;

    std::vector<WorkloadTime> run()
    {
        const bool isDone = open(kLargeCacheKiB) && execute(tableSql().c_str()) && execute("CREATE INDEX t_name ON t (f0)") && measure("bulk", &Workloads::bulk) && open(kSmallCacheKiB)
            && measure("cold reads", &Workloads::coldReads) && measure("scan", &Workloads::scan)
            && measure("small transactions", &Workloads::smallTransactions);
        return isDone ? m_times : std::vector<WorkloadTime>();
    }

private:
    bool open(int cacheKiB)
    {
        close();
        m_db = m_peer.open(cacheKiB);
        return m_db != nullptr;
    }

    void close()
    {
        sqlite3_finalize(m_insert);
        m_insert = nullptr;
        if (m_db != nullptr)
            m_peer.close(m_db);
        m_db = nullptr;
    }

    bool measure(const char *name, bool (Workloads::*work)())
    {
        const double before = cpuSeconds();
        const bool isDone = (this->*work)();
        if (!isDone)
            std::cerr << name << ": " << sqlite3_errmsg(m_db) << '\n';
        m_times.push_back({name, cpuSeconds() - before});
        return isDone;
    }

    bool execute(const char *sql) { return sqlite3_exec(m_db, sql, nullptr, nullptr, nullptr) == SQLITE_OK; }

    bool insert(std::int64_t i)
    {
        if (m_insert == nullptr && sqlite3_prepare_v2(m_db, insertSql().c_str(), -1, &m_insert, nullptr) != SQLITE_OK)
            return false;
        const std::uint64_t dice = scattered(i);
        sqlite3_bind_int64(m_insert, 1, i);
        const std::string id = sortedId(i, dice);
        sqlite3_bind_blob(m_insert, 2, id.data(), int(id.size()), SQLITE_TRANSIENT);
        for (int field = 0; field < kFields; ++field) {
            const std::string text = fieldText(field, i, dice);
            sqlite3_bind_text(m_insert, field + 3, text.data(), int(text.size()), SQLITE_TRANSIENT);
        }
        const bool isDone = sqlite3_step(m_insert) == SQLITE_DONE;
        return sqlite3_reset(m_insert) == SQLITE_OK && isDone;
    }

    bool bulk()
    {
        for (std::int64_t i = 0; i < m_rows;) {
            if (!execute("BEGIN"))
                return false;
            for (int n = 0; n < kRowsATransaction && i < m_rows; ++n, ++i) {
                if (!insert(i))
                    return false;
            }
            if (!execute("COMMIT"))
                return false;
        }
        return execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }

    bool coldReads()
    {
        sqlite3_stmt *read = nullptr;
        bool isDone = sqlite3_prepare_v2(m_db, "SELECT * FROM t WHERE id = ?1", -1, &read, nullptr) == SQLITE_OK;
        for (int i = 0; i < kColdReads && isDone; ++i) {
            sqlite3_bind_int64(read, 1, sqlite3_int64(scattered(i) % std::uint64_t(m_rows)));
            isDone = sqlite3_step(read) == SQLITE_ROW;
            for (int column = 2; column < sqlite3_column_count(read); ++column)
                m_read += sqlite3_column_bytes(read, column);
            sqlite3_reset(read);
        }
        sqlite3_finalize(read);
        return isDone;
    }

    bool scan()
    {
        bool isDone = true;
        for (int i = 0; i < kScans && isDone; ++i)
            isDone = execute("SELECT count(*) FROM t WHERE f6 LIKE '%no such name%'");
        return isDone;
    }

    bool smallTransactions()
    {
        bool isDone = true;
        for (int i = 0; i < kSmallTransactions && isDone; ++i)
            isDone = insert(m_rows + i);
        return isDone;
    }

    const RawPeer &m_peer;
    std::int64_t m_rows;
    sqlite3 *m_db = nullptr;
    sqlite3_stmt *m_insert = nullptr;
    std::int64_t m_read = 0; ///< Bytes, so that nothing is left out
    std::vector<WorkloadTime> m_times;
};

} // namespace

std::vector<WorkloadTime> runRawWorkloads(const RawPeer &peer, std::int64_t rows)
{
    return Workloads(peer, rows).run();
}

} // namespace fieldfare::bench
