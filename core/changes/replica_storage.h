// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/export_notes.h"
#include "core/changes/replicated_row.h"
#include "core/changes/verdict.h"

namespace fieldfare::changes {

/// A field with own operations that wait: what the server last said, below what is shown.
struct DirtyField {
    model::FieldKey field;
    model::Value acknowledged;   ///< The server's value; its version stands in the row's RowVersions.
    std::uint64_t lastN = 0;     ///< The newest own operation on the field: the base of the next edit.
};

/// A row of a device: what is shown, and what is acknowledged.
struct ReplicaRow : ReplicatedRow {
    std::uint64_t createdByN = 0; ///< The own create that waits; 0 once the server has the row.
};

/// What changes of a stored row.
struct RowUpdate {
    model::EntityId entity = 0;
    base::Id id;
    std::vector<FieldValue> shown; ///< New shown values; an empty value clears.
    RowVersions versions;
    std::uint64_t createdByN = 0;
    RowStamp stamp;
};

struct StoredOperation {
    Operation operation;
    QByteArray content; ///< encodeContent(operation): what is stored, hashed and sent.
    QByteArray hash;    ///< contentHash
    QByteArray rolling; ///< After this operation.
};

/// A refused operation, kept for its author.
struct TrayEntry {
    Operation operation;
    Outcome outcome = Outcome::Denied;
    QString reason;
    std::int64_t refusedAt = 0; ///< ms UTC
};

/// The device's own place in the protocol; one row, committed with the data that it speaks of.
struct ReplicaState {
    base::Id device;
    std::uint32_t incarnation = 0;
    base::Id user;
    std::uint64_t lastN = 0;          ///< The newest own operation.
    QByteArray rolling;               ///< After lastN.
    std::uint64_t acknowledgedN = 0;  ///< Verdicts up to here may be let go by the server.
    std::uint64_t epoch = 0;
    Version cursor = 0;               ///< All changes up to here have arrived.
    Version scope = 0;                ///< What is held (scopes.md): the number of the user's scope that the cursor is about; 0: everything.
    // first download (DESIGN 6, rule 9)
    bool downloading = false;
    Version downloadCursor = 0;       ///< S: the pull starts here once the pages are in.
    model::EntityId downloadEntity = 0;
    base::Id downloadAfter;           ///< Last id that arrived of downloadEntity.
    friend bool operator==(const ReplicaState &, const ReplicaState &) = default;
};

/// What the server keeps of this device's outbox for review, as the account is disabled (quarantine.md). For showing, and only
/// while the device has that name: what happens next is the server's to say.
struct HandedIn {
    /// What the server said last. The numbers are stored.
    enum class Status : std::uint8_t {
        Open = 0,         ///< It waits for more.
        Closed = 1,       ///< Nothing more is taken.
        Full = 2,         ///< The same: the rest did not fit.
        OtherHistory = 3, ///< Nothing was taken: it knows another history of this profile.
        EpochChanged = 4, ///< Nothing was taken: the server was restored.
    };
    OperationName upTo;       ///< n 0: nothing.
    std::int64_t at = 0;      ///< ms UTC
    Status status = Status::Open;
    /// Nothing more is taken; what the device holds beyond, stays there.
    [[nodiscard]] bool isComplete() const { return status == Status::Closed || status == Status::Full; }
    friend bool operator==(const HandedIn &, const HandedIn &) = default;
};

/// What this device remembers of the server's audit log (sync/server/docs/audit.md), so that nobody can change there what
/// was written before without being found out.
struct AuditMark {
    std::uint64_t number = 0;   ///< How many entries there were; 0: none is known.
    QByteArray chain;           ///< Of the last of them.
    std::uint64_t brokenAt = 0; ///< The server's entry of this number was not any more what it had been; 0: that never was.
    friend bool operator==(const AuditMark &, const AuditMark &) = default;
};

/// Where a Replica keeps its rows and log. Two implementations: core/store over SQLite, and one in memory for the
/// simulation. All calls of one Replica call happen inside one transaction that the caller of the Replica holds.
/// Not thread safe; used from the thread that owns the write connection.
class ReplicaStorage {
public:
    virtual ~ReplicaStorage() = default;

    virtual base::Result<ReplicaState> state() = 0;
    virtual base::Result<void> setState(const ReplicaState &state) = 0;

    virtual base::Result<std::optional<ReplicaRow>> findRow(model::EntityId entity, const base::Id &id) = 0;
    virtual base::Result<void> insertRow(const ReplicaRow &row) = 0;
    virtual base::Result<void> updateRow(const RowUpdate &update) = 0;
    /// With its dirty fields; operations of the outbox stay. Dirty fields may be put for a row that is not here.
    virtual base::Result<void> removeRow(model::EntityId entity, const base::Id &id) = 0;
    /// Ids of acknowledged rows (createdByN = 0) in (after, upTo], in order of id.
    virtual base::Result<std::vector<base::Id>> acknowledgedIds(model::EntityId entity, const base::Id &after, const base::Id &upTo) = 0;

    virtual base::Result<std::vector<DirtyField>> dirtyFields(model::EntityId entity, const base::Id &id) = 0;
    virtual base::Result<void> putDirtyField(model::EntityId entity, const base::Id &id, const DirtyField &field) = 0;
    virtual base::Result<void> removeDirtyField(model::EntityId entity, const base::Id &id, const model::FieldKey &field) = 0;

    virtual base::Result<void> appendOperation(const StoredOperation &operation) = 0;
    virtual base::Result<std::optional<StoredOperation>> findOperation(std::uint64_t n) = 0;
    /// Operations with n > after, in order, at most `limit`.
    virtual base::Result<std::vector<StoredOperation>> operationsAfter(std::uint64_t after, int limit) = 0;
    virtual base::Result<void> removeOperation(std::uint64_t n) = 0;
    /// The smallest n that waits; 0 when the outbox is empty.
    virtual base::Result<std::uint64_t> firstPendingN() = 0;
    /// The smallest n of the present device and incarnation that a waiting operation has as its own base (Base::own); 0 when
    /// none has.
    virtual base::Result<std::uint64_t> lowestPendingBase() = 0;
    /// Replaces the whole outbox (re-keying), and renumbers lastN and createdByN of rows and fields by the map old n -> new n.
    virtual base::Result<void> replaceOutbox(const std::vector<StoredOperation> &operations,
                                             const std::vector<std::pair<std::uint64_t, std::uint64_t>> &renumbered) = 0;

    virtual base::Result<Version> tombstone(model::EntityId entity, const base::Id &id) = 0; ///< 0 when there is none.
    virtual base::Result<void> putTombstone(model::EntityId entity, const base::Id &id, Version version) = 0;

    virtual base::Result<HandedIn> handedIn() = 0;
    virtual base::Result<void> setHandedIn(const HandedIn &handedIn) = 0;
    virtual base::Result<AuditMark> auditMark() = 0;
    virtual base::Result<void> setAuditMark(const AuditMark &mark) = 0;
    virtual base::Result<ExportNotes> exportNotes() = 0;
    virtual base::Result<void> setExportNotes(const ExportNotes &notes) = 0;

    virtual base::Result<void> addTrayEntry(const TrayEntry &entry) = 0;
};

/// Hears what a person would see change, whoever caused it: history, search, computed fields and live lists hang on it.
/// Called inside the transaction.
class ReplicaListener {
public:
    enum class Cause { Own, Verdict, Pull, Download };

    virtual ~ReplicaListener() = default;
    /// The row is the listener's to take.
    virtual base::Result<void> rowInserted(ReplicaRow &&row, Cause cause) = 0;
    /// `before` and `after` run in parallel; only fields whose shown value changed.
    virtual base::Result<void> rowChanged(const ReplicaRow &before, const std::vector<FieldValue> &after, const RowStamp &stamp, Cause cause) = 0;
    virtual base::Result<void> rowRemoved(const ReplicaRow &row, Cause cause) = 0;
};

} // namespace fieldfare::changes
