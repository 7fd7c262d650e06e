// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rule 10 in SQLite: the floor and the days that it follows, in `meta`; tombstones in the change index.
#include "core/storage/day_marks.h"
#include "sync/server/storage/server_schema.h"
#include "sync/server/storage/sql_server_storage.h"

namespace fieldfare::server {

using base::Result;
using changes::Version;
using storage::Statement;
using storage::StatementReset;

namespace {

constexpr QLatin1StringView kFloor{"floor"};
constexpr QLatin1StringView kDayPrefix{"day/"};

} // namespace

Result<Version> SqlServerStorage::floor()
{
    const auto stored = ServerMeta(m_connection).integer(kFloor);
    if (!stored.ok() && stored.error().code == base::ErrorCode::NotFound)
        return Version(0);
    FIELDFARE_ASSIGN(const qint64 floor, stored);
    return Version(floor);
}

Result<void> SqlServerStorage::setFloor(Version floor)
{
    return ServerMeta(m_connection).put(kFloor, qint64(floor));
}

Result<int> SqlServerStorage::dropTombstones(Version upTo, int limit)
{
    // Written out as in the index: for a bound value SQLite could not use change_index_gone, and would read all old changes.
    Statement &remove = m_connection.statement(QLatin1StringView(
        "DELETE FROM change_index WHERE (row, entity, label) IN (SELECT row, entity, label FROM change_index "
        "WHERE kind >= 2 AND seq <= ?1 LIMIT ?2)"));
    remove.bind(1, qint64(upTo));
    remove.bind(2, limit);
    FIELDFARE_TRY(remove.run());
    return m_connection.changes();
}

Result<std::optional<Version>> SqlServerStorage::lowestLeasedCursor(std::int64_t nowMs)
{
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT min(download_cursor) FROM devices WHERE download_lease_until > ?1 AND revoked = 0"));
    const StatementReset reset(query);
    query.bind(1, qint64(nowMs));
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row && !query.isNull(0) ? std::optional<Version>(Version(query.int64(0))) : std::nullopt;
}

Result<void> SqlServerStorage::noteDay(std::int64_t nowMs)
{
    FIELDFARE_ASSIGN(const Version newest, counter());
    return storage::DayMarks(m_connection, kDayPrefix).mark(storage::DayMarks::dayOf(nowMs), qint64(newest));
}

Result<Version> SqlServerStorage::newestVersionBefore(std::int64_t ms)
{
    // What was noted on a day was given out by some time of that day: the day before is surely over.
    FIELDFARE_ASSIGN(const qint64 version, storage::DayMarks(m_connection, kDayPrefix).numberUpTo(storage::DayMarks::dayOf(ms) - 1));
    return Version(version);
}

} // namespace fieldfare::server
