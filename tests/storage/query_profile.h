// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "core/storage/transaction.h"
#include "core/store/query/list_reader.h"
#include "core/store/schema.h"
#include "core/store/search/search_index.h"
#include "core/store/sql_replica_storage.h"

#include <QTest>

#include <memory>

namespace fieldfare::test {

/// The tables of a profile in memory, filled row by row without a store: queries and search are tested on exactly the rows
/// that a test names. Rows get growing ids, and rids in their order.
class QueryProfile {
public:
    using Values = std::vector<std::pair<const char *, model::Value>>;

    explicit QueryProfile(model::CatalogPointer withCatalog = model::Catalog::standard()) : catalog(std::move(withCatalog))
    {
        storage::OpenOptions options;
        options.inMemory = true;
        options.onOpened = {store::search::registerOn};
        auto opened = storage::Connection::open(options);
        Q_ASSERT(opened.ok());
        connection = std::move(opened).value();
        for (const QString &statement : store::schema::systemTables())
            run(statement);
        for (const model::Entity &entity : catalog->entities()) {
            run(store::schema::createTable(entity));
            for (const store::schema::Index &index : store::schema::indexes(entity))
                run(index.statement);
        }
        rows = std::make_unique<store::SqlReplicaStorage>(*connection, catalog);
        const auto prepared = store::search::prepareTables(*connection, *catalog);
        Q_ASSERT(prepared.ok());
        context.nowMs = 1'795'000'000'000; // 2026-11-18 UTC
        context.zone = QTimeZone::utc();
        context.currency = QStringLiteral("USD");
    }

    void run(const QString &sql)
    {
        const auto done = connection->execute(sql);
        if (!done.ok())
            qFatal("%s", qPrintable(done.error().detail));
    }

    const model::Entity &entity(const char *name) const { return *catalog->entity(QLatin1StringView(name)); }

    changes::ReplicaRow row(const char *entityName, const base::Id &id, const Values &values) const
    {
        const model::Entity &described = entity(entityName);
        changes::ReplicaRow made;
        made.entity = described.id();
        made.id = id;
        made.stamp.createdAt = made.stamp.modifiedAt = context.nowMs;
        for (const auto &[name, value] : values) {
            const model::FieldKey key = qstrcmp(name, "trashed") == 0 ? model::FieldKey(model::kTrashedNumber)
                                                                      : described.field(QLatin1StringView(name))->key;
            made.setValue(key, value);
        }
        return made;
    }

    base::Id nextId()
    {
        ++m_lastId;
        QByteArray bytes(base::Id::kSize, '\0');
        for (int i = 0; i < 8; ++i)
            bytes[15 - i] = char(m_lastId >> (8 * i));
        return base::Id::fromBytes(bytes);
    }

    /// Inserts a row as the store does, search included.
    base::Id add(const char *entityName, const Values &values)
    {
        const base::Id id = nextId();
        insert(row(entityName, id, values));
        return id;
    }

    void insert(const changes::ReplicaRow &made)
    {
        const auto inserted = rows->insertRow(made);
        if (!inserted.ok())
            qFatal("%s", qPrintable(inserted.error().detail));
        const auto noted = store::search::ChangeNotes(*connection).inserted(*catalog->entity(made.entity), rid(made.entity, made.id));
        Q_ASSERT(noted.ok());
    }

    std::int64_t rid(model::EntityId entityId, const base::Id &id) { return rows->rid(entityId, id).value(); }

    void change(const char *entityName, const base::Id &id, const Values &values)
    {
        const model::Entity &described = entity(entityName);
        const changes::ReplicaRow before = **rows->findRow(described.id(), id);
        const changes::ReplicaRow after = row(entityName, id, values);
        changes::RowUpdate update{described.id(), id, {}, before.versions, before.createdByN, before.stamp};
        for (const auto &[name, value] : values) {
            const model::FieldKey key = qstrcmp(name, "trashed") == 0 ? model::FieldKey(model::kTrashedNumber)
                                                                      : described.field(QLatin1StringView(name))->key;
            update.shown.push_back({key, value});
        }
        const auto noted = store::search::ChangeNotes(*connection).changed(described, rid(described.id(), id), before, update.shown);
        Q_ASSERT(noted.ok());
        const auto updated = rows->updateRow(update);
        Q_ASSERT(updated.ok());
    }

    void remove(const char *entityName, const base::Id &id)
    {
        const model::Entity &described = entity(entityName);
        const changes::ReplicaRow before = **rows->findRow(described.id(), id);
        const auto noted = store::search::ChangeNotes(*connection).removed(described, rid(described.id(), id), before);
        Q_ASSERT(noted.ok());
        const auto removed = rows->removeRow(described.id(), id);
        Q_ASSERT(removed.ok());
    }

    store::ListReader lists() { return store::ListReader(*connection, catalog, context); }

    store::ListQuery query(const char *entityName, const QString &where = {}, const QString &sorts = {}) const
    {
        return {entity(entityName).id(), store::Filter::parse(where).value(), store::parseSorts(sorts).value()};
    }

    /// Titles of the rows of a query, in order.
    QStringList titles(const store::ListQuery &query)
    {
        const auto found = lists().firstRows(query, 1000);
        if (!found.ok())
            return {QStringLiteral("error: ") + found.error().detail};
        QStringList result;
        const model::Field &title = *catalog->entity(query.entity)->titleField();
        for (const store::RowView &view : *found)
            result.append(view.record.value(title).textOrEmpty());
        return result;
    }

    model::CatalogPointer catalog;
    std::unique_ptr<storage::Connection> connection;
    std::unique_ptr<store::SqlReplicaStorage> rows;
    store::FilterContext context;

private:
    std::uint64_t m_lastId = 1000;
};

inline model::Value text(const char *utf8)
{
    return model::Value(QString::fromUtf8(utf8));
}

inline model::Value number(std::int64_t value)
{
    return model::Value(value);
}

inline model::Value usd(std::int64_t cents)
{
    return model::Value(model::Money::of(cents, QStringLiteral("USD")));
}

} // namespace fieldfare::test
