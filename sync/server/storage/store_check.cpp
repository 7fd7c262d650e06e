// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/store_check.h"

#include "core/changes/operation.h"
#include "sync/server/audit/audit_log.h"
#include "sync/server/storage/audit_store.h"
#include "sync/server/storage/id_binding.h"
#include "sync/server/storage/row_labels.h"
#include "sync/server/storage/server_schema.h"

namespace fieldfare::server {

using base::Result;
using storage::Connection;
using storage::Statement;
using storage::StatementReset;

namespace {

Result<void> checkPages(Connection &connection, StoreCheck &check)
{
    if (connection.dialect() != storage::Dialect::Sqlite)
        return {}; // its pages are the database's own to look after: pg_amcheck, data checksums
    FIELDFARE_TRY(connection.checkpoint(true)); // so that every page is in the main file
    FIELDFARE_ASSIGN(const QList<quint32> damaged, connection.damagedPages());
    for (const quint32 page : damaged)
        check.problems.append(QStringLiteral("page %1 is damaged").arg(page));
    FIELDFARE_ASSIGN(check.pages, connection.queryInt64(QLatin1StringView("PRAGMA page_count")));
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral("PRAGMA integrity_check(20)")));
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return {};
        if (query->text(0) != QLatin1StringView("ok"))
            check.problems.append(QStringLiteral("integrity: ") + query->text(0));
    }
}

/// rolling(n) = SHA-256(rolling(n-1) || hash(n)), n gapless, and the end of the chain stands in the device.
Result<void> checkChains(Connection &connection, StoreCheck &check)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral(
        "SELECT o.device, o.incarnation, o.n, o.hash, o.rolling, d.incarnation, d.last_n, d.rolling FROM operations o "
        "LEFT JOIN devices d ON d.no=o.device WHERE o.device>0 ORDER BY o.device, o.incarnation, o.n")));
    qint64 device = 0;
    qint64 incarnation = 0;
    qint64 n = 0;
    QByteArray rolling;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return {};
        if (query->int64(0) != device || query->int64(1) != incarnation) {
            device = query->int64(0);
            incarnation = query->int64(1);
            n = 0;
            rolling = changes::firstRollingHash();
        }
        const QString where = QStringLiteral("device %1.%2 operation %3").arg(device).arg(incarnation).arg(query->int64(2));
        rolling = changes::nextRollingHash(rolling, query->blob(3));
        if (query->int64(2) != n + 1)
            check.problems.append(where + QStringLiteral(": %1 should come next").arg(n + 1));
        else if (rolling != query->blob(4))
            check.problems.append(where + QStringLiteral(": the hash chain is broken"));
        n = query->int64(2);
        rolling = query->blob(4);
        if (query->isNull(5))
            check.problems.append(where + QStringLiteral(": no such device"));
        else if (query->int64(5) == incarnation && query->int64(6) == n && query->blob(7) != rolling)
            check.problems.append(where + QStringLiteral(": the device's hash differs"));
        if (check.problems.size() > 100)
            return {};
    }
}

/// What waits in the quarantine goes on where the decided operations of its device end.
Result<void> checkQuarantine(Connection &connection, StoreCheck &check)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral(
        "SELECT d.no, q.n, q.hash, q.rolling, d.last_n, d.rolling FROM quarantine q LEFT JOIN devices d ON d.id=q.device "
        "WHERE q.refused IS NULL ORDER BY q.device, q.n")));
    qint64 device = 0;
    qint64 n = 0;
    QByteArray rolling;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row || check.problems.size() > 100)
            return {};
        if (query->int64(0) != device) {
            device = query->int64(0);
            n = query->int64(4);
            rolling = query->blob(5);
        }
        rolling = changes::nextRollingHash(rolling, query->blob(2));
        if (query->isNull(0) || query->int64(1) != n + 1 || rolling != query->blob(3))
            check.problems.append(QStringLiteral("quarantine: device %1 operation %2 does not follow").arg(device).arg(query->int64(1)));
        n = query->int64(1);
        rolling = query->blob(3);
    }
}

Result<qint64> countOf(Connection &connection, const QString &sql)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(sql));
    FIELDFARE_TRY(query->step());
    return query->int64(0);
}

Result<void> checkRows(Connection &connection, const model::Catalog &catalog, StoreCheck &check)
{
    ServerMeta meta(connection);
    FIELDFARE_ASSIGN(const qint64 epoch, meta.integer(ServerMeta::kEpoch));
    FIELDFARE_ASSIGN(const qint64 counter, meta.integer(ServerMeta::kCounter));
    const qint64 newest = (epoch << changes::kCounterBits) | counter;
    for (const model::Entity &entity : catalog.entities()) {
        FIELDFARE_ASSIGN(const qint64 rows, countOf(connection, QStringLiteral("SELECT count(*) FROM %1").arg(entity.table())));
        check.rows += rows;
        FIELDFARE_ASSIGN(const qint64 lost, countOf(connection, QStringLiteral(
            "SELECT count(*) FROM %1 r WHERE NOT EXISTS(SELECT 1 FROM change_index c WHERE c.row=r.id AND c.entity=%2 AND c.kind=1 AND c.label=r.label)")
                                                                    .arg(entity.table()).arg(entity.id())));
        if (lost > 0)
            check.problems.append(QStringLiteral("%1: %2 rows are not in the change index").arg(entity.name()).arg(lost));
        FIELDFARE_ASSIGN(const qint64 ghosts, countOf(connection, QStringLiteral(
            "SELECT count(*) FROM change_index c WHERE c.entity=%2 AND c.kind=1 AND NOT EXISTS(SELECT 1 FROM %1 r WHERE r.id=c.row)")
                                                                      .arg(entity.table()).arg(entity.id())));
        if (ghosts > 0)
            check.problems.append(QStringLiteral("%1: %2 entries of the change index have no row").arg(entity.name()).arg(ghosts));
        FIELDFARE_ASSIGN(const qint64 ahead, countOf(connection, QStringLiteral("SELECT count(*) FROM %1 WHERE v>%2")
                                                                     .arg(entity.table()).arg(newest)));
        if (ahead > 0)
            check.problems.append(QStringLiteral("%1: %2 rows have a version beyond the counter").arg(entity.name()).arg(ahead));
        FIELDFARE_ASSIGN(const qint64 wrong, countWrongLabels(connection, catalog, entity));
        if (wrong > 0)
            check.problems.append(QStringLiteral("%1: %2 rows have another label than their owner, team and parent say").arg(entity.name()).arg(wrong));
    }
    FIELDFARE_ASSIGN(const qint64 ahead, countOf(connection, QStringLiteral("SELECT count(*) FROM change_index WHERE seq>%1").arg(newest)));
    if (ahead > 0)
        check.problems.append(QStringLiteral("%1 entries of the change index are beyond the counter").arg(ahead));
    FIELDFARE_ASSIGN(const qint64 doubled, countOf(connection, QStringLiteral(
        "SELECT count(*) FROM (SELECT 1 FROM operations WHERE version>0 GROUP BY version HAVING count(*)>1) d")));
    if (doubled > 0)
        check.problems.append(QStringLiteral("%1 versions were made twice").arg(doubled));
    return {};
}

} // namespace

Result<StoreCheck> checkStore(Connection &connection, const model::Catalog &catalog)
{
    StoreCheck check;
    FIELDFARE_TRY(checkPages(connection, check));
    FIELDFARE_TRY(checkChains(connection, check));
    FIELDFARE_TRY(checkQuarantine(connection, check));
    FIELDFARE_TRY(checkRows(connection, catalog, check));
    AuditStore audit(connection);
    if (const auto whole = verifyAudit(audit); !whole.ok()) {
        if (whole.error().code != base::ErrorCode::AuditBroken)
            return whole.error();
        check.problems.append(QStringLiteral("audit log, %1").arg(whole.error().detail));
    }
    FIELDFARE_ASSIGN(check.operations, countOf(connection, QStringLiteral("SELECT count(*) FROM operations")));
    FIELDFARE_ASSIGN(check.devices, countOf(connection, QStringLiteral("SELECT count(*) FROM devices")));
    FIELDFARE_ASSIGN(check.changes, countOf(connection, QStringLiteral("SELECT count(*) FROM change_index")));
    return check;
}

} // namespace fieldfare::server
