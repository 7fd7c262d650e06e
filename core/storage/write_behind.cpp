// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/write_behind.h"

#include "core/storage/statement.h"

#include <sqlite3.h>

#include <cstring>
#include <utility>

namespace fieldfare::storage {

namespace {

constexpr size_t kBatchBytes = 64 * 1024;
constexpr size_t kMostBatches = 128; // 8 MB: about one transaction of an import

} // namespace

WriteBehind::~WriteBehind()
{
    static_cast<void>(stop());
}

void WriteBehind::start(sqlite3 *database)
{
    if (isOn())
        return;
    m_database = database;
    m_isStopping = false;
    m_failure.reset();
    m_lost.reset();
    m_thread = std::thread([this] { run(); });
}

base::Result<void> WriteBehind::stop()
{
    if (!isOn())
        return {};
    wait();
    {
        const std::lock_guard guard(m_mutex);
        m_isStopping = true;
    }
    m_filled.notify_one();
    m_thread.join();
    m_spare.clear();
    if (m_lost)
        return *std::exchange(m_lost, std::nullopt);
    if (m_failure)
        return *std::exchange(m_failure, std::nullopt);
    return {};
}

void WriteBehind::append(const Head &head, const BoundValues *values)
{
    const size_t at = m_batch.size();
    m_batch.resize(at + sizeof(Head));
    if (values != nullptr)
        values->pack(m_batch);
    Head whole = head;
    whole.size = m_batch.size() - at - sizeof(Head);
    std::memcpy(m_batch.data() + at, &whole, sizeof(Head));
}

void WriteBehind::add(Statement &statement, const BoundValues &values)
{
    append({&statement, false, 0}, &values);
    if (m_batch.size() >= kBatchBytes)
        handOver();
}

void WriteBehind::addCommit(Statement &commit)
{
    append({&commit, true, 0}, nullptr);
    handOver();
}

void WriteBehind::handOver()
{
    if (m_batch.empty())
        return;
    std::unique_lock lock(m_mutex);
    m_emptied.wait(lock, [this] { return m_queue.size() < kMostBatches; });
    m_queue.push_back(std::move(m_batch));
    m_batch = {};
    if (!m_spare.empty()) {
        m_batch = std::move(m_spare.back());
        m_spare.pop_back();
    }
    lock.unlock();
    m_filled.notify_one();
}

void WriteBehind::wait()
{
    if (!isOn())
        return;
    handOver();
    std::unique_lock lock(m_mutex);
    m_emptied.wait(lock, [this] { return m_queue.empty() && !m_isRunning; });
}

base::Result<void> WriteBehind::settle()
{
    if (!isOn())
        return {};
    wait();
    const std::lock_guard guard(m_mutex);
    if (m_failure)
        return *std::exchange(m_failure, std::nullopt);
    return {};
}

base::Result<void> WriteBehind::lost()
{
    wait();
    const std::lock_guard guard(m_mutex);
    return m_lost ? base::Result<void>(*m_lost) : base::Result<void>();
}

void WriteBehind::run()
{
    std::unique_lock lock(m_mutex);
    for (;;) {
        m_filled.wait(lock, [this] { return !m_queue.empty() || m_isStopping; });
        if (m_queue.empty())
            return;
        std::vector<char> batch = std::move(m_queue.front());
        m_queue.pop_front();
        m_isRunning = true;
        lock.unlock();
        execute(batch);
        batch.clear();
        lock.lock();
        m_spare.push_back(std::move(batch));
        m_isRunning = false;
        m_emptied.notify_one();
    }
}

/// The writing thread alone touches the failures while something is queued: the other one asks when nothing is.
void WriteBehind::execute(const std::vector<char> &batch)
{
    for (size_t at = 0; at < batch.size();) {
        Head head;
        std::memcpy(&head, batch.data() + at, sizeof(Head));
        at += sizeof(Head);
        if (!m_failure) {
            const auto done = head.statement->runPacked(std::span(batch.data() + at, head.size));
            if (!done.ok())
                m_failure = done.error();
        }
        at += head.size;
        if (!head.isCommit || !m_failure)
            continue;
        if (sqlite3_get_autocommit(m_database) == 0)
            sqlite3_exec(m_database, "ROLLBACK", nullptr, nullptr, nullptr);
        const auto failure = std::exchange(m_failure, std::nullopt);
        if (!m_lost)
            m_lost = failure;
    }
}

} // namespace fieldfare::storage
