// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check/profile_check.h"
#include "core/store/store.h"
#include "tests/testlib/simulation/fault_file.h"
#include "tests/testlib/simulation/sim_catalog.h"
#include "tests/testlib/simulation/store_machines.h"

namespace fieldfare::simulation {

using base::Id;
using base::Result;
using changes::Replica;
using changes::ReplicaStorage;

namespace {

constexpr int kAll = 10'000; ///< More than a schedule makes.

Id largestId()
{
    return Id::fromBytes(QByteArray(Id::kSize, '\xFF'));
}

/// A row with its own edits, as the memory of RamReplicaStorage would hold it.
Result<void> readRow(ReplicaStorage &storage, model::EntityId entity, const Id &id, DeviceDisk &disk)
{
    FIELDFARE_ASSIGN(const auto row, storage.findRow(entity, id));
    if (!row)
        return {};
    disk.rows.emplace(RowKey{entity, id}, *row);
    FIELDFARE_ASSIGN(const std::vector<changes::DirtyField> dirty, storage.dirtyFields(entity, id));
    for (const changes::DirtyField &field : dirty)
        disk.dirty[{entity, id}][field.field] = field;
    return {};
}

Result<void> readDisk(ReplicaStorage &storage, DeviceDisk &disk)
{
    FIELDFARE_ASSIGN(disk.state, storage.state());
    FIELDFARE_ASSIGN(const auto waiting, storage.operationsAfter(0, kAll));
    for (const changes::StoredOperation &stored : waiting) {
        disk.outbox.emplace(stored.operation.name.n, stored);
        if (stored.operation.kind == changes::OperationKind::Create)
            FIELDFARE_TRY(readRow(storage, stored.operation.entity, stored.operation.record, disk));
    }
    for (const model::Entity &entity : simulationCatalog()->entities()) {
        FIELDFARE_ASSIGN(const std::vector<Id> ids, storage.acknowledgedIds(entity.id(), Id(), largestId()));
        for (const Id &id : ids)
            FIELDFARE_TRY(readRow(storage, entity.id(), id, disk));
    }
    return {};
}

class StoreMachine final : public DeviceMachine {
public:
    StoreMachine(const base::Clock &clock, Dice &dice) : m_clock(clock), m_dice(dice) { open(); }
    ~StoreMachine() override { m_store.reset(); }

    const DeviceDisk &disk() override
    {
        if (!m_isCurrent)
            m_disk = read();
        m_isCurrent = true;
        return m_disk;
    }
    Result<void> run(Kind kind, const Work &work) override;
    bool takeLostPower() override { return std::exchange(m_lostPower, false); }
    void crash() override;
    void backUp() override;
    bool restoreBackup() override;
    [[nodiscard]] const DeviceDisk *backup() const override { return m_backup ? &m_backup->second : nullptr; }
    void copyFrom(DeviceMachine &other) override;
    [[nodiscard]] QString violation() override { return m_violation; }
    [[nodiscard]] QString check(const QByteArray &serverChecksum) override;

private:
    void fail(const QString &what)
    {
        if (m_violation.isEmpty())
            m_violation = what;
    }
    void open();
    void startAgain();
    DeviceDisk read();
    void noteVersions(const DeviceDisk &before);

    const base::Clock &m_clock;
    Dice &m_dice;
    FaultFile m_file;
    std::unique_ptr<store::Store> m_store;
    DeviceDisk m_disk;
    bool m_isCurrent = false;
    bool m_lostPower = false;
    std::optional<std::pair<testlib::FaultDisk::Snapshot, DeviceDisk>> m_backup;
    QString m_violation;
};

void StoreMachine::open()
{
    m_isCurrent = false;
    store::StoreOptions options;
    options.path = m_file.path();
    options.key = FaultFile::key();
    options.createIfMissing = true;
    options.catalog = simulationCatalog();
    options.clock = &m_clock;
    options.random = &m_dice;
    options.vfsName = m_file.vfsName();
    auto opened = store::Store::open(std::move(options));
    if (opened.ok())
        m_store = std::move(opened).value();
    else
        fail(QStringLiteral("a profile does not open: ") + opened.error().detail);
}

DeviceDisk StoreMachine::read()
{
    DeviceDisk disk;
    if (!m_store)
        return disk;
    const auto done = m_store->applyRemote([&](Replica &, ReplicaStorage &storage) { return readDisk(storage, disk); });
    const auto tray = m_store->tray();
    if (!done.ok() || !tray.ok()) {
        fail(QStringLiteral("a profile cannot be read"));
        return disk;
    }
    for (const store::TrayView &entry : *tray)
        disk.tray.push_back({entry.operation, entry.outcome, entry.reason, entry.refusedAt});
    return disk;
}

Result<void> StoreMachine::run(Kind, const Work &work)
{
    if (!m_store)
        return {base::ErrorCode::Internal, QStringLiteral("no store")};
    const DeviceDisk before = disk();
    if (mayLosePower && m_dice.chance(4))
        m_file.disk().cutPowerAfter(1 + m_dice.below(16));
    m_isCurrent = false;
    Result<void> result = m_store->applyRemote(work);
    m_lostPower = m_file.disk().isWithoutPower();
    if (m_lostPower)
        startAgain();
    m_file.disk().cutPowerAfter(0);
    noteVersions(before);
    return result;
}

/// After a power cut: what was not synced is gone, as far as the disk likes.
void StoreMachine::startAgain()
{
    m_store.reset();
    m_file.disk().crash(std::uint64_t(m_dice.below(1 << 30)));
    open();
}

void StoreMachine::crash()
{
    const DeviceDisk before = disk();
    m_file.disk().cutPowerAfter(1);
    startAgain();
    m_file.disk().cutPowerAfter(0);
    if (!isSame(before, disk()))
        fail(QStringLiteral("an acknowledged transaction was lost by a power cut"));
}

void StoreMachine::backUp()
{
    m_store.reset();
    auto content = m_file.content();
    open();
    m_backup.emplace(std::move(content), disk());
}

bool StoreMachine::restoreBackup()
{
    if (!m_backup)
        return false;
    m_store.reset();
    m_file.setContent(m_backup->first);
    open();
    if (!isSame(m_backup->second, disk()))
        fail(QStringLiteral("a restored profile is not what was backed up"));
    return true;
}

void StoreMachine::copyFrom(DeviceMachine &given)
{
    auto &other = static_cast<StoreMachine &>(given);
    other.m_store.reset();
    m_store.reset();
    m_file.setContent(other.m_file.content());
    other.open();
    open();
}

void StoreMachine::noteVersions(const DeviceDisk &before)
{
    for (const auto &[key, row] : disk().rows) {
        const auto former = before.rows.find(key);
        if (former == before.rows.end())
            continue;
        for (const auto &[field, version] : former->second.versions.exceptions()) {
            if (row.versions.of(field) < version)
                fail(QStringLiteral("a field's acknowledged version went back"));
        }
    }
}

QString StoreMachine::check(const QByteArray &serverChecksum)
{
    if (!m_store)
        return m_violation;
    const auto report = store::checkProfile(*m_store);
    if (!report.ok())
        return QStringLiteral("a profile cannot be checked: ") + report.error().detail;
    QStringList faults;
    for (const store::CheckFinding &finding : report->findings) {
        // These profiles name no server, as their transport is made by hand; what a record pointed to may have been erased elsewhere.
        if (finding.kind != store::CheckFinding::Kind::Reference)
            faults.append(finding.where + QStringLiteral(": ") + finding.detail);
    }
    if (!faults.isEmpty())
        return QStringLiteral("a profile is not sound: ") + faults.join(QStringLiteral("; "));
    if (report->acknowledged.bytes() != serverChecksum)
        return QStringLiteral("the checksum of a profile is not that of the server");
    return m_violation;
}

} // namespace

std::unique_ptr<DeviceMachine> makeStoreMachine(const base::Clock &clock, Dice &dice)
{
    return std::make_unique<StoreMachine>(clock, dice);
}

} // namespace fieldfare::simulation
