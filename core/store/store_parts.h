// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/transaction.h"
#include "core/store/change_preparation.h"
#include "core/store/computed_fields.h"
#include "core/store/history_log.h"
#include "core/store/history_trimming.h"
#include "core/store/meta_table.h"
#include "core/store/number_series.h"
#include "core/store/record_reader.h"
#include "core/store/rights_reader.h"
#include "core/store/sql_replica_storage.h"
#include "core/store/store.h"

namespace fieldfare::store {

/// What a Store is made of; not for use outside of core/store/*.cpp. Members are declared in the order of their needs.
class Store::Parts {
public:
    Parts(StoreOptions given, std::unique_ptr<storage::Connection> opened);

    StoreOptions options;
    std::unique_ptr<storage::Connection> connection;
    model::CatalogPointer catalog; ///< With custom fields.
    base::IdGenerator ids;
    MetaTable meta;
    RecordReader reader;
    NumberSeries numbers;
    SqlReplicaStorage storage;
    ChangeCollector collector;
    changes::Replica replica;
    HistoryLog history;
    HistoryTrimming trimming;
    ComputedFields computed;
    std::vector<StoreObserver *> observers;
    std::uint64_t remoteWrites = 0;

    /// Runs `work` in a write transaction, then writes what follows from its changes, commits and, if anything was written,
    /// announces. Any error rolls everything back.
    template <typename Work>
    auto write(qint64 &aid, bool durableLater, Work &&work) -> decltype(work());
    template <typename Work>
    auto write(qint64 &aid, Work &&work) -> decltype(work())
    {
        return write(aid, false, std::forward<Work>(work));
    }
    template <typename Work>
    auto write(Work &&work) -> decltype(work())
    {
        qint64 none = 0;
        return write(none, false, std::forward<Work>(work));
    }

    base::Result<void> useCustomFields();
    /// One chunk of a set, in a transaction that is open; `aid` gets the local number of its action.
    /// The values of its changes are taken away.
    base::Result<void> commitChunk(ChangeSet &set, size_t begin, size_t end, CommitReport &report, qint64 &aid);
    base::Result<ChangePreparation> prepare(ChangeSet &set, size_t begin, size_t end, const ProfileInfo &info, bool dryRun);
    /// What the profile's user may do; read anew once something it depends on has changed.
    base::Result<const rights::Rights *> userRights();
    /// History, custom fields, derived fields and search, for what was gathered since the last call.
    base::Result<void> followUp(qint64 aid);
    /// What the server keeps for review; nothing unless it is under the present name of the device.
    base::Result<changes::HandedIn> handedIn();
    [[nodiscard]] base::Error refusal(const std::vector<ChangeProblem> &problems) const;
    [[nodiscard]] base::Error validationFailed(const std::vector<ChangeProblem> &problems) const;

private:
    using Origins = std::vector<std::pair<base::Id, size_t>>; ///< Record, index of the change that it was asked for with.

    void giveUp();
    void announce();
    /// Some changes of a chunk, whole groups: checked, completed, and given to the replica.
    base::Result<void> commitPart(ChangeSet &set, size_t begin, size_t end, const ProfileInfo &info, CommitReport &report, Origins &origins);
    void announceChildren(model::EntityId parent);
    base::Result<void> noteForSearch(const std::vector<RowEvent> &events);
    base::Result<void> noteForSearch(const model::Entity &entity, const RidRange &downloaded);
    void countEffects(const std::vector<RowEvent> &events, const Origins &asked, CommitReport &report);

    std::optional<rights::Rights> m_rights;
    base::Id m_rightsOf; ///< Whose m_rights are.
    RowSet m_touched;
    std::set<model::EntityId> m_many; ///< Announced as "many": downloaded rows, children of what was trashed or restored.
    bool m_catalogChanged = false;
};

template <typename Work>
auto Store::Parts::write(qint64 &aid, bool durableLater, Work &&work) -> decltype(work())
{
    auto begun = storage::Transaction::begin(*connection, storage::Transaction::Mode::Immediate);
    if (!begun.ok())
        return begun.error();
    storage::Transaction transaction = std::move(begun).value();
    const qint64 before = connection->totalChanges();
    auto result = work();
    if (!result.ok()) {
        transaction.rollback();
        giveUp();
        return result;
    }
    base::Result<void> done = followUp(aid);
    if (done.ok())
        done = durableLater ? transaction.commitLater() : transaction.commit();
    if (!done.ok()) {
        transaction.rollback();
        giveUp();
        return done.error();
    }
    if (durableLater || connection->totalChanges() != before) // to ask would be to wait
        announce();
    else
        storage.forgetState();
    return result;
}

} // namespace fieldfare::store
