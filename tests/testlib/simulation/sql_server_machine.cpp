// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/server_schema.h"
#include "sync/server/storage/sql_server_storage.h"
#include "sync/server/storage/store_check.h"
#include "tests/testlib/simulation/fault_file.h"
#include "tests/testlib/simulation/sim_catalog.h"
#include "tests/testlib/simulation/store_machines.h"

namespace fieldfare::simulation {

using base::Id;
using base::Result;

namespace {

constexpr int kAll = 10'000; ///< More than a schedule makes.

class SqlServerMachine final : public ServerMachine {
public:
    explicit SqlServerMachine(Dice &dice) : m_dice(dice) { open(true); }

    server::ServerStorage &storage() override { return *m_tables; }
    [[nodiscard]] int generation() const override { return m_generation; }
    const ServerDisk &disk() override;
    Result<void> write(const Work &work, bool crash) override;
    Result<void> read(const Work &work) override { return m_tables->read(work); }
    bool takeLostPower() override { return std::exchange(m_lostPower, false); }
    [[nodiscard]] QString violation() override { return m_violation; }
    [[nodiscard]] QString check() override;

private:
    void fail(const QString &what)
    {
        if (m_violation.isEmpty())
            m_violation = what;
    }
    void open(bool isNew);
    void startAgain();
    Result<void> readDisk();
    Result<void> readLog();

    Dice &m_dice;
    FaultFile m_file;
    std::unique_ptr<storage::Connection> m_connection;
    std::unique_ptr<server::SqlServerStorage> m_tables;
    int m_generation = 0;
    ServerDisk m_disk;
    std::set<RowKey> m_erased; ///< Also of what compaction dropped: the tables keep hashes only.
    bool m_isCurrent = false;
    bool m_lostPower = false;
    QString m_violation;
};

void SqlServerMachine::open(bool isNew)
{
    m_isCurrent = false;
    ++m_generation;
    storage::OpenOptions options;
    options.path = m_file.path();
    options.key = FaultFile::key();
    options.createIfMissing = true; // existence is looked up in the real file system
    options.vfsName = m_file.vfsName();
    options.walAutoCheckpointPages = 40; // so that power also goes in checkpoints
    auto opened = storage::Connection::open(options);
    if (!opened.ok())
        qFatal("the server's file does not open: %s", qPrintable(opened.error().detail));
    m_connection = std::move(opened).value();
    if (isNew) {
        const auto made = server::ServerSchema::create(*m_connection, *simulationCatalog(),
                                                       {Id::fromBytes(m_dice.bytes(Id::kSize)), QStringLiteral("Company"), QStringLiteral("USD")}, m_dice);
        if (!made.ok())
            qFatal("the server's tables: %s", qPrintable(made.error().detail));
    }
    auto tables = server::SqlServerStorage::open(*m_connection, simulationCatalog());
    if (!tables.ok())
        qFatal("the server's tables do not open: %s", qPrintable(tables.error().detail));
    m_tables = std::move(tables).value();
}

void SqlServerMachine::startAgain()
{
    m_tables.reset();
    m_connection.reset();
    m_file.disk().crash(std::uint64_t(m_dice.below(1 << 30)));
    open(false);
}

Result<void> SqlServerMachine::write(const Work &work, bool crash)
{
    if (mayLosePower && m_dice.chance(3))
        m_file.disk().cutPowerAfter(1 + m_dice.below(16));
    m_isCurrent = false;
    Result<void> result = m_tables->write([&]() -> Result<void> {
        FIELDFARE_TRY(work());
        return crash ? Result<void>{base::ErrorCode::ServerFailed, QStringLiteral("crashed before the commit")} : Result<void>();
    });
    m_lostPower = m_file.disk().isWithoutPower();
    if (crash && !m_lostPower)
        m_file.disk().cutPowerAfter(1);
    if (crash || m_lostPower)
        startAgain();
    m_file.disk().cutPowerAfter(0);
    return result;
}

const ServerDisk &SqlServerMachine::disk()
{
    if (!m_isCurrent) {
        const auto done = m_tables->read([this] { return readDisk(); });
        if (!done.ok())
            fail(QStringLiteral("the server's tables cannot be read: ") + done.error().detail);
    }
    m_isCurrent = true;
    return m_disk;
}

Result<void> SqlServerMachine::readDisk()
{
    m_disk = {};
    m_disk.epoch = m_tables->epoch();
    FIELDFARE_ASSIGN(const changes::Version counter, m_tables->counter());
    m_disk.counter = counter & ((1ULL << changes::kCounterBits) - 1);
    FIELDFARE_ASSIGN(m_disk.floor, m_tables->floor());
    for (const model::Entity &entity : simulationCatalog()->entities()) {
        FIELDFARE_ASSIGN(const auto rows, m_tables->rowsAfter(entity.id(), Id(), kAll));
        for (const server::LabelledRow &row : rows)
            m_disk.rows.emplace(RowKey{entity.id(), row.id}, row);
    }
    FIELDFARE_ASSIGN(const auto labels, m_tables->labels());
    m_disk.labels.resize(labels.size());
    for (const auto &[number, label] : labels)
        m_disk.labels.at(number - 1) = label;
    FIELDFARE_ASSIGN(const auto entries, m_tables->changesAfter({}, kAll));
    for (const server::ChangeEntry &entry : entries) {
        m_disk.index.emplace(std::pair(protocol::PullPosition{entry.seq, entry.row}, entry.label), entry);
        if (entry.kind == server::ChangeEntry::Kind::Erased)
            m_erased.insert({entry.entity, entry.row});
    }
    for (const RowKey &key : m_erased) {
        FIELDFARE_ASSIGN(const bool isErased, m_tables->isErased(key.first, key.second));
        if (!isErased)
            fail(QStringLiteral("the server forgot an erasure"));
        m_disk.erased.insert(key);
    }
    return readLog();
}

Result<void> SqlServerMachine::readLog()
{
    std::vector<Id> ids;
    {
        FIELDFARE_ASSIGN(const auto query, m_connection->prepare(QStringLiteral("SELECT id FROM devices")));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query->step());
            if (!row)
                break;
            ids.push_back(Id::fromBytes(query->blob(0)));
        }
    }
    for (const Id &id : ids) {
        FIELDFARE_ASSIGN(const auto device, m_tables->device(id));
        m_disk.devices.emplace(id, *device);
        FIELDFARE_ASSIGN(const auto kept, m_tables->quarantined(id, 0, kAll));
        for (const server::QuarantinedOperation &operation : kept)
            m_disk.quarantine.emplace(std::pair(id, operation.name.n), operation);
        for (std::uint64_t n = 1; n <= device->lastN; ++n) {
            FIELDFARE_ASSIGN(const auto logged, m_tables->operation({id, device->incarnation, n}));
            if (!logged) {
                fail(QStringLiteral("the log has a hole"));
                continue;
            }
            m_disk.log.emplace(logged->name, *logged);
            if (logged->version != 0)
                m_disk.byVersion.emplace(logged->version, logged->name);
        }
    }
    return {};
}

QString SqlServerMachine::check()
{
    const auto report = server::checkStore(*m_connection, *simulationCatalog());
    if (!report.ok())
        return QStringLiteral("the server cannot be checked: ") + report.error().detail;
    if (!report->problems.isEmpty())
        return QStringLiteral("the server is not sound: ") + report->problems.join(QLatin1Char(' '));
    return m_violation;
}

} // namespace

std::unique_ptr<ServerMachine> makeSqlServerMachine(Dice &dice)
{
    return std::make_unique<SqlServerMachine>(dice);
}

} // namespace fieldfare::simulation
