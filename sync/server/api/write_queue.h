// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/accounts.h"
#include "sync/server/merge/puller.h"
#include "sync/server/merge/quarantine.h"
#include "sync/server/storage/server_database.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <map>
#include <mutex>
#include <thread>

namespace fieldfare::server {

/// What a write may use; lives on the queue's thread.
struct WriteContext {
    SqlServerStorage &storage;
    Merger &merger;
    Puller &puller;
    Accounts &accounts;
    Quarantine &quarantine;
};

/// The one thread that writes. Small jobs that wait together share one transaction and so one disk sync; each is a part
/// of it that can fail alone. A bulk job has a transaction of its own and lets the small ones go first, so that an import
/// of one device does not make the others wait. Nobody hears of success before the commit is durable.
///
/// Owns its connection; the database and what the constructor is given must outlive it. All functions are thread safe.
class WriteQueue {
public:
    struct Job {
        /// On the queue's thread, inside a transaction; an error undoes what it did.
        std::function<base::Result<void>(WriteContext &)> work;
        /// On the queue's thread, after the commit or with what went wrong.
        std::function<void(const base::Result<void> &)> done;
        bool isBulk = false;
    };
    struct Statistics {
        quint64 commits = 0;
        quint64 jobs = 0;
        quint64 refused = 0; ///< The queue was full.
        quint64 failed = 0;
        size_t waiting = 0;
    };

    static constexpr size_t kMaxWaiting = 2000;
    static constexpr size_t kJobsPerCommit = 100;

    WriteQueue(const ServerDatabase &database, const TokenSigner &signer, const base::Clock &clock, base::RandomSource &random);
    /// stop()s.
    ~WriteQueue();
    WriteQueue(const WriteQueue &) = delete;
    WriteQueue &operator=(const WriteQueue &) = delete;

    /// Opens the connection on the thread and starts to work. `onCommitted` is called on the thread after each commit that
    /// gave out versions, with the newest.
    [[nodiscard]] base::Result<void> start(std::function<void(changes::Version)> onCommitted);
    /// Does what waits, then ends. Jobs posted later are refused.
    void stop();

    /// False when too many wait: answer ServerBusy.
    [[nodiscard]] bool post(Job job);
    /// The cursor that a device pulls from; written together with the next commit.
    void noteCursor(const base::Id &device, changes::Version cursor);
    [[nodiscard]] Statistics statistics() const;

private:
    struct Session;
    void run(std::promise<base::Result<void>> &started);
    [[nodiscard]] std::vector<Job> takeJobs();
    void runJobs(Session &session, std::vector<Job> jobs);
    [[nodiscard]] base::Result<void> storeCursors(Session &session, const std::map<base::Id, changes::Version> &cursors);

    const ServerDatabase &m_database;
    const TokenSigner &m_signer;
    const base::Clock &m_clock;
    base::RandomSource &m_random;
    std::function<void(changes::Version)> m_onCommitted;

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_small;
    std::deque<Job> m_bulk;
    std::map<base::Id, changes::Version> m_cursors;
    Statistics m_statistics;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace fieldfare::server
