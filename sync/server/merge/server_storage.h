// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/changes/merge.h"
#include "sync/protocol/messages.h"
#include "sync/server/merge/label.h"

#include <limits>

namespace fieldfare::server {

/// A device as the server knows it.
struct DeviceRecord {
    base::Id device;
    std::uint32_t incarnation = 0;
    base::Id user;
    QString name;
    std::uint64_t lastN = 0;
    QByteArray rolling;             ///< After lastN.
    std::uint64_t letGoN = 0;       ///< Verdicts up to here were let go.
    std::int64_t lastCorrectedMs = 0; ///< Corrected time never decreases in n.
    changes::Version downloadCursor = 0; ///< Live cursor of a first download, 0 without.
    std::int64_t downloadLeaseUntil = 0; ///< ms UTC
    changes::Version cursor = 0;    ///< Last one it sent.
    bool userDisabled = false;
    bool revoked = false;
};

/// What is kept for every n of a device, also after its verdict was let go.
struct LoggedOperation {
    changes::OperationName name;
    changes::Origin origin;          ///< Its own name and hash when it was never re-keyed.
    QByteArray rolling;
    changes::Version version = 0;    ///< The version it made; 0 when it changed nothing. Unique among those not 0.
    changes::Version standingVersion = 0; ///< The field's version after the decision.
    changes::Version standsFor = 0;  ///< What a base on this operation means (rule 3).
    model::EntityId entity = 0;
    base::Id record;
    model::FieldKey field;           ///< Set; the trashed mark for Trash and Restore; null for Create.
    changes::CorrectedTime time;
    base::Id user;
    std::int64_t wallMs = 0;
    std::optional<changes::Verdict> verdict; ///< Empty once let go.
    /// The base text of a later edit of a long text on this one, where that is not this one's value: what the author had
    /// written of a merged one, what a lost or refused one was based on. Let go with the verdict.
    std::optional<model::Value> pushedValue;
};

/// Who made a version.
struct Writer {
    changes::OperationName name;
    changes::Origin origin;
    base::Id user;
    QString deviceName;
    changes::CorrectedTime time;
};

/// A device that hands in, or did (core/changes/docs/quarantine.md).
struct HandIn {
    base::Id device;
    std::uint64_t lastN = 0;        ///< The newest that was handed in, decided or not; 0: none.
    bool closed = false;            ///< Nothing more is taken until the account is disabled anew.
    std::int64_t at = 0;            ///< ms UTC, of the last part.
};

/// What the quarantine holds of a device. Counting reads all of it.
struct QuarantineCounts {
    std::int64_t waiting = 0;       ///< Operations that nobody has decided on,
    std::int64_t records = 0;       ///< of so many records,
    std::int64_t bytes = 0;         ///< and their contents.
    std::int64_t refused = 0;       ///< Decided, and kept for reading.
};

/// An operation as it was handed in.
struct QuarantinedOperation {
    changes::OperationName name;
    std::optional<changes::Origin> origin;
    QByteArray content;             ///< changes::encodeContent(); without values once its record was erased.
    QByteArray hash;                ///< Of the content as it came.
    QByteArray rolling;             ///< After this operation.
    model::EntityId entity = 0;
    base::Id record;
    std::int64_t at = 0;            ///< ms UTC, when it was handed in.
    std::optional<changes::Outcome> refused; ///< Decided, and kept for reading. Empty while it waits.
    QString reason;
    std::int64_t decidedAt = 0;     ///< ms UTC
};

/// The latest change that concerned a row under one label.
struct ChangeEntry {
    /// The numbers are stored.
    enum class Kind : std::uint8_t {
        Written = 1,
        Erased = 2, ///< A tombstone.
        Left = 3,   ///< The row has another label since.
    };
    changes::Version seq = 0;
    model::EntityId entity = 0;
    base::Id row;
    LabelNumber label = kEverybody;
    Kind kind = Kind::Written;
};

/// Some rows of one entity, in order of id.
struct RowPage {
    std::vector<LabelledRow> rows;
    base::Id upTo;     ///< Up to here all were looked at; of the last page the largest id of all.
    bool last = false;
};

/// Behind every other.
[[nodiscard]] inline base::Id largestId()
{
    return base::Id::fromBytes(QByteArray(base::Id::kSize, '\xFF'));
}

/// As a limit, of tables that are small by nature: teams, and what is said of roles.
inline constexpr int kAllRows = std::numeric_limits<int>::max();

/// The server's tables as the merge sees them. Two implementations: sync/server/storage over SQLite and one in memory for
/// the simulation. The caller holds one write transaction around a push, one read snapshot around a page.
class ServerStorage {
public:
    virtual ~ServerStorage() = default;

    virtual std::uint64_t epoch() = 0;
    /// The newest version given out.
    virtual base::Result<changes::Version> counter() = 0;
    /// Takes the next counter value as a version (rule 2).
    virtual base::Result<changes::Version> nextVersion() = 0;

    virtual base::Result<std::optional<DeviceRecord>> device(const base::Id &device) = 0;
    virtual base::Result<void> putDevice(const DeviceRecord &device) = 0;
    /// Offset to add to the boot clock of a session to get server time; empty when never measured.
    virtual base::Result<std::optional<std::int64_t>> bootOffset(const base::Id &device, const QByteArray &bootId) = 0;
    virtual base::Result<void> putBootOffset(const base::Id &device, const QByteArray &bootId, std::int64_t offset) = 0;

    virtual base::Result<std::optional<LoggedOperation>> operation(const changes::OperationName &name) = 0;
    /// The committed operation with that first origin and hash, under whatever identity.
    virtual base::Result<std::optional<LoggedOperation>> operationByOrigin(const changes::Origin &origin) = 0;
    virtual base::Result<void> putOperation(const LoggedOperation &operation) = 0;
    /// Drops the verdicts (and pushed values) of the device's operations up to n; the rest of each entry stays.
    virtual base::Result<void> letVerdictsGo(const base::Id &device, std::uint32_t incarnation, std::uint64_t upToN) = 0;
    /// Removes the values of the record from all stored verdicts (erasure).
    virtual base::Result<void> clearVerdictValues(model::EntityId entity, const base::Id &record) = 0;
    virtual base::Result<std::optional<Writer>> writer(changes::Version version) = 0;

    virtual base::Result<std::optional<LabelledRow>> row(model::EntityId entity, const base::Id &id) = 0;
    virtual base::Result<void> insertRow(const LabelledRow &row) = 0;
    /// Writes the named fields' values, all versions and the stamp of `row`.
    virtual base::Result<void> updateRow(const changes::ReplicatedRow &row, const std::vector<model::FieldKey> &changed) = 0;
    virtual base::Result<void> setLabel(const model::Reference &row, LabelNumber label, changes::Version since) = 0;
    virtual base::Result<void> removeRow(model::EntityId entity, const base::Id &id) = 0;
    /// Ids of the conflict records about a row (entity `conflict`, field `record`).
    virtual base::Result<std::vector<base::Id>> conflictsAbout(const model::Reference &record) = 0;
    /// Owned children of the row (EntitySpec::parentField) whose create, or the change that gave them their label or hung them here, is
    /// above the version; not those in the trash; newest first.
    struct Child {
        changes::Version version = 0; ///< Of the create.
        model::Reference record;
    };
    virtual base::Result<std::vector<Child>> childrenComeAfter(const model::Reference &parent, changes::Version after, int limit) = 0;
    /// What hangs on the row (EntitySpec::parentField), of any age, also in the trash, and conflicts about it.
    virtual base::Result<std::vector<model::Reference>> childrenOf(const model::Reference &parent) = 0;
    /// The label's number, a new one when it has none: inside a write transaction.
    virtual base::Result<LabelNumber> labelNumber(const Label &label) = 0;
    /// NotFound for a number that was never given.
    virtual base::Result<Label> label(LabelNumber number) = 0;
    virtual base::Result<std::vector<std::pair<LabelNumber, Label>>> labels() = 0;
    /// Keyed hashes of erased ids are kept for ever.
    virtual base::Result<bool> isErased(model::EntityId entity, const base::Id &id) = 0;
    virtual base::Result<void> putErased(model::EntityId entity, const base::Id &id) = 0;
    /// Creates that were refused: what refers to them is waiting.
    virtual base::Result<bool> isRefusedCreate(model::EntityId entity, const base::Id &id) = 0;
    virtual base::Result<void> putRefusedCreate(model::EntityId entity, const base::Id &id) = 0;

    /// Latest entry per row and label: replaces the earlier one.
    virtual base::Result<void> putChange(const ChangeEntry &entry) = 0;
    /// The next entries by (seq, row) after the position, without upper bound: `limit`, and what else stands at the place of the
    /// last one, under other labels.
    virtual base::Result<std::vector<ChangeEntry>> changesAfter(const protocol::PullPosition &position, int limit) = 0;
    /// Rows of the entity with id > after, in order of id.
    virtual base::Result<std::vector<LabelledRow>> rowsAfter(model::EntityId entity, const base::Id &after, int limit) = 0;
    virtual base::Result<std::uint64_t> rowCount(model::EntityId entity) = 0;
    /// Of those with id > after the ones with such a label, at most `limit`; fewer or none where too many others lie between.
    virtual base::Result<RowPage> rowsLabelled(model::EntityId entity, const base::Id &after, const LabelSet &labels, int limit) = 0;
    virtual base::Result<std::uint64_t> countLabelled(model::EntityId entity, const LabelSet &labels) = 0;

    // quarantine
    virtual base::Result<std::optional<HandIn>> handIn(const base::Id &device) = 0;
    virtual base::Result<void> putHandIn(const HandIn &handIn) = 0;
    /// All of them, the latest first.
    virtual base::Result<std::vector<HandIn>> handIns() = 0;
    virtual base::Result<QuarantineCounts> quarantineCounts(const base::Id &device) = 0;
    /// Of what waits, of all devices.
    virtual base::Result<std::int64_t> quarantineBytes() = 0;
    /// Those of the device with n > after, in order, decided ones included.
    virtual base::Result<std::vector<QuarantinedOperation>> quarantined(const base::Id &device, std::uint64_t after, int limit) = 0;
    virtual base::Result<std::vector<QuarantinedOperation>> quarantinedAbout(model::EntityId entity, const base::Id &record) = 0;
    /// Replaces the one of that name.
    virtual base::Result<void> putQuarantined(const QuarantinedOperation &operation) = 0;
    virtual base::Result<void> removeQuarantined(const changes::OperationName &name) = 0;
    /// Those of the device that wait, with an n in (after, upTo].
    virtual base::Result<void> removeWaiting(const base::Id &device, std::uint64_t after, std::uint64_t upTo) = 0;
    /// Drops at most `limit` operations that were decided before that time; how many.
    virtual base::Result<int> dropDecidedQuarantine(std::int64_t beforeMs, int limit) = 0;

    // compaction (rule 10)
    /// Tombstones, and entries of rows that left their label, at or below were dropped, or may be; 0 when none ever was.
    virtual base::Result<changes::Version> floor() = 0;
    virtual base::Result<void> setFloor(changes::Version floor) = 0;
    /// Drops at most `limit` tombstones and entries of leaves at or below the version; how many.
    virtual base::Result<int> dropTombstones(changes::Version upTo, int limit) = 0;
    /// The lowest live cursor of a first download whose lease runs at that time; empty without any.
    virtual base::Result<std::optional<changes::Version>> lowestLeasedCursor(std::int64_t nowMs) = 0;
};

} // namespace fieldfare::server
