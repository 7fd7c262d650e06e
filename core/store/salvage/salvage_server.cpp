// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/salvage/salvage_server.h"

#include "core/store/field_bytes.h"
#include "core/store/salvage/lost_creates.h"
#include "core/store/table_layout.h"

#include <algorithm>

namespace fieldfare::store {

using base::Id;
using base::Result;
using model::Entity;

namespace {

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

/// Fields that show an own edit which did not come over: the server's value comes with the download. What shows in a record that is
/// created anew is not lost.
Result<void> forgetLostEdits(storage::Connection &connection, const model::Catalog &catalog, const LostCreates &anew, SalvageReport &report)
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
        if (!anew.contains(readId(*query, 1)) && report.lostEdits.size() < SalvageReport::kMostIds) {
            report.lostEdits.append(QStringLiteral("%1 %2 %3").arg(entity == nullptr ? QStringLiteral("?") : entity->name(), readId(*query, 1).toString(),
                                                                  field == nullptr ? QString::number(key.number) : field->name));
        }
    }
    return connection.execute(QLatin1StringView("DELETE FROM dirty_field WHERE last_n NOT IN (SELECT n FROM outbox)"));
}

/// Where the row itself is lost, what waits stays and is judged without it; the row comes with the download.
Result<void> forgetFieldsWithoutRow(storage::Connection &connection, const model::Catalog &catalog)
{
    for (const Entity &entity : catalog.entities()) {
        storage::Statement &remove = connection.statement(QStringLiteral("DELETE FROM dirty_field WHERE entity = ? AND record NOT IN (SELECT id FROM %1)").arg(quoted(entity.table())));
        remove.bind(1, qint64(entity.id()));
        FIELDFARE_TRY(remove.run());
    }
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
    FIELDFARE_ASSIGN(LostCreates anew, LostCreates::find(store));
    report.createsIssuedAnew = anew.count();
    const auto forgotten = store.applyRemote([&](changes::Replica &, changes::ReplicaStorage &) -> Result<void> {
        storage::Connection &connection = store.connection();
        FIELDFARE_TRY(forgetLostEdits(connection, *catalog, anew, report));
        FIELDFARE_TRY(forgetFieldsWithoutRow(connection, *catalog));
        for (const Entity &entity : catalog->entities()) {
            FIELDFARE_TRY(connection.execute(QStringLiteral("UPDATE %1 SET v = 0, vx = NULL WHERE created_n IS NULL").arg(quoted(entity.table()))));
        }
        return {};
    });
    FIELDFARE_TRY(forgotten);
    FIELDFARE_TRY(store.dropNumberLeases());
    FIELDFARE_TRY(anew.issue(store));
    return store.applyRemote([&](changes::Replica &replica) -> Result<void> {
        FIELDFARE_TRY(replica.rekey(before.device, before.incarnation, anew.places()));
        return replica.downloadAnew();
    });
}

} // namespace fieldfare::store
