// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/replica_storage.h"
#include "core/storage/connection.h"
#include "core/store/outbox_table.h"
#include "core/store/table_layout.h"

#include <QHash>

#include <map>
#include <memory>

namespace fieldfare::store {

/// An own operation that was logged in this transaction: gives history its n.
struct LoggedOperation {
    std::uint64_t n = 0;
    changes::OperationKind kind = changes::OperationKind::Set;
    base::Id record;
    model::FieldKey field;
};

/// A device's rows and log in SQLite (core/store/docs/tables.md). Needs a transaction around each call, as Replica says.
/// Belongs to the store's thread. Keeps the replica's state in memory: call forgetState() after a rollback.
class SqlReplicaStorage final : public changes::ReplicaStorage {
public:
    explicit SqlReplicaStorage(storage::Connection &connection, model::CatalogPointer catalog);
    ~SqlReplicaStorage() override;

    /// Takes another catalog; the tables must have its columns by then.
    void setCatalog(model::CatalogPointer catalog);
    void forgetState();
    /// The layout of an entity; a table is made for one that the catalog does not have.
    base::Result<const TableLayout *> layout(model::EntityId entity);

    /// Operations logged since the last call.
    std::vector<LoggedOperation> takeLogged();
    /// Writes the versions that verdicts gave to what history says of own operations. To be called before the commit.
    base::Result<void> settleHistory();
    /// The local row id of a row that was found, inserted or removed in this transaction, or is stored; 0 for none.
    base::Result<qint64> rid(model::EntityId entity, const base::Id &id);

    base::Result<changes::ReplicaState> state() override;
    base::Result<void> setState(const changes::ReplicaState &state) override;
    base::Result<std::optional<changes::ReplicaRow>> findRow(model::EntityId entity, const base::Id &id) override;
    base::Result<void> insertRow(const changes::ReplicaRow &row) override;
    base::Result<void> updateRow(const changes::RowUpdate &update) override;
    base::Result<void> removeRow(model::EntityId entity, const base::Id &id) override;
    base::Result<std::vector<base::Id>> acknowledgedIds(model::EntityId entity, const base::Id &after, const base::Id &upTo) override;
    base::Result<std::vector<changes::DirtyField>> dirtyFields(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putDirtyField(model::EntityId entity, const base::Id &id, const changes::DirtyField &field) override;
    base::Result<void> removeDirtyField(model::EntityId entity, const base::Id &id, const model::FieldKey &field) override;
    base::Result<void> appendOperation(const changes::StoredOperation &operation) override;
    base::Result<std::optional<changes::StoredOperation>> findOperation(std::uint64_t n) override;
    base::Result<std::vector<changes::StoredOperation>> operationsAfter(std::uint64_t after, int limit) override;
    base::Result<void> removeOperation(std::uint64_t n) override;
    base::Result<std::uint64_t> firstPendingN() override;
    base::Result<std::uint64_t> lowestPendingBase() override;
    base::Result<void> replaceOutbox(const std::vector<changes::StoredOperation> &operations,
                                     const std::vector<std::pair<std::uint64_t, std::uint64_t>> &renumbered) override;
    base::Result<changes::Version> tombstone(model::EntityId entity, const base::Id &id) override;
    base::Result<void> putTombstone(model::EntityId entity, const base::Id &id, changes::Version version) override;
    base::Result<changes::HandedIn> handedIn() override;
    base::Result<void> setHandedIn(const changes::HandedIn &handedIn) override;
    base::Result<changes::AuditMark> auditMark() override;
    base::Result<void> setAuditMark(const changes::AuditMark &mark) override;
    base::Result<changes::ExportNotes> exportNotes() override;
    base::Result<void> setExportNotes(const changes::ExportNotes &notes) override;
    base::Result<void> addTrayEntry(const changes::TrayEntry &entry) override;

private:
    /// Of the table, with the rows on their way.
    struct Ends {
        qint64 rid = 0;
        base::Id id;
    };
    struct Table {
        explicit Table(TableLayout description) : layout(std::move(description)) {}
        TableLayout layout;
        std::unique_ptr<storage::Statement> find;
        std::unique_ptr<storage::Statement> insert;
        std::unique_ptr<storage::Statement> versions; ///< Made when it is needed.
        std::optional<Ends> ends; ///< Within a transaction of bulk writing, once they were needed.
    };
    base::Result<void> findEnds(Table &table);
    base::Result<Table *> table(model::EntityId entity);
    base::Result<changes::RowVersions> versionsOf(model::EntityId entity, const base::Id &id);
    base::Result<QByteArray> unknownOf(Table &table, const base::Id &id);

    storage::Connection &m_connection;
    model::CatalogPointer m_catalog;
    OutboxTable m_outbox;
    std::map<model::EntityId, Table> m_tables;
    std::optional<changes::ReplicaState> m_state;
    std::vector<LoggedOperation> m_logged;
    std::vector<LoggedOperation> m_settled;
    LoggedOperation m_lastFound;
    QHash<base::Id, qint64> m_rids;
    base::Id m_lastRow;        // the row whose unknown values are known:
    QByteArray m_lastUnknown;
};

} // namespace fieldfare::store
