// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check/row_versions_repair.h"

#include "core/changes/row_versions.h"
#include "core/storage/transaction.h"
#include "core/store/field_bytes.h"
#include "core/store/table_layout.h"

#include <algorithm>
#include <limits>

namespace fieldfare::store::row_versions {

using base::Result;
using changes::RowVersions;
using changes::Version;

namespace {

struct Stored {
    bool isThere = false;
    qint64 base = 0;
    QByteArray exceptions;
    bool isWaiting = false; ///< Its own create has no verdict.
};

Result<Stored> stored(storage::Connection &connection, const model::Entity &entity, const base::Id &id)
{
    storage::Statement &query = connection.statement(QStringLiteral("SELECT v, vx, created_n FROM %1 WHERE id = ?").arg(quoted(entity.table())));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? Stored{true, query.int64(0), query.blob(1), !query.isNull(2)} : Stored{};
}

Result<RowVersions> ofHistory(storage::Connection &connection, const base::Id &id, Version base)
{
    RowVersions versions(base);
    storage::Statement &query = connection.statement(QLatin1StringView(
        "SELECT field, max(version) FROM history WHERE record = ? AND field IS NOT NULL AND version IS NOT NULL GROUP BY field"));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return versions;
        const model::FieldKey field = fieldKeyFromBytes(query.blob(0));
        if (field != model::FieldKey() && Version(query.int64(1)) > base)
            versions.set(field, Version(query.int64(1)));
    }
}

} // namespace

bool arePossible(const RowVersions &versions)
{
    return versions.latest() <= Version(std::numeric_limits<qint64>::max());
}

Result<bool> areReadable(storage::Connection &connection, const model::Entity &entity, const base::Id &id)
{
    const Result<Stored> row = stored(connection, entity, id);
    if (!row.ok() || !row->isThere)
        return true;
    const Result<RowVersions> versions = RowVersions::decode(Version(row->base), row->exceptions);
    return versions.ok() && arePossible(*versions);
}

Result<void> recompute(storage::Connection &connection, const model::Entity &entity, const base::Id &id, bool isStandAlone)
{
    FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
    FIELDFARE_ASSIGN(const Stored row, stored(connection, entity, id));
    if (!row.isThere)
        return {};
    const bool isUnknownToServers = isStandAlone || row.isWaiting;
    const Version base = isUnknownToServers ? 0 : Version(std::max<qint64>(row.base, 0));
    RowVersions versions(base);
    if (!isUnknownToServers) {
        FIELDFARE_ASSIGN(versions, ofHistory(connection, id, base));
    }
    storage::Statement &update = connection.statement(QStringLiteral("UPDATE %1 SET v = ?, vx = ? WHERE id = ?").arg(quoted(entity.table())));
    update.bind(1, qint64(versions.base()));
    if (const QByteArray exceptions = versions.encodeExceptions(); exceptions.isEmpty())
        update.bindNull(2);
    else
        update.bindBlob(2, exceptions);
    bindId(update, 3, id);
    FIELDFARE_TRY(update.run());
    return transaction.commit();
}

} // namespace fieldfare::store::row_versions
