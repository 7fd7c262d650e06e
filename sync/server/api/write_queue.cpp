// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/write_queue.h"

#include "core/base/logging.h"

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

/// What lives as long as the thread.
struct WriteQueue::Session {
    std::unique_ptr<storage::Connection> connection;
    std::unique_ptr<SqlServerStorage> storage;
    std::unique_ptr<Merger> merger;
    std::unique_ptr<Puller> puller;
    std::unique_ptr<Accounts> accounts;
    std::unique_ptr<Quarantine> quarantine;
};

WriteQueue::WriteQueue(const ServerDatabase &database, const TokenSigner &signer, const base::Clock &clock,
                       base::RandomSource &random)
    : m_database(database), m_signer(signer), m_clock(clock), m_random(random)
{
}

WriteQueue::~WriteQueue()
{
    stop();
}

Result<void> WriteQueue::start(std::function<void(changes::Version)> onCommitted)
{
    m_onCommitted = std::move(onCommitted);
    std::promise<Result<void>> started;
    auto outcome = started.get_future();
    m_thread = std::thread([this, started = std::move(started)]() mutable { run(started); });
    return outcome.get();
}

void WriteQueue::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isStopping = true;
    }
    m_wake.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

bool WriteQueue::post(Job job)
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isStopping || m_small.size() + m_bulk.size() >= kMaxWaiting) {
            ++m_statistics.refused;
            return false;
        }
        (job.isBulk ? m_bulk : m_small).push_back(std::move(job));
    }
    m_wake.notify_one();
    return true;
}

void WriteQueue::noteCursor(const base::Id &device, changes::Version cursor)
{
    const std::lock_guard lock(m_mutex);
    m_cursors[device] = cursor;
}

WriteQueue::Statistics WriteQueue::statistics() const
{
    const std::lock_guard lock(m_mutex);
    Statistics statistics = m_statistics;
    statistics.waiting = m_small.size() + m_bulk.size();
    return statistics;
}

void WriteQueue::run(std::promise<Result<void>> &started)
{
    Session session;
    const auto open = [&]() -> Result<void> {
        FIELDFARE_ASSIGN(session.connection, m_database.connect(ServerDatabase::Access::Write));
        FIELDFARE_ASSIGN(session.storage, SqlServerStorage::open(*session.connection, m_database.catalog()));
        session.merger = std::make_unique<Merger>(*session.storage, m_database.catalog(), m_clock);
        session.puller = std::make_unique<Puller>(*session.storage, m_database.catalog(), m_clock);
        session.accounts = std::make_unique<Accounts>(*session.storage, *session.merger, m_database.catalog(), m_signer, m_clock,
                                                      m_random);
        session.quarantine = std::make_unique<Quarantine>(*session.storage, m_clock);
        return {};
    };
    const auto opened = open();
    const bool isOpen = opened.ok();
    started.set_value(opened);
    if (!isOpen)
        return;
    for (;;) {
        std::vector<Job> jobs = takeJobs();
        if (jobs.empty())
            break;
        runJobs(session, std::move(jobs));
    }
    const auto moved = session.connection->checkpoint(true);
    if (!moved.ok())
        qCWarning(lcServer) << "the log could not be moved into the database at the end:" << moved.error().detail;
}

/// Waits; empty once there is nothing more to come.
std::vector<WriteQueue::Job> WriteQueue::takeJobs()
{
    std::unique_lock lock(m_mutex);
    m_wake.wait(lock, [this] { return m_isStopping || !m_small.empty() || !m_bulk.empty(); });
    std::vector<Job> jobs;
    while (!m_small.empty() && jobs.size() < kJobsPerCommit) {
        jobs.push_back(std::move(m_small.front()));
        m_small.pop_front();
    }
    // One bulk job goes with them, so that a stream of small ones cannot keep it waiting for ever.
    if (!m_bulk.empty()) {
        jobs.push_back(std::move(m_bulk.front()));
        m_bulk.pop_front();
    }
    return jobs;
}

Result<void> WriteQueue::storeCursors(Session &session, const std::map<base::Id, changes::Version> &cursors)
{
    for (const auto &[id, cursor] : cursors) {
        FIELDFARE_ASSIGN(auto device, session.storage->device(id));
        if (!device || device->cursor == cursor)
            continue;
        device->cursor = cursor;
        FIELDFARE_TRY(session.storage->putDevice(*device));
    }
    return {};
}

void WriteQueue::runJobs(Session &session, std::vector<Job> jobs)
{
    std::map<base::Id, changes::Version> cursors;
    {
        const std::lock_guard lock(m_mutex);
        cursors.swap(m_cursors);
    }
    WriteContext context{*session.storage, *session.merger, *session.puller, *session.accounts, *session.quarantine};
    std::vector<Result<void>> outcomes;
    changes::Version before = 0;
    changes::Version after = 0;
    const auto committed = session.storage->write([&]() -> Result<void> {
        outcomes.clear(); // it may be called again
        FIELDFARE_ASSIGN(before, session.storage->counter());
        for (const Job &job : jobs)
            outcomes.push_back(session.storage->part([&] { return job.work(context); }));
        FIELDFARE_TRY(storeCursors(session, cursors));
        FIELDFARE_ASSIGN(after, session.storage->counter());
        return {};
    });
    if (!committed.ok())
        qCWarning(lcServer) << "a transaction failed:" << base::errorCodeName(committed.error().code) << committed.error().detail;
    quint64 failed = 0;
    for (size_t i = 0; i < jobs.size(); ++i) {
        const bool ok = committed.ok() && outcomes[i].ok();
        failed += ok ? 0 : 1;
        jobs[i].done(committed.ok() ? outcomes[i] : committed);
    }
    {
        const std::lock_guard lock(m_mutex);
        ++m_statistics.commits;
        m_statistics.jobs += jobs.size();
        m_statistics.failed += failed;
    }
    if (committed.ok() && after > before && m_onCommitted)
        m_onCommitted(after);
}

} // namespace fieldfare::server
