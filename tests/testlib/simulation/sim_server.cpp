// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/sim_server.h"

#include "core/model/entities/entities.h"
#include "sync/server/merge/compactor.h"
#include "tests/testlib/simulation/sim_catalog.h"
#include "tests/testlib/simulation/store_machines.h"

#include <algorithm>

namespace fieldfare::simulation {

using base::Id;
using base::Result;

namespace {

/// A transaction that answers.
template <typename T>
Result<T> writeFor(ServerMachine &machine, bool crash, const std::function<Result<T>()> &work)
{
    std::optional<Result<T>> reply;
    const Result<void> written = machine.write(
        [&]() -> Result<void> {
            reply = work();
            return reply->ok() ? Result<void>() : Result<void>(reply->error());
        },
        crash);
    if (!written.ok())
        return written.error();
    return *reply;
}

template <typename T>
Result<T> readFor(ServerMachine &machine, const std::function<Result<T>()> &work)
{
    std::optional<Result<T>> reply;
    FIELDFARE_TRY(machine.read([&]() -> Result<void> {
        reply = work();
        return {};
    }));
    return *reply;
}

} // namespace

SimServer::SimServer(const Mutants &mutants, Storages storages, Scheduler &scheduler, Dice &dice, Oracle &oracle)
    : m_mutants(mutants), m_scheduler(scheduler), m_dice(dice), m_oracle(oracle), m_clock(scheduler)
{
    if (storages == Storages::Real)
        m_machine = makeSqlServerMachine(dice);
    else
        m_machine = std::make_unique<RamServerMachine>(mutants.serverForgetsBases);
}

/// Merge and pages over the machine's present storage: another object after the server was started again.
SimServer::Roles &SimServer::roles()
{
    if (!m_roles || m_roles->generation != m_machine->generation()) {
        server::ServerStorage &tables = m_machine->storage();
        m_roles.reset(new Roles{server::Merger(tables, simulationCatalog(), m_clock, m_mutants.merger),
                                server::Puller(tables, simulationCatalog(), m_clock, m_mutants.puller),
                                server::Quarantine(tables, m_clock, m_mutants.merger), m_machine->generation()});
    }
    return *m_roles;
}

void SimServer::note()
{
    if (const QString violation = m_machine->violation(); !violation.isEmpty())
        m_oracle.fail(violation);
}

Result<protocol::PushReply> SimServer::push(const protocol::PushRequest &request)
{
    const ServerDisk before = m_machine->disk();
    const bool crash = chaos && m_dice.chance(4);
    m_machine->mayLosePower = chaos;
    const auto reply = writeFor<protocol::PushReply>(*m_machine, crash, [&] { return roles().merger.push(request); });
    note();
    const bool isBarred = !reply.ok() && reply.error().code == base::ErrorCode::AccountDisabled;
    if (!m_machine->takeLostPower() && !crash && !reply.ok() && !isBarred)
        m_oracle.fail(QStringLiteral("the server failed: ") + reply.error().detail);
    // Also when the reply is an error: the power may have gone after the commit.
    m_oracle.noteCommit(request, before, m_machine->disk());
    if (hasScopes && reply.ok())
        noteVerdicts(request, *reply);
    if (reply.ok() && m_mutants.commitsBecomeVisibleLate && m_dice.chance(50)) {
        std::vector<changes::Version> versions;
        const ServerDisk &now = m_machine->disk();
        for (std::uint64_t n = before.counter + 1; n <= now.counter; ++n)
            versions.push_back((now.epoch << changes::kCounterBits) | n);
        m_machine->setHidden(versions, true);
        m_scheduler.after(700, [this, versions] { m_machine->setHidden(versions, false); });
    }
    return reply;
}

Result<protocol::PullReply> SimServer::pull(const protocol::PullRequest &request)
{
    auto reply = readFor<protocol::PullReply>(*m_machine, [&]() -> Result<protocol::PullReply> {
        FIELDFARE_TRY(checkAccount(request.device));
        return roles().puller.pull(request);
    });
    std::vector<RowKey> rows;
    for (size_t i = 0; reply.ok() && i < reply->rows.size(); ++i) {
        if (!reply->rows[i].left && !reply->rows[i].erased)
            rows.emplace_back(reply->rows[i].entity, reply->rows[i].id);
    }
    noteRows(request.device, rows);
    return reply;
}

void SimServer::noteRows(const Id &device, const std::vector<RowKey> &rows)
{
    if (!hasScopes)
        return;
    const ServerDisk &disk = m_machine->disk();
    const Id user = disk.devices.at(device).user;
    for (const RowKey &key : rows) {
        if (!m_oracle.sees(disk, user, key))
            m_oracle.fail(QStringLiteral("a page has a row that its reader may not see: %1").arg(key.second.toString().left(4)));
    }
}

void SimServer::noteVerdicts(const protocol::PushRequest &request, const protocol::PushReply &reply)
{
    const ServerDisk &disk = m_machine->disk();
    const Id user = disk.devices.at(request.device).user;
    for (const changes::Verdict &verdict : reply.verdicts) {
        const changes::Operation &operation = request.operations.at(size_t(verdict.n - request.operations.front().name.n));
        const RowKey key{operation.entity, operation.record};
        const bool isSeen = !disk.rows.contains(key) || m_oracle.sees(disk, user, key);
        if (isSeen != !verdict.outOfSight)
            m_oracle.fail(isSeen ? QStringLiteral("a verdict says that a row is out of sight which is not") : QStringLiteral("a verdict does not say that its row is out of sight"));
        if (!isSeen && !verdict.value.isEmpty())
            m_oracle.fail(QStringLiteral("a verdict tells a value that its author may not see"));
    }
}

Result<void> SimServer::checkAccount(const Id &id)
{
    FIELDFARE_ASSIGN(const auto device, m_machine->storage().device(id));
    if (device && device->userDisabled)
        return {base::ErrorCode::AccountDisabled, QStringLiteral("the account is disabled")};
    return {};
}

Result<protocol::HandInReply> SimServer::handIn(const protocol::HandInRequest &request)
{
    const bool crash = chaos && m_dice.chance(4);
    m_machine->mayLosePower = chaos;
    const auto reply = writeFor<protocol::HandInReply>(*m_machine, crash, [&] { return roles().quarantine.take(request); });
    note();
    if (!m_machine->takeLostPower() && !crash && !reply.ok())
        m_oracle.fail(QStringLiteral("the server could not take what was handed in: ") + reply.error().detail);
    const ServerDisk &disk = m_machine->disk();
    for (const auto &[key, operation] : disk.quarantine)
        m_oracle.noteHandedIn(operation.hash);
    return reply;
}

int SimServer::handedIn(const Id &device)
{
    const ServerDisk &disk = m_machine->disk();
    return int(std::count_if(disk.quarantine.begin(), disk.quarantine.end(),
                             [&](const auto &entry) { return entry.first.first == device && !entry.second.refused; }));
}

bool SimServer::isHandedIn()
{
    return std::any_of(m_known.begin(), m_known.end(), [this](const Id &device) { return handedIn(device) > 0; });
}

void SimServer::decideHandedIn(const Id &device)
{
    const ServerDisk before = m_machine->disk();
    protocol::PushRequest asPushed;
    std::set<std::uint64_t> rejected;
    const int rejects = m_dice.below(3) * 50; // per cent
    for (auto it = before.quarantine.lower_bound({device, 0}); it != before.quarantine.end() && it->first.first == device; ++it) {
        const server::QuarantinedOperation &kept = it->second;
        auto operation = changes::decodeContent(kept.content);
        if (kept.refused || !operation.ok())
            continue;
        operation->name = kept.name;
        operation->origin = kept.origin.value_or(changes::Origin{kept.name, kept.hash});
        asPushed.operations.push_back(*operation);
        if (m_dice.chance(rejects))
            rejected.insert(kept.name.n);
    }
    const bool crash = chaos && m_dice.chance(10);
    m_machine->mayLosePower = chaos;
    const Result<void> decided = m_machine->write(
        [&]() -> Result<void> {
            FIELDFARE_TRY(roles().merger.decideHandedIn(device, rejected));
            return {};
        },
        crash);
    note();
    if (!m_machine->takeLostPower() && !crash && !decided.ok())
        m_oracle.fail(QStringLiteral("the server could not decide on what was handed in: ") + decided.error().detail);
    m_oracle.noteCommit(asPushed, before, m_machine->disk());
}

void SimServer::decideAll()
{
    for (const Id &device : m_known) {
        if (handedIn(device) > 0)
            decideHandedIn(device);
    }
}

Result<protocol::DownloadStart> SimServer::beginDownload(const Id &device)
{
    m_machine->mayLosePower = false;
    return writeFor<protocol::DownloadStart>(*m_machine, false, [&]() -> Result<protocol::DownloadStart> {
        FIELDFARE_TRY(checkAccount(device));
        return roles().puller.beginDownload(device);
    });
}

Result<protocol::DownloadPage> SimServer::downloadPage(const protocol::DownloadRequest &request)
{
    auto page = readFor<protocol::DownloadPage>(*m_machine, [&]() -> Result<protocol::DownloadPage> {
        FIELDFARE_TRY(checkAccount(request.device));
        return roles().puller.downloadPage(request);
    });
    std::vector<RowKey> rows;
    for (size_t i = 0; page.ok() && i < page->rows.size(); ++i)
        rows.emplace_back(page->rows[i].entity, page->rows[i].id);
    noteRows(request.device, rows);
    return page;
}

void SimServer::write(model::EntityId entity, const Id &id, const std::vector<changes::FieldValue> &values)
{
    m_machine->mayLosePower = false;
    const auto written = m_machine->write([&]() -> Result<void> {
        const auto version = roles().merger.writeAsServer(entity, id, values, Id());
        return version.ok() ? Result<void>() : Result<void>(version.error());
    });
    if (!written.ok())
        m_oracle.fail(QStringLiteral("the server could not write: ") + written.error().detail);
}

protocol::EnrolReply SimServer::enrol(const Id &user)
{
    protocol::EnrolReply reply;
    reply.device = Id::fromBytes(m_dice.bytes(Id::kSize));
    reply.user = user;
    reply.incarnation = 1;
    m_known.push_back(reply.device);
    m_machine->mayLosePower = false;
    const auto enrolled = m_machine->write([&]() -> Result<void> {
        server::ServerStorage &tables = m_machine->storage();
        reply.epoch = tables.epoch();
        server::DeviceRecord device;
        device.device = reply.device;
        device.incarnation = 1;
        device.user = user;
        device.name = QStringLiteral("device-%1").arg(m_known.size());
        device.rolling = changes::firstRollingHash();
        FIELDFARE_TRY(tables.putDevice(device));
        const model::Entity *entity = simulationCatalog()->entity(model::entities::kUser.id);
        FIELDFARE_ASSIGN(const auto known, tables.row(entity->id(), user));
        if (known)
            return {};
        const auto key = [&](const char *name) { return entity->field(QString::fromLatin1(name))->key; };
        const auto written = roles().merger.writeAsServer(entity->id(), user,
                                                          {{key("name"), model::Value(QStringLiteral("ann"))},
                                                           {key("role"), model::Value(QStringLiteral("system_administrator"))}},
                                                          Id());
        return written.ok() ? Result<void>() : Result<void>(written.error());
    });
    if (!enrolled.ok())
        m_oracle.fail(QStringLiteral("the server could not enrol a device: ") + enrolled.error().detail);
    return reply;
}

void SimServer::setDisabled(const Id &id, bool disabled)
{
    m_machine->mayLosePower = false;
    const auto written = m_machine->write([&]() -> Result<void> {
        FIELDFARE_ASSIGN(auto device, m_machine->storage().device(id));
        if (!device)
            return {};
        if (disabled && !device->userDisabled)
            FIELDFARE_TRY(roles().quarantine.reopen(id));
        device->userDisabled = disabled;
        return m_machine->storage().putDevice(*device);
    });
    if (!written.ok())
        m_oracle.fail(QStringLiteral("the server could not disable: ") + written.error().detail);
}

void SimServer::enableAll()
{
    for (const Id &device : m_known)
        setDisabled(device, false);
}

void SimServer::compact(changes::Version upTo)
{
    m_machine->mayLosePower = false;
    const auto compacted = m_machine->write([&]() -> Result<void> {
        const auto more = server::Compactor(m_machine->storage(), m_clock).step(upTo);
        return more.ok() ? Result<void>() : Result<void>(more.error());
    });
    if (!m_machine->takeLostPower() && !compacted.ok())
        m_oracle.fail(QStringLiteral("the server could not compact: ") + compacted.error().detail);
}

QString SimServer::check()
{
    return m_machine->check();
}

QByteArray SimServer::checksum(const changes::ReplicaState &state)
{
    const protocol::ChecksumRequest request{state.device, state.epoch, state.cursor, state.scope};
    const auto sum = readFor<protocol::ChecksumReply>(*m_machine, [&] { return roles().puller.checksum(request); });
    return sum.ok() ? sum->sum : QByteArray();
}

} // namespace fieldfare::simulation
