// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/row_labels.h"

#include "sync/server/merge/labeller.h"

namespace fieldfare::server {

using base::Result;
using model::Catalog;
using model::Entity;
using storage::FieldColumn;
using storage::FieldColumns;

namespace {

std::optional<FieldColumn> columnOf(const Entity &entity, const model::Field *field)
{
    if (field == nullptr)
        return std::nullopt;
    const FieldColumns columns(entity, FieldColumns::Fields::Replicated);
    const FieldColumn *const column = columns.find(field->key);
    return column != nullptr ? std::optional(*column) : std::nullopt;
}

/// The 16 bytes of who is referred to; an empty blob without.
QString partOf(const Entity &entity, const model::Field *field)
{
    const auto column = columnOf(entity, field);
    if (!column)
        return QStringLiteral("x''");
    return column->kind == FieldColumn::Kind::WideReference ? QStringLiteral("coalesce(substr(r.%1, 3), x'')").arg(column->name)
                                                            : QStringLiteral("coalesce(r.%1, x'')").arg(column->name);
}

/// The label of what the row hangs on; NULL without.
QString parentLabel(const Catalog &catalog, const HangingColumn &hanging)
{
    QStringList labels;
    for (const model::EntityId target : hanging.field->targets) {
        const Entity *const entity = catalog.entity(target);
        if (entity == nullptr)
            continue;
        if (hanging.column.kind == FieldColumn::Kind::Reference) {
            labels.append(QStringLiteral("(SELECT p.label FROM %1 p WHERE p.id=r.%2)").arg(entity->table(), hanging.column.name));
        } else {
            const QString prefix = QString::fromLatin1(QByteArray(1, char(target >> 8)).append(char(target & 0xFF)).toHex());
            labels.append(QStringLiteral("(SELECT p.label FROM %1 p WHERE p.id=substr(r.%2, 3) AND substr(r.%2, 1, 2)=x'%3')").arg(entity->table(), hanging.column.name, prefix));
        }
    }
    labels.append(QStringLiteral("NULL")); // coalesce() wants two
    labels.append(QStringLiteral("NULL"));
    return QStringLiteral("coalesce(%1)").arg(labels.join(QStringLiteral(", ")));
}

/// The number of the label by the row's own fields.
QString ownLabel(const Entity &entity)
{
    return QStringLiteral("(SELECT l.no FROM labels l WHERE l.root=%1 AND l.owner=%2 AND l.team=%3)")
        .arg(QString::number(rootKind(entity)), partOf(entity, placeFields(entity).owner), partOf(entity, placeFields(entity).team));
}

/// Of a row `r` of the entity.
QString labelOf(const Catalog &catalog, const Entity &entity)
{
    const QString own = isForEverybody(catalog, entity) ? QString::number(kEverybody) : ownLabel(entity);
    const auto hanging = hangingColumn(catalog, entity);
    return hanging ? QStringLiteral("coalesce(%1, %2)").arg(parentLabel(catalog, *hanging), own) : own;
}

/// Roots before what hangs on them; conflicts last.
Result<void> labelRows(storage::Connection &connection, const Catalog &catalog, const Entity &entity)
{
    if (!isForEverybody(catalog, entity)) {
        FIELDFARE_TRY(connection.execute(QStringLiteral("INSERT INTO labels(root, owner, team) SELECT DISTINCT %1, %2, %3 FROM %4 r WHERE TRUE ON CONFLICT DO NOTHING")
                                             .arg(QString::number(rootKind(entity)), partOf(entity, placeFields(entity).owner), partOf(entity, placeFields(entity).team), entity.table())));
    }
    FIELDFARE_TRY(connection.execute(QStringLiteral("UPDATE %1 AS r SET label=%2").arg(entity.table(), labelOf(catalog, entity))));
    return connection.execute(QStringLiteral("UPDATE change_index SET label=(SELECT r.label FROM %1 r WHERE r.id=change_index.row) "
                                             "WHERE entity=%2 AND kind=1 AND EXISTS(SELECT 1 FROM %1 r WHERE r.id=change_index.row)")
                                  .arg(entity.table(), QString::number(entity.id())));
}

Result<qint64> countOf(storage::Connection &connection, const QString &sql)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(sql));
    FIELDFARE_TRY(query->step());
    return query->int64(0);
}

} // namespace

std::optional<HangingColumn> hangingColumn(const Catalog &catalog, const Entity &entity)
{
    const model::Field *const field = hangsOnField(catalog, entity);
    const auto column = columnOf(entity, field);
    return column ? std::optional<HangingColumn>({field, *column}) : std::nullopt;
}

bool hasLabels(const Catalog &catalog, const Entity &entity)
{
    return hangsOnField(catalog, entity) != nullptr || !isForEverybody(catalog, entity);
}

Result<void> labelAllRows(storage::Connection &connection, const Catalog &catalog)
{
    QList<const Entity *> waiting;
    for (const Entity &entity : catalog.entities()) {
        if (hasLabels(catalog, entity))
            waiting.append(&entity);
    }
    while (!waiting.isEmpty()) {
        // One that hangs on nothing that waits; in a ring of entities any.
        qsizetype next = 0;
        for (qsizetype i = 0; i < waiting.size(); ++i) {
            const model::Field *const field = hangsOnField(catalog, *waiting.at(i));
            const bool isReady = field == nullptr || std::none_of(waiting.cbegin(), waiting.cend(), [&](const Entity *other) {
                return other != waiting.at(i) && field->targets.contains(other->id());
            });
            if (isReady) {
                next = i;
                break;
            }
        }
        FIELDFARE_TRY(labelRows(connection, catalog, *waiting.takeAt(next)));
    }
    return {};
}

Result<qint64> countWrongLabels(storage::Connection &connection, const Catalog &catalog, const Entity &entity)
{
    if (!hasLabels(catalog, entity))
        return countOf(connection, QStringLiteral("SELECT count(*) FROM %1 WHERE label<>%2").arg(entity.table()).arg(kEverybody));
    // What hung on an erased record keeps the label that it had.
    const auto hanging = hangingColumn(catalog, entity);
    const QString stays = hanging ? QStringLiteral(" AND (r.%1 IS NULL OR %2 IS NOT NULL)").arg(hanging->column.name, parentLabel(catalog, *hanging)) : QString();
    return countOf(connection, QStringLiteral("SELECT count(*) FROM %1 r WHERE r.label IS DISTINCT FROM %2%3").arg(entity.table(), labelOf(catalog, entity), stays));
}

} // namespace fieldfare::server
