// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/transaction.h"
#include "sync/server/merge/server_storage.h"
#include "sync/server/storage/entity_table.h"
#include "sync/server/storage/operation_log.h"

#include <functional>
#include <map>
#include <memory>

namespace fieldfare::server {

/// The server's tables, in SQLite or PostgreSQL. One object a connection, used from its thread; the caller holds a transaction: write()
/// for changes, read() for pages.
///
/// The counter is kept in memory while a transaction runs and written before it commits. It never goes back, not after a
/// rollback either: a version that nobody got is only a gap.
class SqlServerStorage final : public ServerStorage {
public:
    /// Reads epoch, counter and keys. The connection must outlive the object.
    [[nodiscard]] static base::Result<std::unique_ptr<SqlServerStorage>> open(storage::Connection &connection,
                                                                              model::CatalogPointer catalog);

    /// One write transaction around the function; committed when it succeeds, and durable then (synchronous=FULL). Over
    /// PostgreSQL the function is called again, a bounded number of times, when its transaction was cut off without effect: it
    /// must begin anew each time. It has the store for itself: the counter's row is locked before it is called.
    [[nodiscard]] base::Result<void> write(const std::function<base::Result<void>()> &work);
    /// One snapshot around the function, which may be called again as in write().
    [[nodiscard]] base::Result<void> read(const std::function<base::Result<void>()> &work);
    /// Inside write(): what fails is undone without undoing the rest of the transaction.
    [[nodiscard]] base::Result<void> part(const std::function<base::Result<void>()> &work);

    [[nodiscard]] storage::Connection &connection() const { return m_connection; }
    /// Short number of a device. NotFound when it is unknown.
    [[nodiscard]] base::Result<int> deviceNumber(const base::Id &device);
    /// The next `count` numbers of an entity, never given again (rule 13); from 1 on.
    [[nodiscard]] base::Result<std::uint64_t> leaseNumbers(model::EntityId entity, std::uint64_t count);

    std::uint64_t epoch() override { return m_epoch; }
    base::Result<changes::Version> counter() override;
    base::Result<changes::Version> nextVersion() override;

    base::Result<std::optional<DeviceRecord>> device(const base::Id &device) override;
    base::Result<void> putDevice(const DeviceRecord &device) override;
    base::Result<std::optional<std::int64_t>> bootOffset(const base::Id &device, const QByteArray &bootId) override;
    base::Result<void> putBootOffset(const base::Id &device, const QByteArray &bootId, std::int64_t offset) override;

    base::Result<std::optional<LoggedOperation>> operation(const changes::OperationName &name) override;
    base::Result<std::optional<LoggedOperation>> operationByOrigin(const changes::Origin &origin) override;
    base::Result<void> putOperation(const LoggedOperation &operation) override;
    base::Result<void> letVerdictsGo(const base::Id &device, std::uint32_t incarnation, std::uint64_t upToN) override;
    base::Result<void> clearVerdictValues(model::EntityId entity, const base::Id &record) override;
    base::Result<std::optional<Writer>> writer(changes::Version version) override;

    base::Result<std::optional<LabelledRow>> row(model::EntityId entity, const base::Id &id) override;
    base::Result<void> insertRow(const LabelledRow &row) override;
    base::Result<void> updateRow(const changes::ReplicatedRow &row, const std::vector<model::FieldKey> &changed) override;
    base::Result<void> removeRow(model::EntityId entity, const base::Id &id) override;
    base::Result<void> setLabel(const model::Reference &row, LabelNumber label, changes::Version since) override;
    base::Result<std::vector<model::Reference>> childrenOf(const model::Reference &parent) override;
    base::Result<LabelNumber> labelNumber(const Label &label) override;
    base::Result<Label> label(LabelNumber number) override;
    base::Result<std::vector<std::pair<LabelNumber, Label>>> labels() override;
    base::Result<std::vector<base::Id>> conflictsAbout(const model::Reference &record) override;
    base::Result<std::vector<Child>> childrenComeAfter(const model::Reference &parent, changes::Version after, int limit) override;
    base::Result<bool> isErased(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putErased(model::EntityId entity, const base::Id &id) override;
    base::Result<bool> isRefusedCreate(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putRefusedCreate(model::EntityId entity, const base::Id &id) override;

    base::Result<void> putChange(const ChangeEntry &entry) override;
    base::Result<std::vector<ChangeEntry>> changesAfter(const protocol::PullPosition &position, int limit) override;
    base::Result<std::vector<LabelledRow>> rowsAfter(model::EntityId entity, const base::Id &after, int limit) override;
    base::Result<std::uint64_t> rowCount(model::EntityId entity) override;
    base::Result<RowPage> rowsLabelled(model::EntityId entity, const base::Id &after, const LabelSet &labels, int limit) override;
    base::Result<std::uint64_t> countLabelled(model::EntityId entity, const LabelSet &labels) override;

    base::Result<std::optional<HandIn>> handIn(const base::Id &device) override;
    base::Result<void> putHandIn(const HandIn &handIn) override;
    base::Result<std::vector<HandIn>> handIns() override;
    base::Result<QuarantineCounts> quarantineCounts(const base::Id &device) override;
    base::Result<std::int64_t> quarantineBytes() override;
    base::Result<std::vector<QuarantinedOperation>> quarantined(const base::Id &device, std::uint64_t after, int limit) override;
    base::Result<std::vector<QuarantinedOperation>> quarantinedAbout(model::EntityId entity, const base::Id &record) override;
    base::Result<void> putQuarantined(const QuarantinedOperation &operation) override;
    base::Result<void> removeQuarantined(const changes::OperationName &name) override;
    base::Result<void> removeWaiting(const base::Id &device, std::uint64_t after, std::uint64_t upTo) override;
    base::Result<int> dropDecidedQuarantine(std::int64_t beforeMs, int limit) override;

    base::Result<changes::Version> floor() override;
    base::Result<void> setFloor(changes::Version floor) override;
    base::Result<int> dropTombstones(changes::Version upTo, int limit) override;
    base::Result<std::optional<changes::Version>> lowestLeasedCursor(std::int64_t nowMs) override;
    /// Remembers the newest version of today, once a day (UTC), so that newestVersionBefore() can be answered.
    [[nodiscard]] base::Result<void> noteDay(std::int64_t nowMs);
    /// A version such that it and all before were given out before that time; 0 when nothing is known of so long ago.
    /// Forgets what was noted for earlier days.
    [[nodiscard]] base::Result<changes::Version> newestVersionBefore(std::int64_t ms);

private:
    SqlServerStorage(storage::Connection &connection, model::CatalogPointer catalog);
    [[nodiscard]] EntityTable *table(model::EntityId entity);
    [[nodiscard]] QByteArray erasureHash(model::EntityId entity, const base::Id &id) const;
    [[nodiscard]] base::Result<void> tryUntilDone(const std::function<base::Result<void>()> &transaction);
    [[nodiscard]] base::Result<void> writeOnce(const std::function<base::Result<void>()> &work);
    [[nodiscard]] base::Result<void> readOnce(const std::function<base::Result<void>()> &work);
    [[nodiscard]] base::Result<void> takeCounter();
    [[nodiscard]] base::Result<void> storeCounter();

    storage::Connection &m_connection;
    model::CatalogPointer m_catalog;
    OperationLog m_log;
    std::map<model::EntityId, std::unique_ptr<EntityTable>> m_tables;
    std::uint64_t m_epoch = 0;
    std::uint64_t m_counter = 0;       ///< Given out.
    std::uint64_t m_storedCounter = 0; ///< In the file.
    bool m_isWriting = false;
    QByteArray m_erasureKey;
};

} // namespace fieldfare::server
