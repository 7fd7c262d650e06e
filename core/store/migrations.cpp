// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/migrations.h"

#include "core/storage/transaction.h"
#include "core/store/meta_table.h"
#include "core/store/schema.h"
#include "core/store/unknown_values.h"

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

/// Steps that do not follow from the catalog: `from` is the version that the file has.
Result<void> runNumbered(storage::Connection &, qint64 from)
{
    Q_ASSERT(from >= 1);
    return {}; // There is only version 1 so far.
}

Result<void> note(storage::Connection &connection, const Catalog &catalog)
{
    MetaTable meta(connection);
    FIELDFARE_TRY(meta.setNumber(kVersionName, kSchemaVersion));
    FIELDFARE_TRY(meta.setValue(kFingerprintName, catalog.fingerprint()));
    return meta.setValue(kCatalogName, describe(catalog));
}

Result<void> moveForward(storage::Connection &connection, const model::CatalogPointer &catalog, const StoredCatalog &stored, qint64 from)
{
    FIELDFARE_TRY(runNumbered(connection, from));
    bool derivedAdded = false;
    for (const Entity &entity : catalog->entities()) {
        FIELDFARE_ASSIGN(const bool added, walkEntity(connection, catalog, entity, stored));
        derivedAdded = derivedAdded || added;
    }
    MetaTable meta(connection);
    if (derivedAdded)
        FIELDFARE_TRY(meta.setNumber(QString(kRecomputeNeeded), 1));
    return note(connection, *catalog);
}

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

Result<void> migrate(storage::Connection &connection, const model::CatalogPointer &catalog)
{
    FIELDFARE_ASSIGN(const qint64 objects, connection.queryInt64(QLatin1StringView("SELECT count(*) FROM sqlite_schema")));
    if (objects == 0) {
        FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
        FIELDFARE_TRY(createEverything(connection, *catalog));
        FIELDFARE_TRY(note(connection, *catalog));
        return transaction.commit();
    }
    FIELDFARE_ASSIGN(const bool isProfile, tableExists(connection, QStringLiteral("meta")));
    if (!isProfile)
        return {ErrorCode::Unsupported, QStringLiteral("the file is no profile")};
    MetaTable meta(connection);
    FIELDFARE_ASSIGN(const qint64 version, meta.number(kVersionName, 0));
    if (version > kSchemaVersion)
        return {ErrorCode::SchemaTooNew, QStringLiteral("schema version %1, this program knows %2").arg(version).arg(kSchemaVersion)};
    if (version < 1)
        return {ErrorCode::Unsupported, QStringLiteral("the file has no schema version")};
    FIELDFARE_ASSIGN(const QByteArray catalogText, meta.value(kCatalogName));
    const StoredCatalog stored = parse(catalogText);
    FIELDFARE_TRY(refuseNewer(stored, *catalog));
    FIELDFARE_ASSIGN(const QByteArray fingerprint, meta.value(kFingerprintName));
    if (version == kSchemaVersion && fingerprint == catalog->fingerprint())
        return {};
    FIELDFARE_ASSIGN(auto transaction, storage::Transaction::begin(connection, storage::Transaction::Mode::Immediate));
    FIELDFARE_TRY(moveForward(connection, catalog, stored, version));
    FIELDFARE_TRY(transaction.commit());
    connection.clearStatements();
    return {};
}

} // namespace fieldfare::store
