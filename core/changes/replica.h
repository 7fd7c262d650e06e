// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/changes/replica_storage.h"

#include <map>
#include <span>

namespace fieldfare::changes {

/// One thing to do to one row, as the store's change set says it.
struct LocalChange {
    OperationKind kind = OperationKind::Set;
    model::EntityId entity = 0;
    base::Id record;
    std::vector<FieldValue> values; ///< Create: first values. Set: one or more fields. Else none.
    /// Set: fields that stay as they are. An operation is written for each all the same, so that the server sees when another
    /// device changed one meanwhile and refuses the whole group (rule 5). A set of guards alone names no values.
    std::vector<model::FieldKey> guards;
    base::Id group;                 ///< Null: alone. Guards need one.
};

/// A run of the outbox to push: whole groups, gapless.
struct OutboxBatch {
    static constexpr qsizetype kMostBytes = 6 * 1024 * 1024; ///< Of contents; a server reads 8 MB (protocol::kMaxPushBytes).

    std::vector<StoredOperation> operations;
    QByteArray rolling;  ///< After the last of them.
    std::uint64_t acknowledgedN = 0;
    bool hasMore = false; ///< Others wait behind them.
};

/// Test-only: shortcuts of SYNC-CASES put back in, so that the simulation can show that it would notice.
struct ReplicaMutants {
    bool baseIsPulledVersion = false;      ///< 3: base = pulled version while an own edit is shown
    bool takeAnyValue = false;             ///< 3: device takes any value that comes
    bool foldVersionsToMaximum = false;    ///< 3: versions folded to the row's maximum
    bool foldVersionsToMinimum = false;    ///< 3: or to its minimum
    bool acknowledgePastPendingBase = false; ///< 4: acked_n past a base still pending
    bool keepWaitingInOutbox = false;      ///< 4: "waiting" left open
    bool trashWithOneVersion = false;      ///< 6: one row version for trash
    bool moveCursorEachPage = false;       ///< 8: cursor moved after each page
    bool keepRowsAbsentFromDownload = false; ///< 9: absent rows not forgotten
    bool noTombstones = false;             ///< 10: no tombstones on the device
    bool keepRowsOutOfSight = false;       ///< 7: what left or is out of sight stays
    bool forgetWaitingEdits = false;       ///< 7: a row that comes again does not show what waits about it
    bool takePagesBelowCursor = false;     ///< 3, 10: a late page of before the cursor is taken; tombstones alone save from it
};

/// The device's half of the sync rules 1, 3, 4, 6, 8 and 9 (DESIGN 6), free of SQL, sockets and threads: what is logged for
/// an edit, what a verdict or a pulled row does to what is shown and what is acknowledged. The caller holds a transaction
/// around each call; after an error it must roll back. Does not own what it refers to.
class Replica {
public:
    Replica(ReplicaStorage &storage, ReplicaListener &listener, const base::Clock &clock, ReplicaMutants mutants = {});

    /// Logs and shows an own change set. Changes to a value that the field already shows are left out.
    /// NotFound for a row that is not here, AlreadyExists for a create of one that is, InvalidArgument for a malformed change.
    base::Result<void> commit(std::span<const LocalChange> changes, const base::Id &action);

    /// The next operations to push behind `after`, which ends a batch: at most `limit`, never part of a group. Empty when nothing waits.
    base::Result<OutboxBatch> nextBatch(int limit, std::uint64_t after = 0);
    /// Takes the server's answers; unknown n (taken before) are skipped.
    base::Result<void> takeVerdicts(std::span<const Verdict> verdicts);

    /// One page of a pull that started at the present cursor.
    base::Result<void> takeChanges(std::span<const RowChange> changes);
    /// The pull reached its end at the page whose counter is this.
    base::Result<void> completePull(Version counter);

    /// Starts (or starts anew) a first download with the live cursor S, of what the scope of this number has (0: everything).
    base::Result<void> beginDownload(Version downloadCursor, std::uint64_t epoch, Version scope = 0);
    /// One page: current rows of one entity with ids in (after, upTo]; rows of that range that are not on it are forgotten.
    /// `upTo` is the largest id of all when the page is the entity's last.
    base::Result<void> takeDownloadPage(model::EntityId entity, const base::Id &after, const base::Id &upTo,
                                        std::span<const ReplicatedRow> rows);
    /// All pages are in: the cursor becomes S; the download is complete when the pull from it is.
    base::Result<void> completeDownloadPages();

    /// The next sync downloads everything again, for what is missing here or older than the server's. What waits stays.
    base::Result<void> downloadAnew();

    /// The server keeps what waits up to this n for review, as the account is disabled (quarantine.md). Nothing else changes.
    base::Result<void> noteHandedIn(std::uint64_t n, HandedIn::Status status);

    /// The server's audit log has so many entries now, the last with this chain; `chainThen` is what it says of the entry that
    /// the device remembers (empty: it has none). Once that was another one, what is remembered stays, as a proof.
    base::Result<void> takeAuditHead(std::uint64_t number, const QByteArray &chain, const QByteArray &chainThen);

    /// A new identity: what waits is re-keyed to it (rule 1), in its order; by n in `places`: what takes the place of the operation
    /// of another n, which does not wait.
    base::Result<void> rekey(const base::Id &device, std::uint32_t incarnation, const std::map<std::uint64_t, std::uint64_t> &places = {});

private:
    base::Result<void> create(const LocalChange &change, const base::Id &action, ReplicaState &state);
    base::Result<void> setFields(const LocalChange &change, const base::Id &action, ReplicaState &state);
    base::Result<void> mark(const LocalChange &change, const base::Id &action, ReplicaState &state);
    /// Names, stamps and logs the operation, which stays whole.
    base::Result<void> append(Operation &operation, ReplicaState &state);
    base::Result<Base> baseFor(const ReplicaRow &row, const model::FieldKey &field, const std::vector<DirtyField> &dirty);
    base::Result<std::vector<Origin>> waitingOrigins(const ReplicaRow &row, const std::vector<DirtyField> &dirty);
    base::Result<void> takeVerdict(const Verdict &verdict);
    base::Result<void> takeCreateVerdict(const Verdict &verdict, const Operation &operation);
    base::Result<void> takeFieldVerdict(const Verdict &verdict, const Operation &operation);
    base::Result<void> takeFields(ReplicaRow row, Version createVersion, const std::vector<RowChange::Field> &fields,
                                  const RowStamp &stamp, ReplicaListener::Cause cause);
    /// Whether what waits about the row is shown again should it come back, or never as the row is gone for good.
    enum class Waiting { Kept, Dropped };
    base::Result<void> forget(model::EntityId entity, const base::Id &id, ReplicaListener::Cause cause, Waiting waiting);
    base::Result<void> forgetWaiting(const Operation &operation);
    base::Result<void> showWaiting(ReplicaRow &row);
    base::Result<void> takeOutOfSight(const Operation &operation);
    base::Result<void> updateAcknowledged();

    ReplicaStorage &m_storage;
    ReplicaListener &m_listener;
    const base::Clock &m_clock;
    ReplicaMutants m_mutants;
};

} // namespace fieldfare::changes
