// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/bound_values.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace fieldfare::storage {

class Statement;

/// A thread that runs a connection's writes, in their order, while the connection's own thread prepares the next ones: in bulk
/// writing each has half of the work. Belongs to a Connection; all methods are for the connection's thread.
///
/// Only one of the two threads is in SQLite at a time: whoever wants to do something else with the connection waits until
/// nothing is queued (settle() or wait(), which Connection and Statement call). While it is off, add() must not be called and
/// everything else costs nothing.
///
/// A write that fails keeps those behind it from running until the failure is taken: by settle(), thus by the next statement of
/// the transaction, its COMMIT at the latest; or by a commit that was itself queued, which rolls back instead and is lost.
class WriteBehind {
public:
    WriteBehind() = default;
    ~WriteBehind();
    WriteBehind(const WriteBehind &) = delete;
    WriteBehind &operator=(const WriteBehind &) = delete;

    [[nodiscard]] bool isOn() const { return m_thread.joinable(); }
    void start(sqlite3 *database);
    /// Runs what is queued, then ends the thread. The first lost commit since start(), or a failure that nobody took.
    base::Result<void> stop();

    void add(Statement &statement, const BoundValues &values);
    /// Queues a commit: durable as always when it has run, of which lost() and settle() tell.
    void addCommit(Statement &commit);
    /// Waits until nothing is queued; takes the failure of the open transaction.
    base::Result<void> settle();
    void wait();
    /// Waits as settle(), and tells the first queued commit that failed since start().
    base::Result<void> lost();

    /// Statements that stand on a row: nothing may run beside them.
    int openStatements = 0;

private:
    struct Head {
        Statement *statement = nullptr;
        bool isCommit = false;
        size_t size = 0; ///< Of the packed values that follow.
    };
    void append(const Head &head, const BoundValues *values);
    void handOver();
    void run();
    void execute(const std::vector<char> &batch);

    sqlite3 *m_database = nullptr;
    std::thread m_thread;
    std::vector<char> m_batch; ///< What is being filled.
    std::mutex m_mutex;
    std::condition_variable m_filled;
    std::condition_variable m_emptied;
    std::deque<std::vector<char>> m_queue;
    std::vector<std::vector<char>> m_spare; ///< Done with; their room is used again.
    bool m_isRunning = false;
    bool m_isStopping = false;
    std::optional<base::Error> m_failure; ///< Of the open transaction.
    std::optional<base::Error> m_lost;
};

} // namespace fieldfare::storage
