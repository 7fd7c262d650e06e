// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage/salvage_server.h"

#include "core/store/field_bytes.h"
#include "core/store/table_layout.h"

#include <QCoreApplication>

#include <algorithm>
#include <span>

namespace fieldfare::store {

using base::Id;
using base::Result;
using changes::LocalChange;
using model::Entity;

namespace {

constexpr size_t kCreatesAtOnce = 200;

Result<std::vector<Id>> idsOf(storage::Connection &connection, const QString &sql)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(sql));
    std::vector<Id> ids;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return ids;
        ids.push_back(readId(*query, 0));
    }
}

/// Numbers between the first and the last known of which no operation came over.
Result<void> countOperations(storage::Connection &connection, const changes::ReplicaState &state, SalvageReport &report)
{
    FIELDFARE_ASSIGN(report.operations, connection.queryInt64(QLatin1StringView("SELECT count(*) FROM outbox")));
    FIELDFARE_ASSIGN(const qint64 first, connection.queryInt64(QLatin1StringView(
        "SELECT min(n) FROM (SELECT min(n) n FROM outbox UNION ALL SELECT min(last_n) FROM dirty_field)")));
    if (first > 0 && qint64(state.lastN) >= first)
        report.lostOperations = std::max<qint64>(0, qint64(state.lastN) - first + 1 - report.operations);
    return {};
}

/// Fields that show an own edit which did not come over: the server's value comes with the download.
Result<void> forgetLostEdits(storage::Connection &connection, const model::Catalog &catalog, SalvageReport &report)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral(
        "SELECT entity, record, field FROM dirty_field WHERE last_n NOT IN (SELECT n FROM outbox)")));
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            break;
        const Entity *entity = catalog.entity(model::EntityId(query->int64(0)));
        const model::FieldKey key = fieldKeyFromBytes(query->blob(2));
        const model::Field *field = entity == nullptr ? nullptr : entity->field(key);
        if (report.lostEdits.size() < SalvageReport::kMostIds) {
            report.lostEdits.append(QStringLiteral("%1 %2 %3").arg(entity == nullptr ? QStringLiteral("?") : entity->name(), readId(*query, 1).toString(),
                                                                  field == nullptr ? QString::number(key.number) : field->name));
        }
    }
    return connection.execute(QLatin1StringView("DELETE FROM dirty_field WHERE last_n NOT IN (SELECT n FROM outbox)"));
}

using RecordsByEntity = std::vector<std::pair<const Entity *, std::vector<Id>>>;

/// Records that only this device has, and whose create did not come over. To be asked before the operations are numbered anew.
Result<RecordsByEntity> withoutCreate(storage::Connection &connection, const model::Catalog &catalog)
{
    RecordsByEntity records;
    for (const Entity &entity : catalog.entities()) {
        FIELDFARE_ASSIGN(std::vector<Id> ids, idsOf(connection, QStringLiteral("SELECT id FROM %1 WHERE created_n IS NOT NULL "
                                                                               "AND created_n NOT IN (SELECT n FROM outbox)").arg(quoted(entity.table()))));
        if (!ids.empty())
            records.emplace_back(&entity, std::move(ids));
    }
    return records;
}

/// As a new record of the same id; what is there of it goes first.
Result<void> createAnew(Store &store, const Entity &entity, std::span<const Id> ids)
{
    ChangeSet set;
    set.label = QCoreApplication::translate("Repair", "Salvage: records that the server does not have yet");
    set.isTaken = true;
    for (const Id &id : ids) {
        FIELDFARE_ASSIGN(const auto row, store.replicaRows().findRow(entity.id(), id));
        if (!row)
            continue;
        LocalChange change;
        change.kind = changes::OperationKind::Create;
        change.entity = entity.id();
        change.record = id;
        for (const model::Field &field : entity.fields()) {
            if (field.isReplicated() && !row->value(field.key).isEmpty())
                change.values.push_back({field.key, row->value(field.key)});
        }
        set.changes.push_back(std::move(change));
    }
    const auto removed = store.applyRemote([&](changes::Replica &, changes::ReplicaStorage &rows) -> Result<void> {
        for (const LocalChange &change : set.changes)
            FIELDFARE_TRY(rows.removeRow(change.entity, change.record));
        return {};
    });
    FIELDFARE_TRY(removed);
    FIELDFARE_TRY(store.commit(std::move(set)));
    return {};
}

} // namespace

Result<void> settleWithServer(Store &store, SalvageReport &report)
{
    FIELDFARE_ASSIGN(const ProfileInfo info, store.profileInfo());
    report.isStandAlone = info.isStandAlone();
    FIELDFARE_ASSIGN(const changes::ReplicaState before, store.replicaState());
    FIELDFARE_TRY(countOperations(store.connection(), before, report));
    if (report.isStandAlone)
        return {};
    const model::CatalogPointer catalog = store.catalog();
    FIELDFARE_ASSIGN(const RecordsByEntity lost, withoutCreate(store.connection(), *catalog));
    const auto renamed = store.applyRemote([&](changes::Replica &replica, changes::ReplicaStorage &rows) -> Result<void> {
        storage::Connection &connection = store.connection();
        FIELDFARE_TRY(forgetLostEdits(connection, *catalog, report));
        for (const Entity &entity : catalog->entities()) {
            FIELDFARE_TRY(connection.execute(QStringLiteral("UPDATE %1 SET v = 0, vx = NULL WHERE created_n IS NULL").arg(quoted(entity.table()))));
        }
        FIELDFARE_TRY(replica.rekey(before.device, before.incarnation));
        FIELDFARE_ASSIGN(changes::ReplicaState state, rows.state());
        state.cursor = 0;
        state.downloading = false;
        state.downloadCursor = 0;
        state.downloadEntity = 0;
        state.downloadAfter = Id();
        return rows.setState(state);
    });
    FIELDFARE_TRY(renamed);
    FIELDFARE_TRY(store.dropNumberLeases());
    for (const auto &[entity, ids] : lost) {
        report.createsIssuedAnew += qint64(ids.size());
        for (size_t at = 0; at < ids.size(); at += kCreatesAtOnce)
            FIELDFARE_TRY(createAnew(store, *entity, std::span(ids).subspan(at, std::min(kCreatesAtOnce, ids.size() - at))));
    }
    return {};
}

} // namespace fieldfare::store
