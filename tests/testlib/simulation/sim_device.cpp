// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/sim_device.h"

namespace fieldfare::simulation {

using base::Id;
using base::Result;
using changes::Replica;
using engine::Callback;

SimDevice::SimDevice(int number, const Mutants &mutants, Scheduler &scheduler, Dice &dice, SimServer &server, Oracle &oracle)
    : clock(scheduler), m_number(number), m_mutants(mutants), m_scheduler(scheduler), m_dice(dice), m_server(server), m_oracle(oracle)
{
    clock.reboot(16 * number + m_boots);
}

void SimDevice::join(const Id &user)
{
    const protocol::EnrolReply reply = m_server.enrol(user);
    storage.disk.state.device = reply.device;
    storage.disk.state.incarnation = reply.incarnation;
    storage.disk.state.user = user;
    storage.disk.state.epoch = reply.epoch;
    storage.disk.state.rolling = changes::firstRollingHash();
    m_durable = storage.disk;
}

void SimDevice::copyFrom(const SimDevice &other)
{
    storage.disk = other.m_durable;
    m_durable = storage.disk;
}

void SimDevice::commit(const std::vector<changes::LocalChange> &changes)
{
    const DeviceDisk before = storage.disk;
    Replica replica(storage, *this, clock, m_mutants.replica);
    if (!replica.commit(changes, Id::fromBytes(m_dice.bytes(Id::kSize))).ok()) {
        storage.disk = before;
        return;
    }
    if (!(m_mutants.receiptBeforeSync && m_dice.chance(60)))
        m_durable = storage.disk;
    for (auto it = storage.disk.outbox.upper_bound(before.state.lastN); it != storage.disk.outbox.end(); ++it) {
        const changes::Operation &operation = it->second.operation;
        const auto shown = before.rows.find({operation.entity, operation.record});
        m_oracle.noteOperation(it->second, shown == before.rows.end() ? std::nullopt : std::optional(shown->second));
    }
}

void SimDevice::sync(int requests)
{
    m_requestsLeft = requests;
    if (m_engine && m_engine->isRunning())
        return;
    engine::SyncEngine::Limits limits;
    limits.pushOperations = 1 + m_dice.below(6);
    limits.pullRows = 1 + m_dice.below(4);
    limits.downloadRows = 1 + m_dice.below(3);
    m_engine = std::make_unique<engine::SyncEngine>(*this, *this, clock, limits);
    m_engine->start([this](const Result<engine::SyncReport> &report) {
        if (!report.ok() && !chaos && m_server.chaos)
            m_oracle.fail(QStringLiteral("a sync failed: ") + report.error().detail);
    });
}

void SimDevice::crash()
{
    m_engine.reset();
    ++m_connection;
    storage.disk = m_durable;
    clock.reboot(16 * m_number + ++m_boots);
}

void SimDevice::restoreBackup()
{
    if (!m_backup)
        return;
    m_engine.reset();
    ++m_connection;
    for (const auto &[n, stored] : storage.disk.outbox) {
        const auto kept = m_backup->outbox.find(n);
        if (kept == m_backup->outbox.end() || kept->second.hash != stored.hash)
            m_oracle.noteDiscarded(stored.hash);
    }
    m_oracle.noteTrayLost();
    storage.disk = *m_backup;
    m_durable = storage.disk;
    m_pages.clear();
}

void SimDevice::downloadAnew()
{
    m_engine.reset();
    ++m_connection;
    m_pages.clear();
    run([](Replica &replica, changes::ReplicaStorage &s) -> Result<void> {
            FIELDFARE_ASSIGN(const changes::ReplicaState state, s.state());
            return replica.beginDownload(0, state.epoch);
        },
        [](const Result<void> &) {});
}

void SimDevice::replayPage()
{
    if (m_pages.empty())
        return;
    const std::vector<changes::RowChange> page = m_pages[size_t(m_dice.below(int(m_pages.size())))];
    run([page](Replica &replica, changes::ReplicaStorage &) { return replica.takeChanges(page); }, [](const Result<void> &) {});
}

void SimDevice::makeDurable()
{
    if (m_mutants.receiptBeforeSync && m_dice.chance(60))
        return;
    if (m_mutants.cursorBeforeData && m_dice.chance(60)) {
        m_durable.state.cursor = storage.disk.state.cursor;
        return;
    }
    m_durable = storage.disk;
}

void SimDevice::run(Work work, std::function<void(Result<void>)> done)
{
    const DeviceDisk before = storage.disk;
    Replica replica(storage, *this, clock, m_mutants.replica);
    Result<void> result = work(replica, storage);
    if (!result.ok()) {
        storage.disk = before;
        m_oracle.fail(QStringLiteral("the device failed: ") + result.error().detail);
    } else {
        makeDurable();
    }
    if (!storage.violation.isEmpty())
        m_oracle.fail(storage.violation);
    const int connection = m_connection;
    m_scheduler.after(1, [this, connection, result, done = std::move(done)] {
        if (connection != m_connection)
            return;
        if (chaos && m_dice.chance(1))
            return crash();
        done(result);
    });
}

template <typename T>
void SimDevice::send(std::function<Result<T>()> handle, Callback<T> done)
{
    const int connection = m_connection;
    const auto answer = [this, connection, done](Result<T> reply) {
        if (connection == m_connection)
            done(std::move(reply));
    };
    const Result<T> timedOut{base::ErrorCode::TimedOut, QStringLiteral("no answer")};
    if (m_requestsLeft > 0)
        --m_requestsLeft;
    if (m_requestsLeft == 0 || (chaos && m_dice.chance(6))) {
        m_scheduler.after(1500, [answer, timedOut] { answer(timedOut); });
        return;
    }
    m_scheduler.after(5 + m_dice.below(400), [this, handle, answer, timedOut] {
        Result<T> reply = handle();
        if (chaos && m_dice.chance(5))
            reply = handle(); // doubled on the way
        if (chaos && m_dice.chance(8)) {
            m_scheduler.after(1500, [answer, timedOut] { answer(timedOut); });
            return;
        }
        m_scheduler.after(5 + m_dice.below(400), [answer, reply] { answer(reply); });
    });
}

void SimDevice::push(const protocol::PushRequest &request, Callback<protocol::PushReply> done)
{
    send<protocol::PushReply>([this, request] { return m_server.push(request); }, std::move(done));
}

void SimDevice::pull(const protocol::PullRequest &request, Callback<protocol::PullReply> done)
{
    send<protocol::PullReply>([this, request] { return m_server.pull(request); },
                              [this, done = std::move(done)](Result<protocol::PullReply> reply) {
                                  if (reply.ok() && !reply->rows.empty() && m_pages.size() < 8)
                                      m_pages.push_back(reply->rows);
                                  done(std::move(reply));
                              });
}

void SimDevice::beginDownload(const Id &device, Callback<protocol::DownloadStart> done)
{
    send<protocol::DownloadStart>([this, device] { return m_server.beginDownload(device); }, std::move(done));
}

void SimDevice::downloadPage(const protocol::DownloadRequest &request, Callback<protocol::DownloadPage> done)
{
    send<protocol::DownloadPage>([this, request] { return m_server.downloadPage(request); },
                                 [this, done = std::move(done)](Result<protocol::DownloadPage> reply) {
                                     if (m_mutants.downloadCursorAfterPages)
                                         storage.disk.state.downloadCursor = m_server.storage.counter().value();
                                     done(std::move(reply));
                                 });
}

void SimDevice::enrolAnew(const Id &, Callback<protocol::EnrolReply> done)
{
    const Id user = storage.disk.state.user;
    send<protocol::EnrolReply>([this, user]() -> Result<protocol::EnrolReply> { return m_server.enrol(user); }, std::move(done));
}

} // namespace fieldfare::simulation
