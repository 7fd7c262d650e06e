// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/read_pool.h"

namespace fieldfare::server {

using base::Result;

ReadPool::~ReadPool()
{
    stop();
}

Result<void> ReadPool::start(int threads)
{
    for (int i = 0; i < threads; ++i) {
        std::promise<Result<void>> started;
        auto outcome = started.get_future();
        m_threads.emplace_back([this, started = std::move(started)]() mutable { run(started); });
        FIELDFARE_TRY(outcome.get());
    }
    return {};
}

void ReadPool::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    for (std::thread &thread : m_threads) {
        if (thread.joinable())
            thread.join();
    }
    m_threads.clear();
}

bool ReadPool::post(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isStopping || m_jobs.size() >= kMaxWaiting)
            return false;
        m_jobs.push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

size_t ReadPool::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return m_jobs.size();
}

void ReadPool::run(std::promise<Result<void>> &started)
{
    std::unique_ptr<storage::Connection> connection;
    std::unique_ptr<SqlServerStorage> tables;
    const auto open = [&]() -> Result<void> {
        FIELDFARE_ASSIGN(connection, m_database.connect(ServerDatabase::Access::Read));
        FIELDFARE_ASSIGN(tables, SqlServerStorage::open(*connection, m_database.catalog()));
        return {};
    };
    const auto opened = open();
    const bool isOpen = opened.ok();
    started.set_value(opened);
    if (!isOpen)
        return;
    Puller puller(*tables, m_database.catalog(), m_clock);
    ReadContext context{*tables, puller};
    for (;;) {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_isStopping || !m_jobs.empty(); });
        if (m_jobs.empty())
            return;
        const Job job = std::move(m_jobs.front());
        m_jobs.pop_front();
        lock.unlock();
        job.done(tables->read([&] { return job.work(context); }));
    }
}

} // namespace fieldfare::server
