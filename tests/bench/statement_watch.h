// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

struct sqlite3;

namespace fieldfare::bench {

/// What the runs of one statement did, from SQLite's own counters.
struct StatementUse {
    int runs = 0;
    double longestMs = 0;
    std::int64_t mostScanned = 0; ///< Rows that one run stepped over in scans of whole tables (SQLITE_STMTSTATUS_FULLSCAN_STEP).
    std::int64_t mostSteps = 0;   ///< Steps of SQLite's machine in one run; some ten a row.
    std::int64_t sorts = 0;       ///< Runs of a sorter or temporary B-tree, of all runs.
    std::int64_t autoIndexed = 0; ///< Rows put into indexes that SQLite made for the statement.
};

/// Counts what each statement does on the connections it watches, by their text. The connections may live on any threads and
/// must be closed or let go (unwatch) before this object. (sqlite.org/c3ref/trace_v2.html, sqlite.org/c3ref/c_stmtstatus_counter.html)
class StatementWatch {
public:
    void watch(sqlite3 *connection);
    static void unwatch(sqlite3 *connection);
    [[nodiscard]] std::map<std::string, StatementUse> uses() const;
    void clear();

private:
    static int onTrace(unsigned kind, void *self, void *statement, void *nanoseconds);

    mutable std::mutex m_mutex;
    std::map<std::string, StatementUse> m_uses;
};

/// The lines of EXPLAIN QUERY PLAN, joined by "; ".
[[nodiscard]] std::string queryPlan(sqlite3 *connection, const std::string &sql);

/// Statements that are meant to read a whole list in the background begin with this comment.
[[nodiscard]] bool isBackgroundScan(const std::string &sql);

} // namespace fieldfare::bench
