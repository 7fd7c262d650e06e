// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sync/server/accounts/password.h"

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace fieldfare::server {

/// Checks passwords one at a time on its own thread: a guess costs 64 MiB, and guessing must not starve the sync. Who
/// finds twenty waiting is turned away.
class PasswordQueue {
public:
    static constexpr size_t kMaxWaiting = 20;
    using Done = std::function<void(base::Result<bool>)>; ///< Called on the queue's thread.

    PasswordQueue();
    /// Drops what waits, without calling back, and joins the thread.
    ~PasswordQueue();
    PasswordQueue(const PasswordQueue &) = delete;
    PasswordQueue &operator=(const PasswordQueue &) = delete;

    /// False when the queue is full. Any thread.
    [[nodiscard]] bool check(base::Secret password, PasswordHash hash, Done done);

private:
    struct Job {
        base::Secret password;
        PasswordHash hash;
        Done done;
    };
    void run();

    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Job> m_jobs;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace fieldfare::server
