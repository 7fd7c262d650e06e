// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/schema.h"

#include "core/store/table_layout.h"

namespace fieldfare::store::schema {

using model::Entity;
using model::Field;
using model::FieldType;

namespace {

constexpr const char *kSystemTables[] = {
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID",
    "CREATE TABLE replica_state(one INTEGER PRIMARY KEY, device BLOB, incarnation INTEGER, user BLOB, last_n INTEGER, "
    "rolling BLOB, acknowledged_n INTEGER, epoch INTEGER, cursor INTEGER, downloading INTEGER, download_cursor INTEGER, "
    "download_entity INTEGER, download_after BLOB)",
    "CREATE TABLE outbox(n INTEGER PRIMARY KEY, content BLOB, hash BLOB, rolling BLOB, device BLOB, incarnation INTEGER, "
    "origin_device BLOB, origin_incarnation INTEGER, origin_n INTEGER, origin_hash BLOB, base_n INTEGER)",
    "CREATE INDEX ix_outbox_base ON outbox(base_n) WHERE base_n IS NOT NULL",
    "CREATE TABLE dirty_field(record BLOB, field BLOB, entity INTEGER, acknowledged BLOB, last_n INTEGER, "
    "PRIMARY KEY(record, field)) WITHOUT ROWID",
    "CREATE TABLE tombstone(record BLOB PRIMARY KEY, entity INTEGER, version INTEGER) WITHOUT ROWID",
    "CREATE TABLE tray(id INTEGER PRIMARY KEY, content BLOB, device BLOB, incarnation INTEGER, n INTEGER, "
    "origin_device BLOB, origin_incarnation INTEGER, origin_n INTEGER, origin_hash BLOB, outcome INTEGER, reason TEXT, "
    "refused_at INTEGER)",
    "CREATE TABLE action(aid INTEGER PRIMARY KEY, id BLOB UNIQUE, label TEXT, cause INTEGER, at INTEGER, user BLOB, "
    "created INTEGER, updated INTEGER, trashed INTEGER, restored INTEGER, finished INTEGER, resume BLOB, undoes INTEGER, "
    "undone_by INTEGER, depth INTEGER)",
    "CREATE INDEX ix_action_unfinished ON action(finished) WHERE finished = 0",
    "CREATE TABLE history(seq INTEGER PRIMARY KEY, entity INTEGER, record BLOB, kind INTEGER, field BLOB, before BLOB, "
    "after BLOB, user BLOB, device BLOB, at INTEGER, n INTEGER, version INTEGER, aid INTEGER)",
    "CREATE INDEX ix_history_record ON history(record)",
    "CREATE INDEX ix_history_action ON history(aid) WHERE aid IS NOT NULL",
    "CREATE INDEX ix_history_waiting ON history(n) WHERE version IS NULL AND n IS NOT NULL",
    "CREATE TABLE number_lease(entity INTEGER, last INTEGER, next INTEGER, PRIMARY KEY(entity, last)) WITHOUT ROWID",
    "CREATE TABLE custom_column(definition BLOB PRIMARY KEY, entity INTEGER, n INTEGER) WITHOUT ROWID",
};

constexpr const char *kHeadColumns =
    "rid INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, trashed INTEGER, created_at INTEGER, created_by BLOB, "
    "modified_at INTEGER, modified_by BLOB, v INTEGER, vx BLOB, created_n INTEGER, unknown BLOB";

const char *columnType(const Field &field)
{
    switch (field.valueType()) {
    case FieldType::Text:
    case FieldType::Email:
        return " TEXT COLLATE NOCASE"; // names sort and compare without regard to ASCII case
    case FieldType::Reference:
    case FieldType::User:
        return " BLOB";
    case FieldType::Integer:
    case FieldType::Decimal:
    case FieldType::Money:
    case FieldType::Date:
    case FieldType::Instant:
    case FieldType::Duration:
    case FieldType::YesNo:
        return " INTEGER";
    default:
        return " TEXT";
    }
}

} // namespace

QStringList systemTables()
{
    QStringList statements;
    for (const char *statement : kSystemTables)
        statements += QString::fromLatin1(statement);
    return statements;
}

QStringList columnDefinitions(const Field &field)
{
    QStringList definitions{quoted(field.column) + QLatin1StringView(columnType(field))};
    if (field.valueType() == FieldType::Money)
        definitions += quoted(field.currencyColumn()) + QStringLiteral(" TEXT");
    return definitions;
}

QString createTable(const Entity &entity)
{
    QStringList columns{QString::fromLatin1(kHeadColumns)};
    for (const Field &field : entity.fields()) {
        if (field.hasColumn())
            columns += columnDefinitions(field);
    }
    return QStringLiteral("CREATE TABLE %1(%2)").arg(quoted(entity.table()), columns.join(QStringLiteral(", ")));
}

QString createUnknownTable(model::EntityId entity)
{
    return QStringLiteral("CREATE TABLE IF NOT EXISTS entity_%1(%2)").arg(QString::number(entity), QString::fromLatin1(kHeadColumns));
}

QString indexPrefix(const Entity &entity)
{
    return QStringLiteral("ix_%1__").arg(entity.table());
}

QList<Index> indexes(const Entity &entity)
{
    QList<Index> result;
    for (const Field &field : entity.fields()) {
        if (!field.hasColumn() || field.has(model::Removed))
            continue;
        const QString column = quoted(field.column);
        QString columns;
        if (field.has(model::Sortable))
            columns = QStringLiteral("(trashed, %1)").arg(column);
        else if (field.isReference())
            columns = QStringLiteral("(%1) WHERE %1 IS NOT NULL").arg(column);
        else
            continue;
        // The shape is part of the name, so that a field that becomes sortable gets the other index.
        const QString name = indexPrefix(entity) + field.column
            + (field.has(model::Sortable) ? QStringLiteral("__sort") : QStringLiteral("__ref"));
        result.append({name, QStringLiteral("CREATE INDEX %1 ON %2%3").arg(quoted(name), quoted(entity.table()), columns)});
    }
    return result;
}

} // namespace fieldfare::store::schema
