// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/sim_device.h"

#include "tests/testlib/simulation/ram_device_machine.h"
#include "tests/testlib/simulation/sim_catalog.h"
#include "tests/testlib/simulation/store_machines.h"

namespace fieldfare::simulation {

using base::Id;
using base::Result;
using changes::Replica;
using engine::Callback;

SimDevice::SimDevice(int number, const Mutants &mutants, Storages storages, Scheduler &scheduler, Dice &dice, SimServer &server, Oracle &oracle)
    : clock(scheduler), m_number(number), m_mutants(mutants), m_scheduler(scheduler), m_dice(dice), m_server(server), m_oracle(oracle)
{
    if (storages == Storages::Real)
        m_machine = makeStoreMachine(clock, dice);
    else
        m_machine = std::make_unique<RamDeviceMachine>(mutants, clock, dice);
    clock.reboot(16 * number + m_boots);
}

void SimDevice::join(const Id &user)
{
    m_machine->mayLosePower = false;
    const protocol::EnrolReply reply = m_server.enrol(user);
    const auto joined = m_machine->run(DeviceMachine::Kind::OwnEdit, [&](Replica &, changes::ReplicaStorage &storage) {
        changes::ReplicaState state;
        state.device = reply.device;
        state.incarnation = reply.incarnation;
        state.user = user;
        state.epoch = reply.epoch;
        state.rolling = changes::firstRollingHash();
        return storage.setState(state);
    });
    if (!joined.ok())
        m_oracle.fail(QStringLiteral("a device could not join: ") + joined.error().detail);
}

void SimDevice::copyFrom(const SimDevice &other)
{
    m_machine->copyFrom(*other.m_machine);
}

void SimDevice::commit(const std::vector<changes::LocalChange> &changes)
{
    m_machine->mayLosePower = chaos;
    const DeviceDisk before = m_machine->disk();
    const Id action = Id::fromBytes(m_dice.bytes(Id::kSize));
    // A change that does not fit is refused there and then; what a power cut left of one is seen below.
    (void)m_machine->run(DeviceMachine::Kind::OwnEdit, [&](Replica &replica, changes::ReplicaStorage &) { return replica.commit(changes, action); });
    noteEdits(before.state.lastN, before);
    if (m_machine->takeLostPower())
        restart();
}

void SimDevice::noteEdits(std::uint64_t after, const DeviceDisk &before)
{
    const DeviceDisk &now = m_machine->disk();
    for (auto it = now.outbox.upper_bound(after); it != now.outbox.end(); ++it)
        m_oracle.noteOperation(it->second, before);
    if (const QString violation = m_machine->violation(); !violation.isEmpty())
        m_oracle.fail(violation);
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
    m_machine->crash();
    restart();
}

void SimDevice::restart()
{
    m_engine.reset();
    ++m_connection;
    clock.reboot(16 * m_number + ++m_boots);
    if (const QString violation = m_machine->violation(); !violation.isEmpty())
        m_oracle.fail(violation);
}

void SimDevice::restoreBackup()
{
    const DeviceDisk *backup = m_machine->backup();
    if (backup == nullptr)
        return;
    m_engine.reset();
    ++m_connection;
    for (const auto &[n, stored] : disk().outbox) {
        const auto kept = backup->outbox.find(n);
        if (kept == backup->outbox.end() || kept->second.hash != stored.hash)
            m_oracle.noteDiscarded(stored.hash);
    }
    m_oracle.noteTrayLost();
    m_machine->restoreBackup();
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

void SimDevice::run(Work work, std::function<void(Result<void>)> done)
{
    m_machine->mayLosePower = chaos;
    const Result<void> result = m_machine->run(DeviceMachine::Kind::Sync, work);
    if (m_machine->takeLostPower())
        return restart();
    if (!result.ok())
        m_oracle.fail(QStringLiteral("the device failed: ") + result.error().detail);
    if (const QString violation = m_machine->violation(); !violation.isEmpty())
        m_oracle.fail(violation);
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
                                         registerCursorLate();
                                     if (m_mutants.puller.downloadGoesOn)
                                         adoptScope();
                                     done(std::move(reply));
                                 });
}

/// Mutant: S is read with each page instead of before the first.
void SimDevice::registerCursorLate()
{
    (void)m_machine->run(DeviceMachine::Kind::OwnEdit, [this](Replica &, changes::ReplicaStorage &storage) -> Result<void> {
        FIELDFARE_ASSIGN(changes::ReplicaState state, storage.state());
        FIELDFARE_ASSIGN(state.downloadCursor, m_server.storage().counter());
        return storage.setState(state);
    });
}

/// Mutant: what is in sight by now, while the pages before were of what was in sight then.
void SimDevice::adoptScope()
{
    (void)m_machine->run(DeviceMachine::Kind::OwnEdit, [this](Replica &, changes::ReplicaStorage &storage) -> Result<void> {
        FIELDFARE_ASSIGN(changes::ReplicaState state, storage.state());
        FIELDFARE_ASSIGN(const server::Scope scope, server::scopeOf(m_server.storage(), *simulationCatalog(), state.user));
        state.scope = scope.number;
        return storage.setState(state);
    });
}

void SimDevice::enrolAnew(const Id &, Callback<protocol::EnrolReply> done)
{
    const Id user = disk().state.user;
    send<protocol::EnrolReply>([this, user]() -> Result<protocol::EnrolReply> { return m_server.enrol(user); }, std::move(done));
}

/// Nothing is exported in schedules.
void SimDevice::tellExports(const protocol::ExportsRequest &, Callback<protocol::ExportsReply> done)
{
    send<protocol::ExportsReply>([] { return protocol::ExportsReply{}; }, std::move(done));
}

void SimDevice::handIn(const protocol::HandInRequest &request, Callback<protocol::HandInReply> done)
{
    send<protocol::HandInReply>([this, request] { return m_server.handIn(request); }, std::move(done));
}

} // namespace fieldfare::simulation
