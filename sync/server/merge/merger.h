// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/catalog.h"
#include "sync/server/merge/server_storage.h"

#include <span>

namespace fieldfare::server {

/// Test-only: shortcuts of SYNC-CASES put back in (see ReplicaMutants).
struct MergerMutants {
    bool noRollingHash = false;           ///< 1
    bool hashAtLastOnly = false;          ///< 1: one hash stored at the last n only
    bool skipByOriginWithoutHash = false; ///< 1
    bool ignoreSettled = false;           ///< 1: a let-go verdict unanswered
    bool oneVersionPerPush = false;       ///< 2
    bool ownBaseIsVerdictVersion = false; ///< 3: also when n lost or was denied
    bool noStoredVerdict = false;         ///< 4: decides a repeated n again
    bool storedVerdictWithoutValue = false; ///< 4
    bool groupHalfApplied = false;        ///< 4
    bool keepValuesAfterErasure = false;  ///< 4
    bool editWritesErased = false;        ///< 6: an edit writes an erased row back
    bool editRestores = false;            ///< 6: an edit takes a row out of the trash
    bool childrenNotRead = false;         ///< 6: a trash hides children that its author had not seen, and asks nobody
    bool parentNotRead = false;           ///< 2: parent read but not locked (its trash is not seen)
};

/// The server's half of rules 1 to 6: decides a push. Free of SQL and sockets. The caller holds the write transaction and
/// commits before the reply leaves. One at a time per storage.
class Merger {
public:
    Merger(ServerStorage &storage, model::CatalogPointer catalog, const base::Clock &clock, MergerMutants mutants = {});

    base::Result<protocol::PushReply> push(const protocol::PushRequest &request);

    /// For the server's own changes (accounts, seeds, jobs): the server is a device in the log too. `values` of fields that
    /// stand already are left alone. Creates the row when it is not there.
    base::Result<changes::Version> writeAsServer(model::EntityId entity, const base::Id &id,
                                                 const std::vector<changes::FieldValue> &values, const base::Id &user);

private:
    struct Batch;
    struct Decision;
    struct Meeting;

    // merger.cpp: the course of a push
    base::Result<void> measureClock(const protocol::PushRequest &request, Batch &batch);
    base::Result<std::optional<protocol::PushStatus>> checkChain(const protocol::PushRequest &request, Batch &batch);
    base::Result<QByteArray> rollingAt(const protocol::PushRequest &request, const Batch &batch, std::uint64_t n);
    base::Result<void> decideAll(const protocol::PushRequest &request, Batch &batch);
    base::Result<void> decideGroup(std::span<const changes::Operation> group, size_t first, Batch &batch);
    base::Result<changes::Verdict> repeatedVerdict(const changes::Operation &operation, const LoggedOperation &logged);
    base::Result<changes::Version> versionMadeBy(const LoggedOperation &logged);
    void noteWorking(const changes::Operation &operation, size_t index, const Decision &decision, Batch &batch);
    [[nodiscard]] std::optional<model::Value> baseTextFor(const changes::Operation &operation, const Decision &decision) const;
    base::Result<void> refuseGroup(std::span<const changes::Operation> group, changes::Outcome outcome,
                                   std::vector<Decision> &decisions, Batch &batch);
    base::Result<void> loseGroup(std::span<const changes::Operation> group, std::vector<Decision> &decisions, Batch &batch);
    base::Result<void> answerWithStanding(const changes::Operation &operation, Decision &decision);
    base::Result<void> correctTime(const changes::Operation &operation, Batch &batch, changes::CorrectedTime *time);

    // merger_decide.cpp: one operation against what stands; writes nothing but the batch's working rows
    base::Result<void> decide(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> decideRepeat(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> refuse(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> refuseReferences(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> decideCreate(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> decideNamedCreate(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> decideSet(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> decideTrash(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> decideRestore(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> decideErase(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> hasSeenAll(const changes::Operation &operation, const changes::ReplicatedRow &row, Batch &batch);
    base::Result<void> askAboutChildren(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> missingRow(const changes::Operation &operation, Decision &decision);
    base::Result<changes::MergeDecision> meet(const changes::Operation &operation, const Meeting &meeting, Batch &batch, Decision &decision);
    base::Result<changes::Version> resolveBase(const changes::Base &base, Batch &batch, std::optional<model::Value> *mergedText);
    base::Result<std::optional<Writer>> writerOf(changes::Version version, Batch &batch);
    base::Result<changes::Version> takeVersion(Batch &batch);

    // merger_apply.cpp: what was decided, written
    base::Result<void> applyGroup(std::span<const changes::Operation> group, size_t first, std::vector<Decision> &decisions, Batch &batch);
    base::Result<void> logOperation(const changes::Operation &operation, size_t index, Decision &decision, Batch &batch);
    base::Result<void> logConflict(const changes::Operation &operation, const Decision &decision, Batch &batch);
    base::Result<void> writeRows(Batch &batch);
    base::Result<void> erase(model::EntityId entity, const base::Id &id, changes::Version version);

    ServerStorage &m_storage;
    model::CatalogPointer m_catalog;
    const base::Clock &m_clock;
    MergerMutants m_mutants;
};

} // namespace fieldfare::server
