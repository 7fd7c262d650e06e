// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check/profile_check.h"

#include "core/store/check/file_look.h"
#include "core/store/check/row_versions_repair.h"
#include "core/store/search/search_index.h"
#include "core/store/table_layout.h"

#include <QSet>

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Entity;
using model::Field;

namespace {

constexpr int kPage = 2000;
constexpr int kTries = 3;
constexpr int kFileDone = 60;   // percent, after each part
constexpr int kSearchDone = 70;

class Checker {
public:
    Checker(Store &store, const CheckWatch &watch) : m_store(store), m_watch(watch) {}

    Result<ProfileCheckReport> run()
    {
        FIELDFARE_ASSIGN(const ProfileInfo info, m_store.profileInfo());
        m_report.isStandAlone = info.isStandAlone();
        FIELDFARE_TRY(m_store.connection().checkpoint());
        const model::CatalogPointer catalog = m_store.catalog();
        FIELDFARE_TRY(lookThroughFile(catalog));
        FIELDFARE_TRY(checkSearch(*catalog));
        // Rows and cursor of one moment: what the server sends between two pages begins it anew, and the last try lets nothing in.
        for (int tries = kTries; tries > 0; --tries) {
            FIELDFARE_ASSIGN(const bool whole, checkAllRows(*catalog, tries == 1));
            if (whole)
                break;
        }
        m_report.findings += m_rowFindings;
        tell(100);
        return m_report;
    }

private:
    [[nodiscard]] bool isCancelled() const { return m_watch.cancelled && m_watch.cancelled(); }

    void tell(int percent)
    {
        m_told = std::max(m_told, percent);
        if (m_watch.progress)
            m_watch.progress(m_told);
    }

    Result<void> lookThroughFile(const model::CatalogPointer &catalog)
    {
        FileLook look(m_store.connection(), catalog, m_report.isStandAlone);
        FIELDFARE_TRY(look.run([this, &look] {
            tell(look.percent() * kFileDone / 100);
            return isCancelled();
        }));
        m_report.findings = look.findings();
        m_report.damagedPages = look.damagedPages();
        m_damagedTables = look.damagedTables();
        m_report.danglingReferences = look.danglingReferences();
        for (const CheckFinding &finding : look.findings()) {
            if (finding.kind == CheckFinding::Kind::Index || finding.kind == CheckFinding::Kind::Structure)
                m_report.indexProblems.append(finding.detail);
        }
        tell(kFileDone);
        return {};
    }

    Result<void> checkSearch(const model::Catalog &catalog)
    {
        for (const Entity &entity : catalog.entities()) {
            if (isCancelled())
                return {ErrorCode::Cancelled, QStringLiteral("the check was cancelled")};
            const Result<QStringList> problems = search::check(m_store.connection(), entity);
            if (!problems.ok()) { // a page that is named already, or one of the search table itself
                if (problems.error().code != ErrorCode::FileDamaged)
                    return problems.error();
                addSearch(entity, problems.error().detail);
                continue;
            }
            for (const QString &problem : *problems)
                addSearch(entity, problem);
        }
        tell(kSearchDone);
        return {};
    }

    void addSearch(const Entity &entity, const QString &problem)
    {
        // It would be emptied, and not be filled again: it finds more as it is.
        const bool isMendable = !m_damagedTables.contains(entity.id());
        m_report.searchProblems.append(problem);
        m_report.findings.append({CheckFinding::Kind::Search, isMendable ? CheckFinding::Mend::RebuildSearch : CheckFinding::Mend::NotHere, entity.name(), problem, 0, entity.id(), {}, {}});
    }

    /// False when what the server confirmed changed meanwhile. `alone`: nothing else runs, and nothing can cancel it.
    Result<bool> checkAllRows(const model::Catalog &catalog, bool alone)
    {
        changes::ReplicaStorage &rows = m_store.replicaRows();
        FIELDFARE_ASSIGN(const changes::ReplicaState state, rows.state());
        const std::uint64_t before = m_store.remoteWrites();
        m_report.cursor = state.cursor;
        m_report.scope = state.scope;
        m_report.rows = 0;
        m_report.latest = 0;
        m_report.acknowledged = {};
        m_report.versionProblems.clear();
        m_rowFindings.clear();
        FIELDFARE_ASSIGN(const qint64 all, countRows(catalog));
        for (const Entity &entity : catalog.entities()) {
            const Result<bool> whole = checkRows(entity, rows, before, all, alone);
            if (!whole.ok() && whole.error().code == ErrorCode::FileDamaged && !m_report.damagedPages.isEmpty())
                continue; // the index that leads to them is named already
            FIELDFARE_TRY(whole);
            if (!*whole)
                return false;
        }
        return true;
    }

    Result<bool> checkRows(const Entity &entity, changes::ReplicaStorage &rows, std::uint64_t before, qint64 all, bool alone)
    {
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
            tell(int(kSearchDone + (99 - kSearchDone) * m_report.rows / std::max(all, m_report.rows)));
        }
        return true;
    }

    /// Estimated by the last row of each table.
    Result<qint64> countRows(const model::Catalog &catalog)
    {
        qint64 sum = 0;
        for (const Entity &entity : catalog.entities()) {
            storage::Statement &query = m_store.connection().statement(QStringLiteral("SELECT max(rid) FROM %1").arg(quoted(entity.table())));
            const storage::StatementReset reset(query);
            const Result<bool> row = query.step();
            if (!row.ok() && row.error().code == ErrorCode::FileDamaged)
                continue;
            FIELDFARE_TRY(row);
            sum += query.int64(0);
        }
        return sum;
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
        if (!found.ok() && found.error().code == ErrorCode::FileDamaged)
            return addUnreadable(entity, id, QStringLiteral("stands on page %1, which cannot be read").arg(found.error().arguments.value(0)));
        if (!found.ok() || !found.value())
            return addUnreadable(entity, id, found.ok() ? QStringLiteral("unreadable") : found.error().detail);
        changes::ReplicaRow &row = *found.value();
        if (!row_versions::arePossible(row.versions)) // and above all that a server says
            return addUnreadable(entity, id, QStringLiteral("row versions that no server gives"));
        if (row.createdByN != 0)
            return {}; // the server does not have it yet
        FIELDFARE_ASSIGN(const auto dirty, rows.dirtyFields(entity.id(), id));
        for (const changes::DirtyField &field : dirty)
            row.setValue(field.field, field.acknowledged);
        m_report.latest = std::max(m_report.latest, row.versions.latest());
        m_report.acknowledged.add(row);
        return {};
    }

    Result<void> addUnreadable(const Entity &entity, const Id &id, const QString &detail)
    {
        if (m_report.versionProblems.size() >= kMostFindings)
            return {};
        FIELDFARE_ASSIGN(const bool hasVersions, row_versions::areReadable(m_store.connection(), entity, id));
        m_report.versionProblems.append(QStringLiteral("%1 %2: %3").arg(entity.name(), id.toString(), detail));
        m_rowFindings.append({hasVersions ? CheckFinding::Kind::Row : CheckFinding::Kind::Versions,
                              hasVersions ? CheckFinding::Mend::NotHere : CheckFinding::Mend::RecomputeVersions,
                              QStringLiteral("%1 %2").arg(entity.name(), id.toString()), detail, 0, entity.id(), id, {}});
        return {};
    }

    Store &m_store;
    const CheckWatch &m_watch;
    ProfileCheckReport m_report;
    QList<CheckFinding> m_rowFindings;
    QSet<model::EntityId> m_damagedTables;
    int m_told = 0;
};

} // namespace

Result<ProfileCheckReport> checkProfile(Store &store, const CheckWatch &watch)
{
    return Checker(store, watch).run();
}

Result<ProfileCheckReport> checkProfile(Store &store, const std::function<bool()> &cancelled)
{
    return checkProfile(store, CheckWatch{cancelled, {}});
}

} // namespace fieldfare::store
