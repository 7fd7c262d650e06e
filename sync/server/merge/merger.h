// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/model/catalog.h"
#include "sync/server/merge/server_storage.h"

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
    bool trashWithOneVersion = false;     ///< 6
    bool editRevives = false;             ///< 6: an edit writes an erased row back or takes it out of the trash
    bool parentNotRead = false;           ///< 2: parent read but not locked (its trash is not seen)
    bool leakPlainSequence = false;       ///< 2: versions given before commit order is known
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
    struct Decision;
    struct Batch;
    base::Result<std::optional<protocol::PushReply>> checkChain(const protocol::PushRequest &request, const DeviceRecord &device);
    base::Result<changes::CorrectedTime> correct(const changes::Operation &operation, Batch &batch);
    base::Result<changes::Version> resolveBase(const changes::Base &base, std::optional<model::Value> *mergedText);
    base::Result<void> decideGroup(std::span<const changes::Operation> group, Batch &batch);
    base::Result<Decision> decide(const changes::Operation &operation, Batch &batch);
    base::Result<Decision> decideCreate(const changes::Operation &operation, Batch &batch);
    base::Result<Decision> decideSet(const changes::Operation &operation, Batch &batch);
    base::Result<Decision> decideTrash(const changes::Operation &operation, Batch &batch);
    base::Result<Decision> decideErase(const changes::Operation &operation, Batch &batch);
    base::Result<std::optional<Decision>> refuse(const changes::Operation &operation, Batch &batch);
    base::Result<void> apply(const changes::Operation &operation, Decision &decision, Batch &batch);
    base::Result<void> logConflict(const changes::Operation &operation, const Decision &decision, Batch &batch);
    base::Result<changes::Verdict> repeatedVerdict(const changes::Operation &operation, const LoggedOperation &logged);
    base::Result<changes::Version> takeVersion(Batch &batch);

    ServerStorage &m_storage;
    model::CatalogPointer m_catalog;
    const base::Clock &m_clock;
    MergerMutants m_mutants;
};

} // namespace fieldfare::server
