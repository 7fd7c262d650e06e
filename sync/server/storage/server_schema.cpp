// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/server_schema.h"

#include "core/storage/field_columns.h"
#include "core/storage/transaction.h"
#include "sync/server/storage/entity_table.h"
#include "sync/server/storage/row_labels.h"
#include "sync/server/storage/store_version.h"

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;
using storage::Connection;
using storage::FieldColumns;
using storage::Statement;

namespace {

// devices.no is the short number of a device (C-<device>-<n>) and stands for it in the log.
// operations keep every n for ever; verdicts and pushed values are apart, so that letting them go rewrites no log.
constexpr const char *kFixedTables = R"sql(
CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;
CREATE TABLE devices(no INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, incarnation INTEGER NOT NULL, user BLOB,
    name TEXT, last_n INTEGER NOT NULL, rolling BLOB, let_go_n INTEGER NOT NULL, last_corrected_ms INTEGER NOT NULL,
    download_cursor INTEGER NOT NULL, download_lease_until INTEGER NOT NULL, cursor INTEGER NOT NULL,
    user_disabled INTEGER NOT NULL, revoked INTEGER NOT NULL);
CREATE INDEX devices_user ON devices(user);
CREATE TABLE boot_offsets(device BLOB NOT NULL, boot_id BLOB NOT NULL, offset_ms INTEGER NOT NULL,
    PRIMARY KEY(device, boot_id)) WITHOUT ROWID;
CREATE TABLE operations(rid INTEGER PRIMARY KEY, device INTEGER NOT NULL, incarnation INTEGER NOT NULL,
    n INTEGER NOT NULL, hash BLOB NOT NULL, origin_device BLOB, origin_incarnation INTEGER, origin_n INTEGER,
    rolling BLOB NOT NULL, version INTEGER NOT NULL, stands_for INTEGER NOT NULL,
    standing_version INTEGER NOT NULL, entity INTEGER NOT NULL,
    record BLOB NOT NULL, field INTEGER, custom BLOB, corrected_ms INTEGER NOT NULL, uncertain INTEGER NOT NULL,
    user BLOB, wall_ms INTEGER NOT NULL);
CREATE UNIQUE INDEX operations_name ON operations(device, incarnation, n);
CREATE INDEX operations_version ON operations(version) WHERE version > 0;
CREATE INDEX operations_origin ON operations(origin_device, origin_incarnation, origin_n) WHERE origin_device IS NOT NULL;
CREATE TABLE verdicts(device INTEGER NOT NULL, incarnation INTEGER NOT NULL, n INTEGER NOT NULL,
    entity INTEGER NOT NULL, record BLOB NOT NULL, verdict BLOB, pushed BLOB,
    PRIMARY KEY(device, incarnation, n)) WITHOUT ROWID;
CREATE TABLE change_index(row BLOB NOT NULL, entity INTEGER NOT NULL, label INTEGER NOT NULL, seq INTEGER NOT NULL,
    kind INTEGER NOT NULL, PRIMARY KEY(row, entity, label)) WITHOUT ROWID;
CREATE INDEX change_index_seq ON change_index(seq, row, kind);
CREATE TABLE erased(hash BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE refused_creates(entity INTEGER NOT NULL, id BLOB NOT NULL, PRIMARY KEY(entity, id)) WITHOUT ROWID;
CREATE TABLE number_leases(entity INTEGER PRIMARY KEY, next INTEGER NOT NULL);
CREATE TABLE accounts(user BLOB PRIMARY KEY, name TEXT NOT NULL, folded_name TEXT NOT NULL UNIQUE, disabled INTEGER NOT NULL,
    salt BLOB NOT NULL, hash BLOB NOT NULL, scrypt_n INTEGER NOT NULL, scrypt_r INTEGER NOT NULL,
    scrypt_p INTEGER NOT NULL, failures INTEGER NOT NULL, locked_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE device_keys(device BLOB PRIMARY KEY, user BLOB NOT NULL, public_key BLOB NOT NULL, refresh_hash BLOB NOT NULL,
    former_refresh_hash BLOB, grace_used INTEGER NOT NULL, rotated_at INTEGER NOT NULL) WITHOUT ROWID;
)sql";

Result<bool> tableExists(Connection &connection, const QString &name)
{
    const bool isSqlite = connection.dialect() == storage::Dialect::Sqlite;
    Statement &query = connection.statement(isSqlite ? QLatin1StringView("SELECT 1 FROM sqlite_schema WHERE type='table' AND name=?1")
                                                     : QLatin1StringView("SELECT 1 FROM information_schema.tables WHERE table_schema=CURRENT_SCHEMA AND table_name=?1"));
    const storage::StatementReset reset(query);
    query.bindText(1, name);
    return query.step();
}

Result<QStringList> columnNames(Connection &connection, const QString &table)
{
    const QString sql = connection.dialect() == storage::Dialect::Sqlite
        ? QStringLiteral("SELECT name FROM pragma_table_info('%1')")
        : QStringLiteral("SELECT column_name FROM information_schema.columns WHERE table_schema=CURRENT_SCHEMA AND table_name='%1'");
    FIELDFARE_ASSIGN(const auto query, connection.prepare(sql.arg(table)));
    QStringList names;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return names;
        names.append(query->text(0));
    }
}

Result<void> createEntityTable(Connection &connection, const model::Entity &entity)
{
    const FieldColumns columns(entity, FieldColumns::Fields::Replicated);
    return connection.execute(QStringLiteral("CREATE TABLE %1(rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, "
                                             "v INTEGER NOT NULL, vx BLOB, label INTEGER NOT NULL, label_since INTEGER NOT NULL DEFAULT 0, created_at INTEGER, "
                                             "created_by BLOB, modified_at INTEGER, modified_by BLOB, unknown BLOB, %2)")
                                  .arg(entity.table(), columns.definitions().join(QStringLiteral(", "))));
}

/// Adds what the catalog has more than the table; true when values kept as unknown may now have a column.
Result<bool> extendEntityTable(Connection &connection, const model::Entity &entity)
{
    FIELDFARE_ASSIGN(const QStringList present, columnNames(connection, entity.table()));
    bool isExtended = false;
    const FieldColumns columns(entity, FieldColumns::Fields::Replicated);
    for (const storage::FieldColumn &column : columns.columns()) {
        if (present.contains(column.name))
            continue;
        for (const QString &definition : FieldColumns::definitionsOf(column))
            FIELDFARE_TRY(connection.execute(QStringLiteral("ALTER TABLE %1 ADD COLUMN %2").arg(entity.table(), definition)));
        isExtended = true;
    }
    return isExtended;
}

/// Version 2: rows have labels (core/changes/docs/scopes.md); before, each was for everybody.
Result<void> addLabels(Connection &connection, const model::Catalog &catalog)
{
    for (const model::Entity &entity : catalog.entities()) {
        FIELDFARE_ASSIGN(const QStringList present, columnNames(connection, entity.table()));
        if (!present.isEmpty() && !present.contains(QStringLiteral("label_since")))
            FIELDFARE_TRY(connection.execute(QStringLiteral("ALTER TABLE %1 ADD COLUMN label_since INTEGER NOT NULL DEFAULT 0").arg(entity.table())));
    }
    return {};
}

Result<void> followCatalog(Connection &connection, const model::Catalog &catalog)
{
    for (const model::Entity &entity : catalog.entities()) {
        FIELDFARE_ASSIGN(const bool exists, tableExists(connection, entity.table()));
        if (!exists) {
            FIELDFARE_TRY(createEntityTable(connection, entity));
            continue;
        }
        FIELDFARE_ASSIGN(const bool isExtended, extendEntityTable(connection, entity));
        if (isExtended) {
            connection.clearStatements();
            EntityTable table(connection, entity);
            FIELDFARE_TRY(table.adoptUnknownValues());
        }
    }
    if (const auto about = conflictAboutColumn(catalog)) {
        FIELDFARE_TRY(connection.execute(
            QStringLiteral("CREATE INDEX IF NOT EXISTS %1_about ON %1(%2)").arg(about->table, about->column.name)));
    }
    return ServerMeta(connection).put(ServerMeta::kFingerprint, catalog.fingerprint());
}

// Tables that came after the first stores.
constexpr const char *kLaterTables = R"sql(
CREATE TABLE IF NOT EXISTS labels(no INTEGER PRIMARY KEY, root INTEGER NOT NULL, owner BLOB NOT NULL, team BLOB NOT NULL,
    UNIQUE(root, owner, team));
INSERT INTO labels(root, owner, team) VALUES(0, x'', x'') ON CONFLICT DO NOTHING;
CREATE TABLE IF NOT EXISTS hand_ins(device BLOB PRIMARY KEY, last_n INTEGER NOT NULL, closed INTEGER NOT NULL,
    at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS quarantine(device BLOB NOT NULL, n INTEGER NOT NULL, incarnation INTEGER NOT NULL,
    origin_device BLOB, origin_incarnation INTEGER, origin_n INTEGER, origin_hash BLOB, entity INTEGER NOT NULL,
    record BLOB NOT NULL, hash BLOB NOT NULL, rolling BLOB NOT NULL, at INTEGER NOT NULL, refused INTEGER, reason TEXT,
    decided_at INTEGER NOT NULL, content BLOB NOT NULL, PRIMARY KEY(device, n)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS quarantine_record ON quarantine(entity, record);
CREATE INDEX IF NOT EXISTS quarantine_refused ON quarantine(decided_at) WHERE refused IS NOT NULL;
CREATE TABLE IF NOT EXISTS recovery_keys(no INTEGER PRIMARY KEY, public_key BLOB NOT NULL UNIQUE, made_at INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS recovery_administrators(company_key INTEGER NOT NULL, administrator INTEGER NOT NULL, user BLOB NOT NULL,
    name TEXT NOT NULL, public_key BLOB NOT NULL, sealed_key BLOB NOT NULL, PRIMARY KEY(company_key, administrator)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery_halves(company_key INTEGER NOT NULL, administrator INTEGER NOT NULL, partner INTEGER NOT NULL,
    sealed BLOB NOT NULL, PRIMARY KEY(company_key, administrator, partner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery_requests(hash BLOB PRIMARY KEY, device BLOB NOT NULL, first_seen INTEGER NOT NULL,
    state INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery_approvals(request BLOB NOT NULL, administrator INTEGER NOT NULL, partner INTEGER NOT NULL,
    sealed BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY(request, administrator, partner)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery_audit(no INTEGER PRIMARY KEY, at INTEGER NOT NULL, event TEXT NOT NULL, administrator TEXT NOT NULL,
    request BLOB, device BLOB, detail TEXT NOT NULL, chain BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS second_factors(user BLOB PRIMARY KEY, secret BLOB NOT NULL, active INTEGER NOT NULL, last_step INTEGER NOT NULL,
    begun_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS audit(no INTEGER PRIMARY KEY, at INTEGER NOT NULL, kind TEXT NOT NULL, user BLOB, device BLOB,
    amount INTEGER NOT NULL, detail_hash BLOB NOT NULL, chain BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS audit_kind ON audit(kind, at);
CREATE TABLE IF NOT EXISTS audit_details(no INTEGER PRIMARY KEY, salt BLOB NOT NULL, detail BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS export_reports(device BLOB PRIMARY KEY, last_number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sign_in_codes(user BLOB PRIMARY KEY, hash BLOB NOT NULL, expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS recovery_codes(user BLOB NOT NULL, hash BLOB NOT NULL, PRIMARY KEY(user, hash)) WITHOUT ROWID;
)sql";

/// Children are looked for when their parent goes to the trash, tombstones and
/// decided operations of the quarantine when they are old enough to be dropped.
Result<void> addLaterTables(Connection &connection, const model::Catalog &catalog)
{
    FIELDFARE_TRY(connection.execute(QString::fromLatin1(kLaterTables)));
    FIELDFARE_TRY(connection.execute(QStringLiteral("DROP INDEX IF EXISTS change_index_erased")));
    FIELDFARE_TRY(connection.execute(QStringLiteral("CREATE INDEX IF NOT EXISTS change_index_gone ON change_index(seq) WHERE kind >= 2")));
    for (const model::Entity &entity : catalog.entities()) {
        if (hasLabels(catalog, entity))
            FIELDFARE_TRY(connection.execute(QStringLiteral("CREATE INDEX IF NOT EXISTS %1_label ON %1(label)").arg(entity.table())));
        if (const auto column = parentColumn(entity)) {
            FIELDFARE_TRY(connection.execute(QStringLiteral("CREATE INDEX IF NOT EXISTS %1_parent ON %1(%2, v) WHERE %2 IS NOT NULL")
                                                 .arg(entity.table(), column->name)));
        }
    }
    return {};
}

} // namespace

std::optional<storage::FieldColumn> parentColumn(const model::Entity &entity)
{
    const model::Field *const parent = entity.parentField();
    if (parent == nullptr)
        return std::nullopt;
    const FieldColumns columns(entity, FieldColumns::Fields::Replicated);
    const storage::FieldColumn *const column = columns.find(parent->key);
    return column != nullptr ? std::optional(*column) : std::nullopt;
}

std::optional<ConflictAbout> conflictAboutColumn(const model::Catalog &catalog)
{
    const model::Entity *const conflict = catalog.entity(QStringLiteral("conflict"));
    const model::Field *const record = conflict != nullptr ? conflict->field(QStringLiteral("record")) : nullptr;
    if (record == nullptr)
        return std::nullopt;
    const FieldColumns columns(*conflict, FieldColumns::Fields::Replicated);
    const storage::FieldColumn *const column = columns.find(record->key);
    return column != nullptr ? std::optional<ConflictAbout>({conflict->table(), *column}) : std::nullopt;
}

Result<void> ServerSchema::create(Connection &connection, const model::Catalog &catalog, const CompanySettings &company,
                                  base::RandomSource &random)
{
    FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
    FIELDFARE_TRY(store_version::lock(connection));
    FIELDFARE_ASSIGN(const bool isEmpty, store_version::isEmpty(connection));
    if (!isEmpty)
        return {ErrorCode::AlreadyExists, QStringLiteral("the store is not empty")};
    FIELDFARE_TRY(connection.execute(QString::fromLatin1(kFixedTables)));
    FIELDFARE_TRY(followCatalog(connection, catalog));
    FIELDFARE_TRY(addLaterTables(connection, catalog));
    ServerMeta meta(connection);
    FIELDFARE_TRY(meta.put(ServerMeta::kEpoch, qint64(1)));
    FIELDFARE_TRY(meta.put(ServerMeta::kCounter, qint64(0)));
    FIELDFARE_TRY(meta.put(ServerMeta::kCompanyId, company.id.toBytes()));
    FIELDFARE_TRY(meta.put(ServerMeta::kCompanyName, company.name));
    FIELDFARE_TRY(meta.put(ServerMeta::kCurrency, company.currency));
    FIELDFARE_TRY(meta.put(ServerMeta::kErasureKey, random.bytes(32)));
    FIELDFARE_TRY(meta.put(ServerMeta::kTokenKey, random.bytes(32)));
    FIELDFARE_TRY(store_version::write(connection, kVersion));
    return transaction.commit();
}

Result<void> ServerSchema::migrate(Connection &connection, const model::Catalog &catalog)
{
    FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
    FIELDFARE_TRY(store_version::lock(connection));
    FIELDFARE_ASSIGN(const qint64 version, store_version::read(connection));
    if (version == 0)
        return {ErrorCode::NotFound, QStringLiteral("the store holds no tables")};
    if (version > kVersion) {
        return {ErrorCode::SchemaTooNew, QStringLiteral("store version %1, program knows %2").arg(version).arg(kVersion),
                {QString::number(version)}};
    }
    FIELDFARE_ASSIGN(const QByteArray fingerprint, ServerMeta(connection).bytes(ServerMeta::kFingerprint));
    if (version < 2)
        FIELDFARE_TRY(addLabels(connection, catalog));
    if (fingerprint != catalog.fingerprint())
        FIELDFARE_TRY(followCatalog(connection, catalog));
    FIELDFARE_TRY(addLaterTables(connection, catalog));
    if (version < 3) { // 2: rows have labels; 3: those of what hangs on nothing follow the kind that it might hang on
        connection.clearStatements();
        FIELDFARE_TRY(labelAllRows(connection, catalog));
    }
    FIELDFARE_TRY(store_version::write(connection, kVersion));
    return transaction.commit();
}

Result<qint64> ServerMeta::lockedCounter()
{
    if (m_connection.dialect() == storage::Dialect::Sqlite)
        return integer(kCounter); // whoever writes has the whole file
    Statement &query = m_connection.statement(QLatin1StringView("SELECT value FROM meta WHERE name='counter' FOR UPDATE"));
    const storage::StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool row, query.step());
    if (!row)
        return {ErrorCode::NotFound, QStringLiteral("no counter")};
    return query.int64(0);
}

Result<Statement *> ServerMeta::find(QLatin1StringView name)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT value FROM meta WHERE name=?1"));
    query.bindText(1, QString(name));
    FIELDFARE_ASSIGN(const bool row, query.step());
    if (!row) {
        query.reset();
        return {ErrorCode::NotFound, QStringLiteral("no setting %1").arg(name)};
    }
    return &query;
}

Result<qint64> ServerMeta::integer(QLatin1StringView name)
{
    FIELDFARE_ASSIGN(Statement *const query, find(name));
    const storage::StatementReset reset(*query);
    return query->int64(0);
}

Result<QByteArray> ServerMeta::bytes(QLatin1StringView name)
{
    FIELDFARE_ASSIGN(Statement *const query, find(name));
    const storage::StatementReset reset(*query);
    return query->blob(0);
}

Result<QString> ServerMeta::text(QLatin1StringView name)
{
    FIELDFARE_ASSIGN(Statement *const query, find(name));
    const storage::StatementReset reset(*query);
    return query->text(0);
}

namespace {

Statement &putStatement(Connection &connection, QLatin1StringView name)
{
    Statement &put = connection.statement(QLatin1StringView("INSERT INTO meta(name, value) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET value=?2"));
    put.bindText(1, QString(name));
    return put;
}

} // namespace

Result<void> ServerMeta::put(QLatin1StringView name, qint64 value)
{
    Statement &put = putStatement(m_connection, name);
    put.bind(2, value);
    return put.run();
}

Result<void> ServerMeta::put(QLatin1StringView name, const QByteArray &value)
{
    Statement &put = putStatement(m_connection, name);
    put.bindBlob(2, value);
    return put.run();
}

Result<void> ServerMeta::put(QLatin1StringView name, const QString &value)
{
    Statement &put = putStatement(m_connection, name);
    put.bindText(2, value);
    return put.run();
}

} // namespace fieldfare::server
