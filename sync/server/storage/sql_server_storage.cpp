// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/sql_server_storage.h"

#include "core/base/hash.h"
#include "sync/server/storage/id_binding.h"
#include "sync/server/storage/server_schema.h"

#include <QtEndian>

#include <algorithm>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using storage::Statement;
using storage::StatementReset;
using storage::Transaction;

namespace {

/// An operation moves its row out of one label into another; so many under one version cannot be.
constexpr qint64 kMostEntriesOfAPlace = 1000;

base::Error unknownEntity(model::EntityId entity)
{
    return {ErrorCode::UnknownEntity, QStringLiteral("no entity with number %1").arg(entity), {QString::number(entity)}};
}

} // namespace

SqlServerStorage::SqlServerStorage(storage::Connection &connection, model::CatalogPointer catalog)
    : m_connection(connection), m_catalog(std::move(catalog)), m_log(connection)
{
}

Result<std::unique_ptr<SqlServerStorage>> SqlServerStorage::open(storage::Connection &connection, model::CatalogPointer catalog)
{
    std::unique_ptr<SqlServerStorage> storage(new SqlServerStorage(connection, std::move(catalog)));
    ServerMeta meta(connection);
    FIELDFARE_ASSIGN(const qint64 epoch, meta.integer(ServerMeta::kEpoch));
    FIELDFARE_ASSIGN(const qint64 counter, meta.integer(ServerMeta::kCounter));
    FIELDFARE_ASSIGN(storage->m_erasureKey, meta.bytes(ServerMeta::kErasureKey));
    storage->m_epoch = std::uint64_t(epoch);
    storage->m_counter = std::uint64_t(counter);
    storage->m_storedCounter = storage->m_counter;
    return storage;
}

Result<void> SqlServerStorage::write(const std::function<Result<void>()> &work)
{
    return tryUntilDone([&] { return writeOnce(work); });
}

Result<void> SqlServerStorage::read(const std::function<Result<void>()> &work)
{
    return tryUntilDone([&] { return readOnce(work); });
}

/// What a lost connection or another process cut off is begun anew, as often as the database's driver finds worth it.
Result<void> SqlServerStorage::tryUntilDone(const std::function<Result<void>()> &transaction)
{
    for (;;) {
        auto done = transaction();
        if (done.ok())
            return done;
        m_log.forgetDevices(); // their numbers may have been given in what was rolled back
        if (m_connection.driver() == nullptr || !m_connection.driver()->recovers())
            return done;
    }
}

/// Other processes may have given out versions since, and only the one that holds the lock does.
Result<void> SqlServerStorage::takeCounter()
{
    if (m_connection.driver() == nullptr)
        return {};
    ServerMeta meta(m_connection);
    FIELDFARE_ASSIGN(const qint64 counter, meta.lockedCounter());
    FIELDFARE_ASSIGN(const qint64 epoch, meta.integer(ServerMeta::kEpoch));
    m_counter = std::uint64_t(epoch) == m_epoch ? std::max(m_counter, std::uint64_t(counter)) : std::uint64_t(counter);
    m_storedCounter = std::uint64_t(counter);
    m_epoch = std::uint64_t(epoch);
    return {};
}

Result<void> SqlServerStorage::writeOnce(const std::function<Result<void>()> &work)
{
    FIELDFARE_ASSIGN(auto transaction, Transaction::begin(m_connection, Transaction::Mode::Immediate));
    FIELDFARE_TRY(takeCounter());
    m_isWriting = true;
    auto done = work();
    m_isWriting = false;
    if (!done.ok())
        return done;
    const std::uint64_t storedBefore = m_storedCounter;
    FIELDFARE_TRY(storeCounter());
    auto committed = transaction.commit();
    if (!committed.ok() && m_connection.driver() != nullptr && m_connection.driver()->wasCommitted())
        return {}; // only the answer was lost
    if (!committed.ok())
        m_storedCounter = storedBefore;
    return committed;
}

Result<void> SqlServerStorage::readOnce(const std::function<Result<void>()> &work)
{
    FIELDFARE_ASSIGN(auto transaction, Transaction::begin(m_connection, Transaction::Mode::Deferred));
    FIELDFARE_TRY(work());
    transaction.rollback(); // nothing was written
    return {};
}

Result<void> SqlServerStorage::part(const std::function<Result<void>()> &work)
{
    FIELDFARE_TRY(m_connection.statement(QLatin1StringView("SAVEPOINT part")).run());
    const auto done = work();
    if (!done.ok()) {
        m_log.forgetDevices();
        FIELDFARE_TRY(m_connection.statement(QLatin1StringView("ROLLBACK TO part")).run());
    }
    FIELDFARE_TRY(m_connection.statement(QLatin1StringView("RELEASE part")).run());
    return done;
}

Result<void> SqlServerStorage::storeCounter()
{
    if (m_counter == m_storedCounter)
        return {};
    FIELDFARE_TRY(ServerMeta(m_connection).put(ServerMeta::kCounter, qint64(m_counter)));
    m_storedCounter = m_counter;
    if (m_connection.dialect() != storage::Dialect::PostgreSql)
        return {};
    Statement &notify = m_connection.statement(QLatin1StringView("SELECT pg_notify('fieldfare_changed', ?1)")); // leaves with the commit
    notify.bindText(1, QString::number((m_epoch << changes::kCounterBits) | m_counter));
    return notify.run();
}

EntityTable *SqlServerStorage::table(model::EntityId id)
{
    const auto found = m_tables.find(id);
    if (found != m_tables.end())
        return found->second.get();
    const model::Entity *entity = m_catalog->entity(id);
    if (entity == nullptr)
        return nullptr;
    return m_tables.emplace(id, std::make_unique<EntityTable>(m_connection, *entity)).first->second.get();
}

Result<changes::Version> SqlServerStorage::counter()
{
    std::uint64_t counter = m_counter;
    if (!m_isWriting) { // another connection may write: what this one's snapshot says
        FIELDFARE_ASSIGN(const qint64 stored, ServerMeta(m_connection).integer(ServerMeta::kCounter));
        counter = std::uint64_t(stored);
    }
    return (m_epoch << changes::kCounterBits) | counter;
}

Result<changes::Version> SqlServerStorage::nextVersion()
{
    if (!m_isWriting)
        return {ErrorCode::Internal, QStringLiteral("a version was asked for outside of write()")};
    ++m_counter;
    return (m_epoch << changes::kCounterBits) | m_counter;
}

Result<std::optional<DeviceRecord>> SqlServerStorage::device(const Id &id)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT incarnation, user, name, last_n, rolling, let_go_n, last_corrected_ms, download_cursor, download_lease_until, "
        "cursor, user_disabled, revoked FROM devices WHERE id=?1"));
    const StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool found, query.step());
    if (!found)
        return std::optional<DeviceRecord>();
    DeviceRecord record;
    record.device = id;
    record.incarnation = std::uint32_t(query.int64(0));
    record.user = readId(query, 1);
    record.name = query.text(2);
    record.lastN = std::uint64_t(query.int64(3));
    record.rolling = query.blob(4);
    record.letGoN = std::uint64_t(query.int64(5));
    record.lastCorrectedMs = query.int64(6);
    record.downloadCursor = changes::Version(query.int64(7));
    record.downloadLeaseUntil = query.int64(8);
    record.cursor = changes::Version(query.int64(9));
    record.userDisabled = query.int64(10) != 0;
    record.revoked = query.int64(11) != 0;
    return std::optional<DeviceRecord>(std::move(record));
}

Result<void> SqlServerStorage::putDevice(const DeviceRecord &device)
{
    // Not the database's own numbering: PostgreSQL's goes on for each device that is there already.
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO devices(no, id, incarnation, user, name, last_n, rolling, let_go_n, last_corrected_ms, download_cursor, "
        "download_lease_until, cursor, user_disabled, revoked) "
        "VALUES((SELECT coalesce(max(no), 0)+1 FROM devices), ?1,?2,?3,?4,?5,?6,?7,?8,?9,?10,?11,?12,?13) "
        "ON CONFLICT(id) DO UPDATE SET incarnation=?2, user=?3, name=?4, last_n=?5, rolling=?6, let_go_n=?7, "
        "last_corrected_ms=?8, download_cursor=?9, download_lease_until=?10, cursor=?11, user_disabled=?12, revoked=?13"));
    bindId(put, 1, device.device);
    put.bind(2, qint64(device.incarnation));
    bindId(put, 3, device.user);
    put.bindText(4, device.name);
    put.bind(5, qint64(device.lastN));
    put.bindBlob(6, device.rolling);
    put.bind(7, qint64(device.letGoN));
    put.bind(8, qint64(device.lastCorrectedMs));
    put.bind(9, qint64(device.downloadCursor));
    put.bind(10, qint64(device.downloadLeaseUntil));
    put.bind(11, qint64(device.cursor));
    put.bind(12, device.userDisabled);
    put.bind(13, device.revoked);
    return put.run();
}

Result<int> SqlServerStorage::deviceNumber(const Id &device)
{
    FIELDFARE_ASSIGN(const qint64 number, m_log.deviceNumber(device));
    return int(number);
}

Result<std::uint64_t> SqlServerStorage::leaseNumbers(model::EntityId entity, std::uint64_t count)
{
    Statement &lease = m_connection.statement(QLatin1StringView(
        "INSERT INTO number_leases(entity, next) VALUES(?1, 1+?2) ON CONFLICT(entity) DO UPDATE SET next=number_leases.next+?2 "
        "RETURNING next-?2"));
    const StatementReset reset(lease);
    lease.bind(1, qint64(entity));
    lease.bind(2, qint64(count));
    FIELDFARE_TRY(lease.step());
    return std::uint64_t(lease.int64(0));
}

Result<std::optional<std::int64_t>> SqlServerStorage::bootOffset(const Id &device, const QByteArray &bootId)
{
    Statement &query = m_connection.statement(
        QLatin1StringView("SELECT offset_ms FROM boot_offsets WHERE device=?1 AND boot_id=?2"));
    const StatementReset reset(query);
    bindId(query, 1, device);
    query.bindBlob(2, bootId);
    FIELDFARE_ASSIGN(const bool found, query.step());
    return found ? std::optional<std::int64_t>(query.int64(0)) : std::nullopt;
}

Result<void> SqlServerStorage::putBootOffset(const Id &device, const QByteArray &bootId, std::int64_t offset)
{
    Statement &put = m_connection.statement(
        QLatin1StringView("INSERT INTO boot_offsets(device, boot_id, offset_ms) VALUES(?1,?2,?3) "
                          "ON CONFLICT(device, boot_id) DO UPDATE SET offset_ms=?3"));
    bindId(put, 1, device);
    put.bindBlob(2, bootId);
    put.bind(3, qint64(offset));
    return put.run();
}

Result<std::optional<LoggedOperation>> SqlServerStorage::operation(const changes::OperationName &name)
{
    return m_log.find(name);
}

Result<std::optional<LoggedOperation>> SqlServerStorage::operationByOrigin(const changes::Origin &origin)
{
    return m_log.findByOrigin(origin);
}

Result<void> SqlServerStorage::putOperation(const LoggedOperation &operation)
{
    return m_log.put(operation);
}

Result<void> SqlServerStorage::letVerdictsGo(const Id &device, std::uint32_t incarnation, std::uint64_t upToN)
{
    return m_log.letVerdictsGo(device, incarnation, upToN);
}

Result<void> SqlServerStorage::clearVerdictValues(model::EntityId entity, const Id &record)
{
    return m_log.clearVerdictValues(entity, record);
}

Result<std::optional<Writer>> SqlServerStorage::writer(changes::Version version)
{
    return m_log.writer(version);
}

Result<std::optional<LabelledRow>> SqlServerStorage::row(model::EntityId entity, const Id &id)
{
    EntityTable *const rows = table(entity);
    if (rows == nullptr)
        return std::optional<LabelledRow>();
    return rows->find(id);
}

Result<void> SqlServerStorage::insertRow(const LabelledRow &row)
{
    EntityTable *const rows = table(row.entity);
    return rows != nullptr ? rows->insert(row) : Result<void>(unknownEntity(row.entity));
}

Result<void> SqlServerStorage::updateRow(const changes::ReplicatedRow &row, const std::vector<model::FieldKey> &changed)
{
    EntityTable *const rows = table(row.entity);
    return rows != nullptr ? rows->update(row, changed) : Result<void>(unknownEntity(row.entity));
}

Result<void> SqlServerStorage::removeRow(model::EntityId entity, const Id &id)
{
    EntityTable *const rows = table(entity);
    return rows != nullptr ? rows->remove(id) : Result<void>(unknownEntity(entity));
}

Result<std::vector<Id>> SqlServerStorage::conflictsAbout(const model::Reference &record)
{
    const auto about = conflictAboutColumn(*m_catalog);
    if (!about)
        return std::vector<Id>();
    Statement &query = m_connection.statement(
        QStringLiteral("SELECT id FROM %1 WHERE %2=?1").arg(about->table, about->column.name));
    const StatementReset reset(query);
    int index = 1;
    storage::FieldColumns::bind(query, index, about->column, model::Value(record));
    std::vector<Id> ids;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found)
            return ids;
        ids.push_back(readId(query, 0));
    }
}

Result<std::vector<ServerStorage::Child>> SqlServerStorage::childrenComeAfter(const model::Reference &parent, changes::Version after, int limit)
{
    std::vector<Child> children;
    for (const model::Entity &entity : m_catalog->entities()) {
        const auto column = parentColumn(entity);
        if (!column || !entity.parentField()->targets.contains(parent.entity))
            continue;
        Statement &query = m_connection.statement(
            QStringLiteral("SELECT v, id FROM %1 WHERE %2=?1 AND (v>?2 OR label_since>?2) AND coalesce(trashed, 0)<>1 ORDER BY v DESC LIMIT ?3").arg(entity.table(), column->name));
        const StatementReset reset(query);
        int index = 1;
        storage::FieldColumns::bind(query, index, *column, model::Value(parent));
        query.bind(2, qint64(after));
        query.bind(3, limit);
        for (;;) {
            FIELDFARE_ASSIGN(const bool found, query.step());
            if (!found)
                break;
            children.push_back({changes::Version(query.int64(0)), {entity.id(), readId(query, 1)}});
        }
    }
    std::sort(children.begin(), children.end(), [](const Child &one, const Child &other) { return one.version > other.version; });
    return children;
}

QByteArray SqlServerStorage::erasureHash(model::EntityId entity, const Id &id) const
{
    QByteArray message(2, Qt::Uninitialized);
    qToBigEndian(entity, message.data());
    message += id.toBytes();
    return base::hmacSha256(m_erasureKey, message).left(16);
}

Result<bool> SqlServerStorage::isErased(model::EntityId entity, const Id &id)
{
    // Most companies never erased anything, and the keyed hash is the dearest part of deciding about a create.
    FIELDFARE_ASSIGN(const qint64 wasErased, m_connection.queryInt64(QLatin1StringView("SELECT EXISTS(SELECT 1 FROM erased)")));
    if (wasErased == 0)
        return false;
    Statement &query = m_connection.statement(QLatin1StringView("SELECT 1 FROM erased WHERE hash=?1"));
    const StatementReset reset(query);
    query.bindBlob(1, erasureHash(entity, id));
    return query.step();
}

Result<void> SqlServerStorage::putErased(model::EntityId entity, const Id &id)
{
    Statement &put = m_connection.statement(QLatin1StringView("INSERT INTO erased(hash) VALUES(?1) ON CONFLICT DO NOTHING"));
    put.bindBlob(1, erasureHash(entity, id));
    return put.run();
}

Result<bool> SqlServerStorage::isRefusedCreate(model::EntityId entity, const Id &id)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT 1 FROM refused_creates WHERE entity=?1 AND id=?2"));
    const StatementReset reset(query);
    query.bind(1, qint64(entity));
    query.bindBlob(2, viewOf(id));
    return query.step();
}

Result<void> SqlServerStorage::putRefusedCreate(model::EntityId entity, const Id &id)
{
    Statement &put = m_connection.statement(QLatin1StringView("INSERT INTO refused_creates(entity, id) VALUES(?1,?2) ON CONFLICT DO NOTHING"));
    put.bind(1, qint64(entity));
    put.bindBlob(2, viewOf(id));
    return put.run();
}

Result<void> SqlServerStorage::putChange(const ChangeEntry &entry)
{
    Statement &put = m_connection.statement(QLatin1StringView(
        "INSERT INTO change_index(row, entity, label, seq, kind) VALUES(?1,?2,?3,?4,?5) "
        "ON CONFLICT(row, entity, label) DO UPDATE SET seq=?4, kind=?5"));
    put.bindBlob(1, viewOf(entry.row));
    put.bind(2, qint64(entry.entity));
    put.bind(3, qint64(entry.label));
    put.bind(4, qint64(entry.seq));
    put.bind(5, int(entry.kind));
    return put.run();
}

Result<std::vector<ChangeEntry>> SqlServerStorage::changesAfter(const protocol::PullPosition &position, int limit)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT seq, row, entity, label, kind FROM change_index WHERE (seq, row) > (?1, ?2) ORDER BY seq, row LIMIT ?3"));
    const StatementReset reset(query);
    query.bind(1, qint64(position.seq));
    query.bindBlob(2, viewOf(position.row));
    const qint64 atMost = qint64(limit) + kMostEntriesOfAPlace;
    query.bind(3, atMost);
    std::vector<ChangeEntry> entries;
    for (;;) {
        FIELDFARE_ASSIGN(const bool found, query.step());
        if (!found && qint64(entries.size()) == atMost)
            return {ErrorCode::Internal, QStringLiteral("a row has more labels at one version than labels are written")};
        if (!found)
            return entries;
        ChangeEntry entry{changes::Version(query.int64(0)), model::EntityId(query.int64(2)), readId(query, 1), LabelNumber(query.int64(3)),
                          ChangeEntry::Kind(query.int64(4))};
        if (entries.size() >= size_t(limit) && (entry.seq != entries.back().seq || entry.row != entries.back().row))
            return entries;
        entries.push_back(entry);
    }
}

Result<std::vector<LabelledRow>> SqlServerStorage::rowsAfter(model::EntityId entity, const Id &after, int limit)
{
    EntityTable *const rows = table(entity);
    if (rows == nullptr)
        return std::vector<LabelledRow>();
    return rows->after(after, limit);
}

Result<std::uint64_t> SqlServerStorage::rowCount(model::EntityId entity)
{
    EntityTable *const rows = table(entity);
    if (rows == nullptr)
        return std::uint64_t(0);
    return rows->count();
}

} // namespace fieldfare::server
