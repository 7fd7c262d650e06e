// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/accounts/password_queue.h"

namespace fieldfare::server {

PasswordQueue::PasswordQueue() : m_thread([this] { run(); }) {}

PasswordQueue::~PasswordQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
        m_jobs.clear();
    }
    m_wake.notify_one();
    m_thread.join();
}

bool PasswordQueue::check(base::Secret password, PasswordHash hash, Done done)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isStopping || m_jobs.size() >= kMaxWaiting)
            return false;
        m_jobs.push_back({std::move(password), std::move(hash), std::move(done)});
    }
    m_wake.notify_one();
    return true;
}

void PasswordQueue::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_wake.wait(lock, [this] { return m_isStopping || !m_jobs.empty(); });
        if (m_isStopping)
            return;
        const Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job.done(isPassword(job.password, job.hash));
        lock.lock();
    }
}

} // namespace fieldfare::server
