// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/check/profile_repair.h"

#include "core/store/check/row_versions_repair.h"
#include "core/store/search/search_index.h"
#include "core/store/table_layout.h"

#include <QCoreApplication>

#include <algorithm>
#include <optional>

namespace fieldfare::store {

using base::ErrorCode;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;

namespace {

constexpr qsizetype kRowsAtOnce = 200;
constexpr qint64 kDistrustedAtOnce = 2000;
constexpr int kMostRounds = 100; ///< Of findings that are more than a report holds.

QString subjectOf(const CheckFinding &finding)
{
    // "customer 0189...": of all rows of an entity.
    return finding.kind == CheckFinding::Kind::Versions ? finding.where.section(QLatin1Char(' '), 0, 0) : finding.where;
}

class Repair {
public:
    /// `action`: of which this goes on; null for one of its own.
    Repair(Store &store, const ProfileCheckReport &found, const CheckWatch &watch, const base::Id &action)
        : m_store(store), m_watch(watch), m_isStandAlone(found.isStandAlone), m_report(planRepair(found))
    {
        m_report.action = action;
    }

    Result<RepairReport> run()
    {
        qsizetype done = 0;
        for (RepairStep &step : m_report.steps) {
            if (m_watch.progress)
                m_watch.progress(int(done++ * 100 / m_report.steps.size()));
            if (isCancelled())
                return {ErrorCode::Cancelled, QStringLiteral("the repair was stopped")};
            const Result<void> mended = mend(step);
            if (!mended.ok() && mended.error().code == ErrorCode::Cancelled)
                return mended.error();
            step.state = mended.ok() ? RepairStep::State::Done : RepairStep::State::Failed;
            if (!mended.ok())
                step.detail = mended.error().detail;
        }
        if (m_watch.progress)
            m_watch.progress(100);
        return m_report;
    }

private:
    [[nodiscard]] bool isCancelled() const { return m_watch.cancelled && m_watch.cancelled(); }

    Result<void> mend(const RepairStep &step)
    {
        switch (step.mend) {
        case CheckFinding::Mend::Reindex:
            return m_store.connection().execute(QStringLiteral("REINDEX %1").arg(quoted(step.where)));
        case CheckFinding::Mend::RebuildSearch:
            if (const model::Entity *entity = m_store.catalog()->entity(step.where))
                return search::startRebuild(m_store.connection(), *entity);
            return {ErrorCode::UnknownEntity, step.where};
        case CheckFinding::Mend::EmptyReference:
        case CheckFinding::Mend::TrashRow:
            return inPieces(step, [this](std::span<const CheckFinding> findings) { return commitPiece(findings); });
        case CheckFinding::Mend::RecomputeVersions:
            // What history does not tell of is older then than what the server believes to be here. Before the first of them: left
            // in the middle, nothing would be found wrong with those that were mended. And once more behind the last: a download that
            // began meanwhile has passed some of them.
            FIELDFARE_TRY(downloadAnew());
            FIELDFARE_TRY(
                inPieces(step, [this](std::span<const CheckFinding> findings) { return recomputePiece(findings); }));
            return downloadAnew();
        case CheckFinding::Mend::Nothing:
        case CheckFinding::Mend::NotHere:
            break;
        }
        return {ErrorCode::Unsupported, QStringLiteral("nothing mends this")};
    }

    Result<void> downloadAnew()
    {
        return m_isStandAlone ? Result<void>() : m_store.applyRemote([](changes::Replica &replica) { return replica.downloadAnew(); });
    }

    template <typename Piece>
    Result<void> inPieces(const RepairStep &step, Piece piece)
    {
        const std::span<const CheckFinding> all(step.findings.constData(), size_t(step.findings.size()));
        for (size_t at = 0; at < all.size(); at += size_t(kRowsAtOnce)) {
            if (at > 0 && isCancelled())
                return {ErrorCode::Cancelled, QStringLiteral("the repair was stopped")};
            FIELDFARE_TRY(piece(all.subspan(at, std::min(size_t(kRowsAtOnce), all.size() - at))));
        }
        return {};
    }

    /// As an action of the person who asked for it: in history, undoable.
    Result<void> commitPiece(std::span<const CheckFinding> findings)
    {
        ChangeSet set;
        set.label = QCoreApplication::translate("Repair", "Repair: references to records that are not here");
        set.action = m_report.action;
        set.isTaken = true; // a rule about other fields must not keep a reference that leads nowhere
        for (const CheckFinding &finding : findings) {
            LocalChange change;
            change.entity = finding.entity;
            change.record = finding.record;
            change.kind = finding.mend == CheckFinding::Mend::TrashRow ? OperationKind::Trash : OperationKind::Set;
            if (change.kind == OperationKind::Set)
                change.values.push_back({finding.field, {}});
            set.changes.push_back(std::move(change));
        }
        FIELDFARE_ASSIGN(const CommitReport report, m_store.commit(std::move(set)));
        m_report.action = report.action;
        return {};
    }

    Result<void> recomputePiece(std::span<const CheckFinding> findings)
    {
        for (const CheckFinding &finding : findings) {
            if (const model::Entity *entity = m_store.catalog()->entity(finding.entity))
                FIELDFARE_TRY(row_versions::recompute(m_store.connection(), *entity, finding.record, m_isStandAlone));
        }
        return {};
    }

    Store &m_store;
    const CheckWatch &m_watch;
    bool m_isStandAlone;
    RepairReport m_report;
};

/// The last row that was looked at; none at the end of the table.
Result<std::optional<qint64>> distrustSome(storage::Connection &connection, const model::Entity &entity, qint64 after,
                                           qint64 &rows)
{
    storage::Statement &next = connection.statement(
        QStringLiteral("SELECT max(rid) FROM (SELECT rid FROM %1 WHERE rid > ? ORDER BY rid LIMIT ?)")
            .arg(quoted(entity.table())));
    const storage::StatementReset reset(next);
    next.bind(1, after);
    next.bind(2, kDistrustedAtOnce);
    FIELDFARE_TRY(next.step());
    if (next.isNull(0))
        return std::optional<qint64>();
    const qint64 last = next.int64(0);
    storage::Statement &update = connection.statement(
        QStringLiteral("UPDATE %1 SET v = 0, vx = NULL WHERE rid > ? AND rid <= ? AND created_n IS NULL")
            .arg(quoted(entity.table())));
    update.bind(1, after);
    update.bind(2, last);
    FIELDFARE_TRY(update.run());
    rows += connection.changes();
    return std::optional<qint64>(last);
}

/// Steps of several rounds about the same are one.
void addRound(const RepairReport &round, RepairReport &all)
{
    for (const RepairStep &step : round.steps) {
        const auto same = std::find_if(all.steps.begin(), all.steps.end(), [&](const RepairStep &one) { return one.mend == step.mend && one.where == step.where && one.state == step.state; });
        if (same == all.steps.end())
            all.steps.append(step);
        else if (step.state == RepairStep::State::Done) // what failed is found, and fails, again
            same->findings += step.findings;
    }
    all.left = round.left;
    all.action = round.action;
}

} // namespace

RepairReport planRepair(const ProfileCheckReport &found)
{
    RepairReport report;
    for (const CheckFinding &finding : found.findings) {
        if (!finding.isProblem())
            continue;
        if (!finding.isMendable()) {
            report.left.append(finding);
            continue;
        }
        const QString where = subjectOf(finding);
        const auto same = std::find_if(report.steps.begin(), report.steps.end(),
                                       [&](const RepairStep &step) { return step.mend == finding.mend && step.where == where; });
        if (same != report.steps.end())
            same->findings.append(finding);
        else
            report.steps.append({finding.mend, where, {finding}, RepairStep::State::Planned, {}});
    }
    return report;
}

Result<RepairReport> repairProfile(Store &store, const ProfileCheckReport &found, const CheckWatch &watch)
{
    return Repair(store, found, watch, {}).run();
}

Result<qint64> distrustRows(Store &store, const CheckWatch &watch)
{
    const auto downloadAnew = [&store] {
        return store.applyRemote([](changes::Replica &replica) { return replica.downloadAnew(); });
    };
    FIELDFARE_TRY(downloadAnew());
    qint64 rows = 0;
    const model::CatalogPointer catalog = store.catalog();
    for (const model::Entity &entity : catalog->entities()) {
        for (std::optional<qint64> after = 0; after;) {
            if (watch.cancelled && watch.cancelled())
                return {ErrorCode::Cancelled, QStringLiteral("the repair was stopped")};
            const auto done = store.applyRemote([&](changes::Replica &) -> Result<void> {
                FIELDFARE_ASSIGN(after, distrustSome(store.connection(), entity, *after, rows));
                return {};
            });
            FIELDFARE_TRY(done);
        }
    }
    FIELDFARE_TRY(downloadAnew()); // a download that began meanwhile has passed some of the rows
    return rows;
}

Result<RepairOutcome> repairAll(Store &store, const ProfileCheckReport &found, const CheckWatch &watch)
{
    RepairOutcome outcome;
    outcome.after = found;
    for (int round = 0; round < kMostRounds && !planRepair(outcome.after).steps.isEmpty(); ++round) {
        FIELDFARE_ASSIGN(const RepairReport done, Repair(store, outcome.after, watch, outcome.done.action).run());
        addRound(done, outcome.done);
        FIELDFARE_ASSIGN(outcome.after, checkProfile(store, watch));
        if (std::all_of(done.steps.begin(), done.steps.end(), [](const RepairStep &step) { return step.state == RepairStep::State::Failed; }))
            break;
    }
    return outcome;
}

} // namespace fieldfare::store
