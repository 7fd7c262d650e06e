// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/catalog.h"
#include "sync/server/merge/merger_mutants.h"
#include "sync/server/merge/server_storage.h"

#include <set>
#include <span>

namespace fieldfare::rights {
class Rights;
enum class Action : std::uint8_t;
}

namespace fieldfare::server {

using RowKey = std::pair<model::EntityId, base::Id>;

/// The server's half of rules 1 to 7: decides a push. Free of SQL and sockets. The caller holds the write transaction and
/// commits before the reply leaves. One at a time per storage.
class Merger {
public:
    Merger(ServerStorage &storage, model::CatalogPointer catalog, const base::Clock &clock, MergerMutants mutants = {});

    base::Result<protocol::PushReply> push(const protocol::PushRequest &request);

    /// Decides all that waits of a device in the quarantine (quarantine.md), under its original names: as in a push, but
    /// those whose n is in `rejected` are denied, and nobody is answered now. The verdicts are stored; what was refused stays in
    /// the quarantine to be read. A re-keyed copy may have been decided before.
    base::Result<std::vector<changes::Verdict>> decideHandedIn(const base::Id &device, const std::set<std::uint64_t> &rejected);

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
    base::Result<void> decideAll(const protocol::PushRequest &request, Batch &batch);
    base::Result<void> decideGroup(std::span<const changes::Operation> group, size_t first, Batch &batch);
    base::Result<changes::Verdict> repeatedVerdict(const changes::Operation &operation, const LoggedOperation &logged);
    base::Result<changes::Version> versionMadeBy(const LoggedOperation &logged);
    void noteWorking(const changes::Operation &operation, size_t index, const Decision &decision, Batch &batch);
    [[nodiscard]] std::optional<model::Value> baseTextFor(const changes::Operation &operation, const Decision &decision) const;
    base::Result<void> refuseGroup(std::span<const changes::Operation> group, changes::Outcome outcome,
                                   std::vector<Decision> &decisions, Batch &batch);
    base::Result<void> loseGroup(std::span<const changes::Operation> group, std::vector<Decision> &decisions, Batch &batch);
    static void forgetMade(std::span<const changes::Operation> group, Batch &batch);
    base::Result<void> answerWithStanding(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> correctTime(const changes::Operation &operation, Batch &batch, changes::CorrectedTime *time);

    // merger_decide.cpp: one operation against what stands; writes nothing but the batch's working rows
    base::Result<void> decide(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> decideRepeat(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> refuse(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> isPermitted(const changes::Operation &operation, Batch &batch);
    base::Result<bool> mayChange(rights::Action action, const model::Reference &record, Batch &batch);
    [[nodiscard]] std::optional<model::Reference> recordSpokenOf(const changes::Operation &operation, const model::Entity &entity) const;
    base::Result<bool> refuseReferences(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<void> decideCreate(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<bool> mayEditNamed(const changes::Operation &operation, Batch &batch);
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
    base::Result<void> insertWithParents(const RowKey &key, Batch &batch);
    base::Result<void> insertLabelled(LabelledRow &row, changes::Version version);
    base::Result<void> erase(model::EntityId entity, const base::Id &id, changes::Version version);
    base::Result<void> eraseRow(const model::Reference &row, changes::Version version);

    // merger_proposals.cpp: what the author's rights no more reach is kept for who has them
    base::Result<void> propose(const changes::Operation &operation, Batch &batch, Decision &decision);
    base::Result<changes::Version> rightsSince(const model::Entity &entity, Batch &batch);

    // merger_sight.cpp: what its author sees no more is not answered with values
    base::Result<const rights::Rights *> rightsOf(Batch &batch);
    base::Result<bool> isInSight(const model::Reference &row, Batch &batch);
    base::Result<void> noteSeen(const protocol::PushRequest &request, Batch &batch);
    base::Result<void> hideOutOfSight(const protocol::PushRequest &request, Batch &batch);

    // merger_handed_in.cpp: the quarantine
    base::Result<void> settleHandedIn(QuarantinedOperation &operation, const changes::Verdict &verdict);
    base::Result<void> dropDecided(const Batch &batch, std::uint64_t formerLastN);
    base::Result<void> clearKeptValues(model::EntityId entity, const base::Id &record);

    ServerStorage &m_storage;
    model::CatalogPointer m_catalog;
    const base::Clock &m_clock;
    MergerMutants m_mutants;
};

} // namespace fieldfare::server
