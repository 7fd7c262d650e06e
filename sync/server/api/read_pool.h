// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/merge/puller.h"
#include "sync/server/storage/server_database.h"
#include "sync/server/storage/sql_server_storage.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <vector>

namespace fieldfare::server {

/// What a read may use; lives on one of the pool's threads.
struct ReadContext {
    SqlServerStorage &storage;
    Puller &puller;
};

/// Threads with a read connection each. Every job sees one snapshot. The database must outlive it. Thread safe.
class ReadPool {
public:
    struct Job {
        std::function<base::Result<void>(ReadContext &)> work; ///< Inside one read transaction.
        std::function<void(const base::Result<void> &)> done;
    };
    static constexpr size_t kMaxWaiting = 2000;

    ReadPool(const ServerDatabase &database, const base::Clock &clock) : m_database(database), m_clock(clock) {}
    ~ReadPool();
    ReadPool(const ReadPool &) = delete;
    ReadPool &operator=(const ReadPool &) = delete;

    [[nodiscard]] base::Result<void> start(int threads);
    /// Does what waits, then ends.
    void stop();

    /// False when too many wait: answer ServerBusy.
    [[nodiscard]] bool post(Job job);
    [[nodiscard]] size_t waiting() const;

private:
    void run(std::promise<base::Result<void>> &started);

    const ServerDatabase &m_database;
    const base::Clock &m_clock;
    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_isStopping = false;
    std::vector<std::thread> m_threads;
};

} // namespace fieldfare::server
