// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check/profile_check.h"

#include "core/store/search/search_index.h"
#include "core/store/table_layout.h"

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Entity;
using model::Field;

namespace {

constexpr qsizetype kMostFindings = 20;
constexpr int kPage = 2000;
constexpr int kTries = 3;

class Checker {
public:
    Checker(Store &store, const std::function<bool()> &cancelled) : m_store(store), m_cancelled(cancelled) {}

    Result<ProfileCheckReport> run()
    {
        FIELDFARE_TRY(m_store.connection().checkpoint());
        FIELDFARE_ASSIGN(m_report.damagedPages, m_store.connection().damagedPages([this](quint32) { return isCancelled(); }));
        FIELDFARE_TRY(checkIndexes());
        FIELDFARE_ASSIGN(m_report.searchProblems, search::check(m_store.connection(), *m_store.catalog()));
        const model::CatalogPointer catalog = m_store.catalog();
        for (const Entity &entity : catalog->entities())
            FIELDFARE_TRY(checkReferences(*catalog, entity));
        // Rows and cursor of one moment: what the server sends between two pages begins it anew, and the last try lets nothing in.
        for (int tries = kTries; tries > 0; --tries) {
            FIELDFARE_ASSIGN(const bool whole, checkAllRows(*catalog, tries == 1));
            if (whole)
                break;
        }
        return m_report;
    }

private:
    [[nodiscard]] bool isCancelled() const { return m_cancelled && m_cancelled(); }

    Result<void> checkIndexes()
    {
        storage::Statement &query = m_store.connection().statement(QLatin1StringView("PRAGMA integrity_check(20)"));
        const storage::StatementReset reset(query);
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (!row)
                return {};
            if (const QString text = query.text(0); text != QLatin1StringView("ok"))
                m_report.indexProblems.append(text);
        }
    }

    Result<void> checkReferences(const model::Catalog &catalog, const Entity &entity)
    {
        for (const Field &field : entity.fields()) {
            if (!field.isReference() || !field.hasColumn() || field.has(model::Removed))
                continue;
            QList<model::EntityId> targets = field.targets;
            const bool isWide = targets.size() > 1;
            const QString key = isWide ? QStringLiteral("substr(t.%1, 3)").arg(quoted(field.column)) : QStringLiteral("t.%1").arg(quoted(field.column));
            QString sql = QStringLiteral("SELECT count(*) FROM %1 t WHERE t.%2 IS NOT NULL").arg(quoted(entity.table()), quoted(field.column));
            for (const model::EntityId target : std::as_const(targets)) {
                if (const Entity *other = catalog.entity(target))
                    sql += QStringLiteral(" AND NOT EXISTS (SELECT 1 FROM %1 o WHERE o.id = %2)").arg(quoted(other->table()), key);
            }
            storage::Statement &query = m_store.connection().statement(sql);
            const storage::StatementReset reset(query);
            FIELDFARE_TRY(query.step());
            m_report.danglingReferences += query.int64(0);
        }
        return {};
    }

    /// False when what the server confirmed changed meanwhile. `alone`: nothing else runs, and nothing can cancel it.
    Result<bool> checkAllRows(const model::Catalog &catalog, bool alone)
    {
        changes::ReplicaStorage &rows = m_store.replicaRows();
        FIELDFARE_ASSIGN(const changes::ReplicaState state, rows.state());
        const std::uint64_t before = m_store.remoteWrites();
        m_report.cursor = state.cursor;
        m_report.rows = 0;
        m_report.acknowledged = {};
        m_report.versionProblems.clear();
        for (const Entity &entity : catalog.entities()) {
            Id after;
            FIELDFARE_ASSIGN(const Id last, largestId(entity));
            while (after < last) {
                if (!alone && isCancelled())
                    return {ErrorCode::Cancelled, QStringLiteral("the check was cancelled")};
                if (m_store.remoteWrites() != before)
                    return false;
                FIELDFARE_ASSIGN(const std::vector<Id> ids, nextIds(entity, after));
                if (ids.empty())
                    break;
                after = ids.back();
                for (const Id &id : ids)
                    FIELDFARE_TRY(checkRow(entity, id, rows));
            }
        }
        return true;
    }

    Result<Id> largestId(const Entity &entity)
    {
        storage::Statement &query = m_store.connection().statement(QStringLiteral("SELECT max(id) FROM %1").arg(quoted(entity.table())));
        const storage::StatementReset reset(query);
        FIELDFARE_TRY(query.step());
        return Id::fromBytes(query.blob(0));
    }

    Result<std::vector<Id>> nextIds(const Entity &entity, const Id &after)
    {
        storage::Statement &query = m_store.connection().statement(
            QStringLiteral("SELECT id FROM %1 WHERE id > ? ORDER BY id LIMIT ?").arg(quoted(entity.table())));
        const storage::StatementReset reset(query);
        query.bindBlob(1, after.toBytes());
        query.bind(2, kPage);
        std::vector<Id> ids;
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (!row)
                return ids;
            ids.push_back(Id::fromBytes(query.blob(0)));
        }
    }

    Result<void> checkRow(const Entity &entity, const Id &id, changes::ReplicaStorage &rows)
    {
        ++m_report.rows;
        auto found = rows.findRow(entity.id(), id);
        if (!found.ok() || !found.value()) {
            if (m_report.versionProblems.size() < kMostFindings)
                m_report.versionProblems.append(QStringLiteral("%1 %2: %3").arg(entity.name(), id.toString(), found.ok() ? QStringLiteral("unreadable") : found.error().detail));
            return {};
        }
        changes::ReplicaRow &row = *found.value();
        if (row.createdByN != 0)
            return {}; // the server does not have it yet
        FIELDFARE_ASSIGN(const auto dirty, rows.dirtyFields(entity.id(), id));
        for (const changes::DirtyField &field : dirty)
            row.setValue(field.field, field.acknowledged);
        m_report.acknowledged.add(row);
        return {};
    }

    Store &m_store;
    const std::function<bool()> &m_cancelled;
    ProfileCheckReport m_report;
};

} // namespace

Result<ProfileCheckReport> checkProfile(Store &store, const std::function<bool()> &cancelled)
{
    return Checker(store, cancelled).run();
}

} // namespace fieldfare::store
