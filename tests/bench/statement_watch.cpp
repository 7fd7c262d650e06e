// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/statement_watch.h"

#include <sqlite3.h>

#include <algorithm>

namespace fieldfare::bench {

void StatementWatch::watch(sqlite3 *connection)
{
    sqlite3_trace_v2(connection, SQLITE_TRACE_PROFILE, &StatementWatch::onTrace, this);
}

void StatementWatch::unwatch(sqlite3 *connection)
{
    sqlite3_trace_v2(connection, 0, nullptr, nullptr);
}

int StatementWatch::onTrace(unsigned kind, void *self, void *statementPointer, void *nanoseconds)
{
    auto *statement = static_cast<sqlite3_stmt *>(statementPointer);
    const char *sql = sqlite3_sql(statement);
    if (kind != SQLITE_TRACE_PROFILE || sql == nullptr)
        return 0;
    auto *watch = static_cast<StatementWatch *>(self);
    constexpr int kReset = 1;
    const std::lock_guard lock(watch->m_mutex);
    StatementUse &use = watch->m_uses[sql];
    ++use.runs;
    use.longestMs = std::max(use.longestMs, double(*static_cast<sqlite3_int64 *>(nanoseconds)) / 1e6);
    use.mostScanned = std::max(use.mostScanned, std::int64_t(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, kReset)));
    use.mostSteps = std::max(use.mostSteps, std::int64_t(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, kReset)));
    use.sorts += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_SORT, kReset);
    use.autoIndexed += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_AUTOINDEX, kReset);
    return 0;
}

std::map<std::string, StatementUse> StatementWatch::uses() const
{
    const std::lock_guard lock(m_mutex);
    return m_uses;
}

void StatementWatch::clear()
{
    const std::lock_guard lock(m_mutex);
    m_uses.clear();
}

std::string queryPlan(sqlite3 *connection, const std::string &sql)
{
    sqlite3_stmt *explain = nullptr;
    std::string plan;
    if (sqlite3_prepare_v2(connection, ("EXPLAIN QUERY PLAN " + sql).c_str(), -1, &explain, nullptr) != SQLITE_OK)
        return sqlite3_errmsg(connection);
    while (sqlite3_step(explain) == SQLITE_ROW) {
        if (!plan.empty())
            plan += "; ";
        plan += reinterpret_cast<const char *>(sqlite3_column_text(explain, 3));
    }
    sqlite3_finalize(explain);
    return plan;
}

bool isBackgroundScan(const std::string &sql)
{
    return sql.starts_with("/* background");
}

} // namespace fieldfare::bench
