// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"

#include "core/storage/transaction.h"
#include "core/store/meta_table.h"
#include "core/store/schema.h"
#include "core/store/unknown_values.h"

#include <QFileInfo>
#include <QSet>

#include <map>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using model::Catalog;
using model::Entity;
using model::Field;

namespace {

const QString kVersionName = QStringLiteral("store.schema_version");
const QString kFingerprintName = QStringLiteral("store.fingerprint");
const QString kCatalogName = QStringLiteral("store.catalog");

/// What built-in entities and fields the file was last brought to.
struct StoredCatalog {
    std::map<int, QString> tables;                     // by entity
    std::map<std::pair<int, int>, QString> columns;    // by entity and field number
};

/// A line an entity, "e 1 customer", or a field, "f 1 2 name".
QByteArray describe(const Catalog &catalog)
{
    QByteArray text;
    for (const Entity &entity : catalog.entities()) {
        text += "e " + QByteArray::number(entity.id()) + ' ' + entity.table().toLatin1() + '\n';
        for (const Field &field : entity.fields()) {
            if (field.hasColumn() && !field.key.isCustom())
                text += "f " + QByteArray::number(entity.id()) + ' ' + QByteArray::number(field.key.number) + ' '
                    + field.column.toLatin1() + '\n';
        }
    }
    return text;
}

StoredCatalog parse(const QByteArray &text)
{
    StoredCatalog stored;
    for (const QByteArray &line : text.split('\n')) {
        const QList<QByteArray> words = line.split(' ');
        if (words.size() == 3 && words.at(0) == "e")
            stored.tables[words.at(1).toInt()] = QString::fromLatin1(words.at(2));
        else if (words.size() == 4 && words.at(0) == "f")
            stored.columns[{words.at(1).toInt(), words.at(2).toInt()}] = QString::fromLatin1(words.at(3));
    }
    return stored;
}

Result<bool> tableExists(storage::Connection &connection, const QString &name)
{
    storage::Statement &query = connection.statement(
        QLatin1StringView("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"));
    const storage::StatementReset reset(query);
    query.bindText(1, name);
    return query.step();
}

Result<QSet<QString>> columnsOf(storage::Connection &connection, const QString &table)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral("PRAGMA table_info(%1)").arg(quoted(table))));
    QSet<QString> columns;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return columns;
        columns.insert(query->text(1));
    }
}

Result<void> refuseNewer(const StoredCatalog &stored, const Catalog &catalog)
{
    for (const auto &[id, table] : stored.tables) {
        if (catalog.entity(model::EntityId(id)) == nullptr)
            return {ErrorCode::SchemaTooNew, QStringLiteral("the file knows the entity %1").arg(table)};
    }
    for (const auto &[key, column] : stored.columns) {
        const Entity *entity = catalog.entity(model::EntityId(key.first));
        if (entity->field(model::FieldKey(std::uint16_t(key.second))) == nullptr)
            return {ErrorCode::SchemaTooNew, QStringLiteral("the file knows the field %1.%2").arg(entity->name(), column)};
    }
    return {};
}

Result<void> createEverything(storage::Connection &connection, const Catalog &catalog)
{
    for (const QString &statement : schema::systemTables())
        FIELDFARE_TRY(connection.execute(statement));
    for (const Entity &entity : catalog.entities()) {
        FIELDFARE_TRY(connection.execute(schema::createTable(entity)));
        for (const schema::Index &index : schema::indexes(entity))
            FIELDFARE_TRY(connection.execute(index.statement));
    }
    return {};
}

/// Rows that came in before this version knew the entity.
Result<void> adoptUnknownRows(storage::Connection &connection, const Entity &entity)
{
    const QString kept = QStringLiteral("entity_%1").arg(entity.id());
    FIELDFARE_ASSIGN(const bool present, tableExists(connection, kept));
    if (!present)
        return {};
    const QString head = QStringLiteral("rid, id, trashed, created_at, created_by, modified_at, modified_by, v, vx, created_n, unknown");
    FIELDFARE_TRY(connection.execute(QStringLiteral("INSERT INTO %1(%2) SELECT %2 FROM %3").arg(quoted(entity.table()), head, kept)));
    return connection.execute(QStringLiteral("DROP TABLE %1").arg(kept));
}

Result<void> renameColumns(storage::Connection &connection, const Entity &entity, const StoredCatalog &stored)
{
    for (const Field &field : entity.fields()) {
        const auto former = stored.columns.find({entity.id(), field.key.number});
        if (former == stored.columns.end() || former->second == field.column)
            continue;
        const QString rename = QStringLiteral("ALTER TABLE %1 RENAME COLUMN %2 TO %3");
        FIELDFARE_TRY(connection.execute(rename.arg(quoted(entity.table()), quoted(former->second), quoted(field.column))));
        if (field.valueType() == model::FieldType::Money) {
            FIELDFARE_TRY(connection.execute(rename.arg(quoted(entity.table()), quoted(former->second + QStringLiteral("_currency")),
                                                        quoted(field.currencyColumn()))));
        }
    }
    return {};
}

struct Changes {
    bool columnsAdded = false;
    bool derivedAdded = false;
};

Result<Changes> addColumns(storage::Connection &connection, const Entity &entity)
{
    Changes changes;
    FIELDFARE_ASSIGN(const QSet<QString> present, columnsOf(connection, entity.table()));
    for (const Field &field : entity.fields()) {
        if (!field.hasColumn() || present.contains(field.column))
            continue;
        for (const QString &definition : schema::columnDefinitions(field))
            FIELDFARE_TRY(connection.execute(QStringLiteral("ALTER TABLE %1 ADD COLUMN %2").arg(quoted(entity.table()), definition)));
        changes.columnsAdded = true;
        changes.derivedAdded = changes.derivedAdded || field.type == model::FieldType::Computed;
    }
    return changes;
}

Result<bool> walkEntity(storage::Connection &connection, const model::CatalogPointer &catalog, const Entity &entity,
                        const StoredCatalog &stored)
{
    const auto former = stored.tables.find(entity.id());
    Changes changes;
    if (former == stored.tables.end()) {
        FIELDFARE_TRY(connection.execute(schema::createTable(entity)));
        FIELDFARE_TRY(adoptUnknownRows(connection, entity));
        changes = {true, true};
    } else {
        if (former->second != entity.table()) {
            FIELDFARE_TRY(connection.execute(QStringLiteral("ALTER TABLE %1 RENAME TO %2")
                                                 .arg(quoted(former->second), quoted(entity.table()))));
        }
        FIELDFARE_TRY(renameColumns(connection, entity, stored));
        FIELDFARE_ASSIGN(changes, addColumns(connection, entity));
    }
    if (changes.columnsAdded)
        FIELDFARE_TRY(replayUnknownValues(connection, TableLayout(catalog, entity)));
    FIELDFARE_TRY(adjustIndexes(connection, entity));
    return changes.derivedAdded;
}

Result<void> noteVersion(storage::Connection &connection, qint64 version)
{
    return MetaTable(connection).setNumber(kVersionName, version);
}

Result<void> note(storage::Connection &connection, const Catalog &catalog, qint64 version)
{
    FIELDFARE_TRY(noteVersion(connection, version));
    MetaTable meta(connection);
    FIELDFARE_TRY(meta.setValue(kFingerprintName, catalog.fingerprint()));
    return meta.setValue(kCatalogName, describe(catalog));
}

/// Takes an older file forward and tells how far it is.
class MigrationRun {
public:
    MigrationRun(storage::Connection &connection, const model::CatalogPointer &catalog, const StoredCatalog &stored, qint64 from,
                 const MigrationOptions &options)
        : m_connection(connection), m_catalog(catalog), m_stored(stored), m_version(from), m_options(options),
          m_target(qint64(options.numbered->size()) + 1)
    {
        m_steps = int(m_target - from) + int(catalog->entities().size());
        if (options.progress)
            connection.setProgressHook(kInstructionsBetweenLooks, [this] { return m_options.progress(percent()); });
    }
    MigrationRun(const MigrationRun &) = delete;
    MigrationRun &operator=(const MigrationRun &) = delete;
    ~MigrationRun() { m_connection.setProgressHook(0, {}); }

    Result<void> run()
    {
        FIELDFARE_TRY(requireRoom());
        for (; m_version < m_target; ++m_version) {
            FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(m_connection, storage::Transaction::Mode::Immediate));
            FIELDFARE_TRY(m_options.numbered->at(size_t(m_version - 1)).run(m_connection));
            FIELDFARE_TRY(noteVersion(m_connection, m_version + 1));
            FIELDFARE_TRY(stepDone());
            FIELDFARE_TRY(transaction.commit());
            m_connection.clearStatements();
        }
        FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(m_connection, storage::Transaction::Mode::Immediate));
        FIELDFARE_TRY(followCatalog());
        FIELDFARE_TRY(transaction.commit());
        m_connection.clearStatements();
        return {};
    }

private:
    static constexpr int kInstructionsBetweenLooks = 100'000; ///< Of SQLite's machine: some milliseconds.
    static constexpr qint64 kSpareBytes = 4'000'000;          ///< New tables, the note itself, and what others write meanwhile.

    [[nodiscard]] int percent() const { return m_done * 100 / m_steps; }

    Result<void> stepDone()
    {
        ++m_done;
        if (m_options.progress && m_options.progress(percent()))
            return {ErrorCode::Cancelled, QStringLiteral("bringing the profile up to date was stopped")};
        return {};
    }

    Result<void> followCatalog()
    {
        bool derivedAdded = false;
        for (const Entity &entity : m_catalog->entities()) {
            FIELDFARE_ASSIGN(const bool added, walkEntity(m_connection, m_catalog, entity, m_stored));
            derivedAdded = derivedAdded || added;
            FIELDFARE_TRY(stepDone());
        }
        MetaTable meta(m_connection);
        if (derivedAdded)
            FIELDFARE_TRY(meta.setNumber(QString(kRecomputeNeeded), 1));
        return note(m_connection, *m_catalog, m_target);
    }

    /// A numbered step, an index or a derived field may write as much as the file holds; a plain column writes nothing to the rows.
    Result<bool> mayWriteMuch()
    {
        if (m_version < m_target)
            return true;
        QSet<QString> indexes;
        FIELDFARE_ASSIGN(const auto query, m_connection.prepare(QStringLiteral("SELECT name FROM sqlite_schema WHERE type = 'index'")));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query->step());
            if (!row)
                break;
            indexes.insert(query->text(0));
        }
        for (const Entity &entity : m_catalog->entities()) {
            for (const schema::Index &index : schema::indexes(entity)) {
                if (!indexes.contains(index.name))
                    return true;
            }
            for (const Field &field : entity.fields()) {
                if (field.type == model::FieldType::Computed && !m_stored.columns.contains({entity.id(), field.key.number}))
                    return true;
            }
        }
        return false;
    }

    Result<void> requireRoom()
    {
        if (m_connection.path().isEmpty())
            return {};
        FIELDFARE_ASSIGN(const bool isMuch, mayWriteMuch());
        FIELDFARE_ASSIGN(const qint64 pages, m_connection.queryInt64(QLatin1StringView("PRAGMA page_count")));
        FIELDFARE_ASSIGN(const qint64 pageSize, m_connection.queryInt64(QLatin1StringView("PRAGMA page_size")));
        const qint64 bytes = kSpareBytes + (isMuch ? pages * pageSize : 0);
        const QString folder = QFileInfo(m_connection.path()).path();
        if (m_options.hasRoom(folder, bytes))
            return {};
        const QString megabytes = QString::number((bytes + 999'999) / 1'000'000);
        return {ErrorCode::DiskFull,
                QStringLiteral("the profile is of an older version; bringing it up to date may take %1 MB beside it, which are not free: nothing was changed")
                    .arg(megabytes),
                {folder, megabytes}};
    }

    storage::Connection &m_connection;
    const model::CatalogPointer &m_catalog;
    const StoredCatalog &m_stored;
    qint64 m_version;
    const MigrationOptions &m_options;
    qint64 m_target;
    int m_steps = 1;
    int m_done = 0;
};

} // namespace

Result<void> adjustIndexes(storage::Connection &connection, const Entity &entity)
{
    QSet<QString> present;
    const QString prefix = schema::indexPrefix(entity);
    {
        storage::Statement &query = connection.statement(
            QLatin1StringView("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = ?"));
        const storage::StatementReset reset(query);
        query.bindText(1, entity.table());
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (!row)
                break;
            const QString name = query.text(0);
            if (name.startsWith(prefix))
                present.insert(name);
        }
    }
    for (const schema::Index &index : schema::indexes(entity)) {
        if (!present.remove(index.name))
            FIELDFARE_TRY(connection.execute(index.statement));
    }
    for (const QString &name : std::as_const(present)) {
        if (!name.startsWith(prefix + QStringLiteral("x_")))
            FIELDFARE_TRY(connection.execute(QStringLiteral("DROP INDEX %1").arg(quoted(name))));
    }
    return {};
}

const std::vector<NumberedMigration> &numberedMigrations()
{
    static const std::vector<NumberedMigration> all = {}; // there is only version 1 so far
    Q_ASSERT(all.size() + 1 == size_t(kSchemaVersion));
    return all;
}

Result<void> noteSalvaged(storage::Connection &connection, const Catalog &catalog)
{
    MetaTable meta(connection);
    FIELDFARE_ASSIGN(const qint64 version, schemaVersionOf(connection));
    if (version == 0)
        FIELDFARE_TRY(noteVersion(connection, kSchemaVersion));
    FIELDFARE_ASSIGN(const QByteArray stored, meta.value(kCatalogName));
    if (stored.isEmpty())
        FIELDFARE_TRY(meta.setValue(kCatalogName, describe(catalog)));
    FIELDFARE_TRY(meta.setValue(kFingerprintName, {}));
    return meta.setNumber(QString(kRecomputeNeeded), 1);
}

Result<qint64> schemaVersionOf(storage::Connection &connection)
{
    return MetaTable(connection).number(kVersionName, 0);
}

Result<void> migrate(storage::Connection &connection, const model::CatalogPointer &catalog, const MigrationOptions &options)
{
    const qint64 known = qint64(options.numbered->size()) + 1;
    FIELDFARE_ASSIGN(const qint64 objects, connection.queryInt64(QLatin1StringView("SELECT count(*) FROM sqlite_schema")));
    if (objects == 0) {
        FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
        FIELDFARE_TRY(createEverything(connection, *catalog));
        FIELDFARE_TRY(note(connection, *catalog, known));
        return transaction.commit();
    }
    FIELDFARE_ASSIGN(const bool isProfile, tableExists(connection, QStringLiteral("meta")));
    if (!isProfile)
        return {ErrorCode::Unsupported, QStringLiteral("the file is no profile")};
    FIELDFARE_ASSIGN(const qint64 version, schemaVersionOf(connection));
    if (version > known)
        return {ErrorCode::SchemaTooNew, QStringLiteral("schema version %1, this program knows %2").arg(version).arg(known)};
    if (version < 1)
        return {ErrorCode::Unsupported, QStringLiteral("the file has no schema version")};
    MetaTable meta(connection);
    FIELDFARE_ASSIGN(const QByteArray catalogText, meta.value(kCatalogName));
    const StoredCatalog stored = parse(catalogText);
    FIELDFARE_TRY(refuseNewer(stored, *catalog));
    FIELDFARE_ASSIGN(const QByteArray fingerprint, meta.value(kFingerprintName));
    if (version == known && fingerprint == catalog->fingerprint())
        return {};
    return MigrationRun(connection, catalog, stored, version, options).run();
}

} // namespace fieldfare::store
