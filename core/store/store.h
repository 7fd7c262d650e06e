// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/model/catalog.h"
#include "core/rights/rights.h"
#include "core/storage/connection.h"
#include "core/store/change_set.h"
#include "core/store/views.h"

#include <functional>
#include <memory>
#include <span>

namespace fieldfare::store {

class CommitRule;
struct MigrationOptions;

/// Hears of what was committed, after the commit, on the store's thread. Must not write from within.
class StoreObserver {
public:
    virtual ~StoreObserver() = default;
    /// Rows that a person would see differently, those with derived fields included. An empty list: many, read anew.
    virtual void rowsChanged(model::EntityId entity, const std::vector<base::Id> &ids) = 0;
    /// Counts of waiting operations, conflicts or the tray may have changed.
    virtual void stateChanged() = 0;
    /// A custom field came, changed or went: Store::catalog() is another one.
    virtual void catalogChanged() {}
};

struct StoreOptions {
    QString path;
    /// Null: a plain file, for tests and measurements only.
    std::shared_ptr<const storage::DataKey> key = {};
    bool createIfMissing = false;
    bool inMemory = false; ///< A private database in RAM, for tests.
    model::CatalogPointer catalog = model::Catalog::standard(); ///< Without custom fields.
    const base::Clock *clock = nullptr;    ///< Must outlive the store.
    base::RandomSource *random = nullptr;  ///< Must outlive the store.
    /// Business rules that complete a change set before it is checked (stage -> probability). Applied in order.
    std::vector<std::shared_ptr<CommitRule>> rules = {};
    storage::OpenOptions::Synchronous synchronous = storage::OpenOptions::Synchronous::Full;
    /// Registered on the connection before anything else (tokenizers). Search adds its own.
    std::vector<std::function<base::Result<void>(sqlite3 *)>> onOpened = {};
    QByteArray vfsName = {}; ///< As of storage::OpenOptions: tests put a disk that fails below the file.
    std::shared_ptr<const MigrationOptions> migration = {}; ///< Who watches while an older file is brought up to date.
};

/// The one read and write path of a profile (DESIGN 3): rows, history, outbox, computed fields and what search needs are
/// written in one transaction. Synchronous; lives on the thread that opened it and owns the write connection. After any error
/// the transaction is rolled back and the store can be used on.
class Store {
public:
    static constexpr size_t kChunkChanges = 500;    ///< Under 20 ms, so that an interactive commit does not wait.
    static constexpr size_t kLargestChunk = 10'000;

    /// Opens, creates and migrates. Fails as Connection::open and migrate() do: SchemaTooNew for a file of a later version, which
    /// stays as it is to the byte; DiskFull where the change of an older one might not fit.
    static base::Result<std::unique_ptr<Store>> open(StoreOptions options);
    ~Store();
    Store(const Store &) = delete;
    Store &operator=(const Store &) = delete;

    /// Built-in and custom fields as of now; another object after a custom field changed. Safe to keep.
    [[nodiscard]] model::CatalogPointer catalog() const;
    [[nodiscard]] storage::Connection &connection();
    [[nodiscard]] const base::Clock &clock() const;
    /// Makes ids for records that a caller wants to name before they are committed.
    [[nodiscard]] base::Id newId();

    void addObserver(StoreObserver *observer);
    void removeObserver(StoreObserver *observer);

    // --- writing
    /// See ChangeSet. ValidationFailed (arguments: one sentence a problem) without skipRefused, NotPermitted where the user's role may not; UnknownEntity, UnknownField,
    /// NotFound (no such row), AlreadyExists, InvalidArgument; DiskFull, FileDamaged and others of storage.
    base::Result<CommitReport> commit(ChangeSet changes);
    /// What commit would complain about; writes nothing.
    base::Result<std::vector<ChangeProblem>> check(const ChangeSet &changes);
    /// One transaction around calls of the sync engine; announces what they changed. An error of `work` rolls back.
    base::Result<void> applyRemote(const std::function<base::Result<void>(changes::Replica &)> &work);
    base::Result<void> applyRemote(const std::function<base::Result<void>(changes::Replica &, changes::ReplicaStorage &)> &work);
    /// Rows as the sync engine has them, to read between transactions on the store's thread.
    changes::ReplicaStorage &replicaRows();
    /// Grows with each applyRemote(), so with whatever changes what the server has confirmed.
    [[nodiscard]] std::uint64_t remoteWrites() const;
    /// Takes an action back field by field where it still stands (DESIGN 3). NotFound, NothingToUndo.
    base::Result<UndoReport> undo(const base::Id &action);
    /// The newest action that undo() would take back: not undone, not itself an undo, no seed. NothingToUndo.
    base::Result<base::Id> lastUndoable();
    /// AlreadyResolved (arguments: by whom, when), NotFound.
    base::Result<CommitReport> resolveConflict(const base::Id &conflict, Resolution resolution, const model::Value &value = {});
    /// Issues a refused change again as new operations, with corrected values where given, and what had to wait for it.
    base::Result<CommitReport> retryTrayEntry(qint64 id, const std::vector<changes::FieldValue> &corrected = {});
    base::Result<void> discardTrayEntry(qint64 id);

    // --- reading
    /// NotFound when the row is not here. Trashed rows are found.
    base::Result<model::Record> record(model::EntityId entity, const base::Id &id, bool withTags = true);
    /// In the order of `ids`; those not here are left out.
    base::Result<std::vector<model::Record>> records(model::EntityId entity, std::span<const base::Id> ids, bool withTags = false);
    /// Finds a record by its id, number, sign-in name or title. NotFound; InvalidArgument when several have that title.
    base::Result<base::Id> resolve(model::EntityId entity, const QString &text);
    /// What the profile's user may do; everything in one that stands alone. What commit() refuses as NotPermitted.
    base::Result<rights::Rights> rights();
    /// Whether commit() would refuse it for want of a right.
    base::Result<bool> isPermitted(rights::Action action, const model::Reference &record);
    /// The title of a record (its number where it has no title); empty when it is not here.
    base::Result<QString> title(const model::Reference &reference);
    base::Result<std::vector<HistoryEntry>> history(model::EntityId entity, const base::Id &id, int limit = 1000);
    /// Drops history older than 90 days, a step of a few milliseconds at a time (HistoryTrimming says what is kept all the
    /// same). True when there is more to look at today. For the pauses between other work, once a day.
    base::Result<bool> trimHistory();
    base::Result<std::vector<ActionEntry>> actions(int limit = 100);
    base::Result<std::vector<ActionEntry>> unfinishedActions();
    base::Result<std::vector<ConflictView>> conflicts(bool openOnly = true);
    base::Result<ConflictView> conflict(const base::Id &id);
    base::Result<std::vector<TrayView>> tray();
    /// What was handed in for review, in the order in which it was done (core/changes/docs/quarantine.md).
    base::Result<std::vector<TrayView>> handedIn();
    /// What is remembered of the server's audit log.
    base::Result<changes::AuditMark> auditMark();
    /// So many records go into a file: the next sync tells the server's audit log. Nothing for a profile that has no server.
    base::Result<void> noteExport(model::EntityId entity, qint64 records);
    base::Result<StateCounts> counts();
    /// Fields of the record with own edits that wait; the pseudo-field kTrashedNumber included. Empty when all is acknowledged.
    base::Result<std::vector<model::FieldKey>> waitingFields(model::EntityId entity, const base::Id &id);

    // --- the profile
    base::Result<ProfileInfo> profileInfo();
    base::Result<void> setProfileInfo(const ProfileInfo &info);
    /// Small settings that belong to the profile, by a dotted name; empty when absent.
    base::Result<QByteArray> setting(const QString &name);
    base::Result<void> setSetting(const QString &name, const QByteArray &value);
    base::Result<QStringList> settingNames();
    base::Result<changes::ReplicaState> replicaState();
    base::Result<void> setReplicaState(const changes::ReplicaState &state);
    /// Numbers first..last of the entity are this device's from now on (DESIGN 6, rule 13).
    base::Result<void> addNumberLease(model::EntityId entity, qint64 first, qint64 last);
    /// Numbers left in leases.
    base::Result<qint64> leasedNumbersLeft(model::EntityId entity);
    /// Re-keying drops what was leased to the former identity.
    base::Result<void> dropNumberLeases();
    /// First records of a stand-alone profile: choice values, the default pipeline and oneself. One action.
    base::Result<void> seed(const QString &fullName);

    // --- bulk
    /// Drops secondary indexes for a first download; finishDownload() builds them and all derived fields. Survives a restart. No
    /// effect where there are records already: somebody works with them meanwhile.
    base::Result<void> beginBulkLoad();
    /// Once the last page of a download is there: builds what it left out, the indexes after beginBulkLoad(), and the derived fields of
    /// rows that came without it. No effect where nothing is left out. `isStopped` may be empty and is asked on this thread; true ends
    /// it with Cancelled, and nothing was built.
    base::Result<void> finishDownload(const std::function<bool()> &isStopped = {});
    [[nodiscard]] base::Result<bool> isBulkLoading();

private:
    class Parts;
    explicit Store(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace fieldfare::store
