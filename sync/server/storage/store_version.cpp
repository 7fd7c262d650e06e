// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/store_version.h"

#include "sync/server/storage/server_schema.h"

namespace fieldfare::server::store_version {

using base::ErrorCode;
using base::Result;
using storage::Connection;

namespace {

constexpr QLatin1StringView kSchemaVersion{"schema_version"};

bool isSqlite(const Connection &connection)
{
    return connection.dialect() == storage::Dialect::Sqlite;
}

Result<bool> hasMeta(Connection &connection)
{
    FIELDFARE_ASSIGN(const qint64 tables, connection.queryInt64(QLatin1StringView(
                                              "SELECT count(*) FROM pg_tables WHERE schemaname=CURRENT_SCHEMA AND tablename='meta'")));
    return tables > 0;
}

} // namespace

Result<void> lock(Connection &connection)
{
    if (isSqlite(connection))
        return {}; // one program at a time has the file
    // The schema's own name, so that companies in schemas of one database do not wait for each other.
    FIELDFARE_TRY(connection.execute(QLatin1StringView("SELECT pg_advisory_xact_lock(hashtextextended('fieldfare/' || CURRENT_SCHEMA, 0))")));
    FIELDFARE_ASSIGN(const bool isMade, hasMeta(connection));
    if (!isMade)
        return {};
    const auto counter = ServerMeta(connection).lockedCounter(); // and no server writes meanwhile
    if (!counter.ok() && counter.error().code != ErrorCode::NotFound)
        return counter.error();
    return {};
}

Result<bool> isEmpty(Connection &connection)
{
    FIELDFARE_ASSIGN(const qint64 objects,
                     connection.queryInt64(isSqlite(connection) ? QLatin1StringView("SELECT count(*) FROM sqlite_schema")
                                                                : QLatin1StringView("SELECT count(*) FROM pg_tables WHERE schemaname=CURRENT_SCHEMA AND tablename<>'init_unfinished'")));
    return objects == 0;
}

Result<qint64> read(Connection &connection)
{
    if (isSqlite(connection))
        return connection.queryInt64(QLatin1StringView("PRAGMA user_version"));
    FIELDFARE_ASSIGN(const bool isMade, hasMeta(connection));
    if (!isMade)
        return qint64(0);
    const auto version = ServerMeta(connection).integer(kSchemaVersion);
    if (!version.ok() && version.error().code == ErrorCode::NotFound)
        return qint64(0);
    return version;
}

Result<void> write(Connection &connection, int version)
{
    if (isSqlite(connection))
        return connection.execute(QStringLiteral("PRAGMA user_version=%1").arg(version));
    return ServerMeta(connection).put(kSchemaVersion, qint64(version));
}

Result<bool> isUnfinished(Connection &connection)
{
    FIELDFARE_ASSIGN(const qint64 marks, connection.queryInt64(QLatin1StringView(
                                             "SELECT count(*) FROM pg_tables WHERE schemaname=CURRENT_SCHEMA AND tablename='init_unfinished'")));
    return marks > 0;
}

Result<void> setUnfinished(Connection &connection)
{
    return connection.execute(QLatin1StringView("CREATE TABLE init_unfinished(at INTEGER)"));
}

Result<void> setFinished(Connection &connection)
{
    return connection.execute(QLatin1StringView("DROP TABLE IF EXISTS init_unfinished"));
}

Result<void> removeRemains(Connection &connection)
{
    FIELDFARE_ASSIGN(const bool isCutOff, isUnfinished(connection));
    if (!isCutOff)
        return {};
    QStringList tables;
    {
        // The mark last: what is left of a removal that was cut off is removed by the next one.
        FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral(
                                               "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname=CURRENT_SCHEMA ORDER BY tablename='init_unfinished'")));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query->step());
            if (!row)
                break;
            tables.append(query->text(0));
        }
    }
    for (const QString &table : tables)
        FIELDFARE_TRY(connection.execute(QStringLiteral("DROP TABLE IF EXISTS %1").arg(table)));
    return {};
}

} // namespace fieldfare::server::store_version
