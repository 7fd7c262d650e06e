// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Opening, and the one way of writing. Reading stands in store_reads.cpp, undo in store_undo.cpp, conflicts and the tray in
// store_review.cpp, the profile in store_profile.cpp.
#include "core/store/store_parts.h"

#include "core/model/entities/entities.h"
#include "core/store/custom_fields.h"
#include "core/store/migrations.h"
#include "core/store/search/search_index.h"

#include <algorithm>

namespace fieldfare::store {

using base::Error;
using base::ErrorCode;
using base::Id;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;

namespace {

constexpr size_t kPartChanges = 250;
constexpr size_t kAnnouncedIds = 5000; ///< More than these are announced as "many".

} // namespace

Store::Parts::Parts(StoreOptions given, std::unique_ptr<storage::Connection> opened)
    : options(std::move(given)), connection(std::move(opened)), catalog(options.catalog), ids(*options.clock, *options.random),
      meta(*connection), reader(*connection, catalog), numbers(*connection), storage(*connection, catalog), collector(storage),
      replica(storage, collector, *options.clock), history(*connection),
      trimming(*connection, meta), computed(*connection, catalog)
{
}

Result<std::unique_ptr<Store>> Store::open(StoreOptions options)
{
    if (options.clock == nullptr || options.random == nullptr || options.catalog == nullptr)
        return {ErrorCode::InvalidArgument, QStringLiteral("a store needs a clock, a random source and a catalog")};
    storage::OpenOptions file;
    file.path = options.path;
    file.key = options.key;
    file.createIfMissing = options.createIfMissing;
    file.inMemory = options.inMemory;
    file.synchronous = options.synchronous;
    file.onOpened = options.onOpened;
    file.vfsName = options.vfsName;
    file.busyTimeoutMs = 5000; // while the data key is replaced its connection takes the writer's lock for milliseconds, again and again
    file.onOpened.push_back(search::registerOn);
    FIELDFARE_ASSIGN(auto connection, storage::Connection::open(file));
    FIELDFARE_TRY(migrate(*connection, options.catalog, options.migration != nullptr ? *options.migration : MigrationOptions()));
    auto parts = std::make_unique<Parts>(std::move(options), std::move(connection));
    FIELDFARE_TRY(parts->useCustomFields());
    FIELDFARE_ASSIGN(const qint64 recompute, parts->meta.number(QString(kRecomputeNeeded), 0));
    if (recompute == 1) {
        const auto deriveAll = [&]() -> Result<void> {
            FIELDFARE_ASSIGN(const ProfileInfo info, parts->meta.profileInfo());
            FIELDFARE_TRY(parts->computed.recomputeAll(info.currency));
            return parts->meta.setNumber(QString(kRecomputeNeeded), 0);
        };
        FIELDFARE_TRY(parts->write(deriveAll));
    }
    return std::unique_ptr<Store>(new Store(std::move(parts)));
}

Store::Store(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}

Store::~Store() = default;

model::CatalogPointer Store::catalog() const
{
    return m_parts->catalog;
}

storage::Connection &Store::connection()
{
    return *m_parts->connection;
}

const base::Clock &Store::clock() const
{
    return *m_parts->options.clock;
}

Id Store::newId()
{
    return m_parts->ids.next();
}

void Store::addObserver(StoreObserver *observer)
{
    m_parts->observers.push_back(observer);
}

void Store::removeObserver(StoreObserver *observer)
{
    std::erase(m_parts->observers, observer);
}

/// At open: the columns are there, nothing changes. After a change of a definition: in the transaction of it.
Result<void> Store::Parts::useCustomFields()
{
    const bool own = !connection->isInTransaction();
    std::optional<storage::Transaction> transaction;
    if (own) {
        FIELDFARE_ASSIGN(auto begun, storage::Transaction::begin(*connection, storage::Transaction::Mode::Immediate));
        transaction.emplace(std::move(begun));
    }
    FIELDFARE_ASSIGN(const model::CatalogPointer next, applyCustomFields(*connection, options.catalog));
    FIELDFARE_TRY(search::prepareTables(*connection, *next));
    if (transaction)
        FIELDFARE_TRY(transaction->commit());
    storage.setCatalog(next);
    reader.setCatalog(next);
    computed.setCatalog(next);
    if (own)
        catalog = next;
    else
        m_catalogChanged = true;
    return {};
}

void Store::Parts::giveUp()
{
    storage.forgetState();
    collector.clear();
    m_touched.clear();
    m_many.clear();
    if (m_catalogChanged) {
        storage.setCatalog(catalog);
        reader.setCatalog(catalog);
        computed.setCatalog(catalog);
        m_catalogChanged = false;
    }
}

void Store::Parts::announce()
{
    storage.forgetState(); // cheap to read again, and bounds what is kept of the transaction
    const RowSet touched = std::exchange(m_touched, {});
    const auto downloaded = std::exchange(m_many, {});
    for (const model::EntityId entity : {model::entities::kRoleRight.id, model::entities::kUser.id, model::entities::kTeam.id}) {
        if (touched.contains(entity) || downloaded.contains(entity))
            m_rights.reset();
    }
    if (std::exchange(m_catalogChanged, false)) {
        catalog = reader.catalog();
        for (StoreObserver *observer : std::vector(observers))
            observer->catalogChanged();
    }
    for (StoreObserver *observer : std::vector(observers)) {
        for (const auto &[entity, rows] : touched) {
            std::vector<Id> list;
            if (rows.size() <= kAnnouncedIds && !downloaded.contains(entity))
                list.assign(rows.begin(), rows.end());
            observer->rowsChanged(entity, list);
        }
        for (const model::EntityId entity : downloaded) {
            if (!touched.contains(entity))
                observer->rowsChanged(entity, {});
        }
        observer->stateChanged();
    }
}

Result<void> Store::Parts::followUp(qint64 aid)
{
    FIELDFARE_TRY(storage.settleHistory());
    const std::vector<RowEvent> events = collector.take();
    const auto downloaded = collector.takeDownloaded();
    if (!downloaded.isEmpty()) { // these are no events: what is derived of them is made by finishDownload()
        FIELDFARE_ASSIGN(const qint64 isBulk, meta.number(QString(kBulkLoading), 0));
        if (isBulk == 0)
            FIELDFARE_TRY(meta.setNumber(QString(kRecomputeNeeded), 1));
    }
    for (auto it = downloaded.cbegin(); it != downloaded.cend(); ++it) {
        m_many.insert(it.key());
        if (const model::Entity *entity = reader.catalog()->entity(it.key()))
            FIELDFARE_TRY(noteForSearch(*entity, it.value()));
    }
    const model::EntityId definitions = model::entities::kCustomField.id;
    const bool redefined = downloaded.contains(definitions)
        || std::any_of(events.begin(), events.end(), [&](const RowEvent &event) { return event.row.entity == definitions; });
    if (redefined)
        FIELDFARE_TRY(useCustomFields());
    if (events.empty())
        return {};
    FIELDFARE_ASSIGN(const changes::ReplicaState state, storage.state());
    FIELDFARE_ASSIGN(const ProfileInfo info, meta.profileInfo());
    FIELDFARE_ASSIGN(const RowSet derived, computed.update(events, info.currency));
    FIELDFARE_TRY(noteForSearch(events));
    FIELDFARE_TRY(history.write(events, aid, state)); // last, as nothing here waits for it
    for (const RowEvent &event : events) {
        auto &rows = m_touched[event.row.entity];
        rows.insert(rows.end(), event.row.id); // new rows come in order
        if (event.kind == RowEvent::Kind::Changed && event.changes(model::FieldKey(model::kTrashedNumber)))
            announceChildren(event.row.entity);
    }
    for (const auto &[entity, rows] : derived)
        m_touched[entity].insert(rows.begin(), rows.end());
    return {};
}

/// Owned children hide, or come back, with their parent (DESIGN 6, rule 6), although nothing of theirs is written.
void Store::Parts::announceChildren(model::EntityId parent)
{
    for (const model::Entity &entity : reader.catalog()->entities()) {
        const model::Field *field = entity.parentField();
        if (field != nullptr && field->targets.contains(parent))
            m_many.insert(entity.id());
    }
}

Result<void> Store::Parts::noteForSearch(const std::vector<RowEvent> &events)
{
    search::ChangeNotes notes(*connection);
    for (const RowEvent &event : events) {
        const model::Entity *entity = reader.catalog()->entity(event.row.entity);
        if (entity == nullptr)
            continue;
        switch (event.kind) {
        case RowEvent::Kind::Inserted:
            FIELDFARE_TRY(notes.inserted(*entity, event.rid));
            break;
        case RowEvent::Kind::Changed:
            FIELDFARE_TRY(notes.changed(*entity, event.rid, event.row, event.after));
            break;
        case RowEvent::Kind::Removed:
            FIELDFARE_TRY(notes.removed(*entity, event.rid, event.row));
            break;
        }
    }
    return {};
}

/// New rows need no note but where they take the rid of a removed last row, which the index has passed already.
Result<void> Store::Parts::noteForSearch(const model::Entity &entity, const RidRange &downloaded)
{
    search::ChangeNotes notes(*connection);
    FIELDFARE_ASSIGN(const std::int64_t folded, notes.foldedUpTo(entity.id()));
    for (qint64 rid = downloaded.first; rid <= std::min<std::int64_t>(downloaded.last, folded); ++rid)
        FIELDFARE_TRY(notes.inserted(entity, rid));
    return {};
}

/// As an error of its own where somebody lacks a right: the values are as good as any.
Error Store::Parts::refusal(const std::vector<ChangeProblem> &problems) const
{
    const auto denied = std::find_if(problems.begin(), problems.end(), [](const ChangeProblem &one) { return one.problem.code == model::ProblemCode::NotPermitted; });
    if (denied == problems.end())
        return validationFailed(problems);
    const model::Entity *const entity = catalog->entity(denied->entity);
    return {ErrorCode::NotPermitted, entity != nullptr ? model::describeProblem(*entity, denied->problem) : QString(), {entity != nullptr ? entity->name() : QString()}};
}

Error Store::Parts::validationFailed(const std::vector<ChangeProblem> &problems) const
{
    QStringList sentences;
    for (const ChangeProblem &problem : problems) {
        if (const model::Entity *entity = catalog->entity(problem.entity))
            sentences.append(model::describeProblem(*entity, problem.problem));
    }
    return {ErrorCode::ValidationFailed, QStringLiteral("%1 problems").arg(problems.size()), sentences};
}

Result<const rights::Rights *> Store::Parts::userRights()
{
    FIELDFARE_ASSIGN(const changes::ReplicaState state, storage.state());
    if (!m_rights || m_rightsOf != state.user) {
        RightsReader source(*connection, reader);
        FIELDFARE_ASSIGN(m_rights, rights::readRights(*reader.catalog(), source, state.user));
        m_rightsOf = state.user;
    }
    return &*m_rights;
}

Result<ChangePreparation> Store::Parts::prepare(ChangeSet &set, size_t begin, size_t end, const ProfileInfo &info, bool dryRun)
{
    FIELDFARE_ASSIGN(const changes::ReplicaState state, storage.state());
    FIELDFARE_ASSIGN(const rights::Rights *const rights, userRights());
    RightsReader places(*connection, reader);
    ChangePreparation preparation({.reader = reader, .numbers = numbers, .ids = ids, .rules = options.rules, .profile = info,
                                   .user = state.user, .cause = set.cause, .nowMs = options.clock->wallMs(),
                                   .trusted = set.cause == Cause::Undo || set.isTaken, .dryRun = dryRun, .rights = rights, .places = &places});
    for (size_t i = begin; i < end; ++i)
        FIELDFARE_TRY(preparation.add(std::move(set.changes[i]), i)); // its group, an id, stays readable
    return preparation;
}

Result<void> Store::Parts::commitPart(ChangeSet &set, size_t begin, size_t end, const ProfileInfo &info, CommitReport &report, Origins &origins)
{
    FIELDFARE_ASSIGN(ChangePreparation preparation, prepare(set, begin, end, info, false));
    if (!preparation.problems().empty() && !set.skipRefused)
        return refusal(preparation.problems());

    // A refused change takes its group along.
    std::set<size_t> refused;
    std::set<Id> refusedGroups;
    for (const ChangeProblem &problem : preparation.problems()) {
        refused.insert(problem.change);
        if (!set.changes[problem.change].group.isNull())
            refusedGroups.insert(set.changes[problem.change].group);
    }
    std::vector<LocalChange> accepted;
    accepted.reserve(end - begin);
    for (PreparedChange &entry : preparation.takePrepared()) {
        if (refused.contains(entry.origin) || refusedGroups.contains(set.changes[entry.origin].group)) {
            refused.insert(entry.origin);
            continue;
        }
        origins.emplace_back(entry.change.record, entry.origin);
        accepted.push_back(std::move(entry.change));
    }
    FIELDFARE_TRY(replica.commit(accepted, report.action));
    for (auto it = preparation.named().cbegin(); it != preparation.named().cend(); ++it) {
        report.results[it.key()].record = it.value().first;
        if (!refused.contains(it.key()))
            report.results[it.key()].number = it.value().second;
    }
    for (const size_t change : refused)
        report.results[change].effect = Effect::Refused;
    report.problems.insert(report.problems.end(), preparation.problems().begin(), preparation.problems().end());
    return {};
}

Result<void> Store::Parts::commitChunk(ChangeSet &set, size_t begin, size_t end, CommitReport &report, qint64 &aid)
{
    FIELDFARE_ASSIGN(const changes::ReplicaState state, storage.state());
    FIELDFARE_ASSIGN(aid, history.openAction(set, report.action, options.clock->wallMs(), state.user));
    numbers.reset();
    FIELDFARE_ASSIGN(const ProfileInfo info, meta.profileInfo());
    Origins origins;
    // In parts where a problem does not end the whole: what is prepared is still in the processor's cache when it is written,
    // and in bulk writing the other thread has something to do soon.
    const size_t part = set.skipRefused ? kPartChanges : end - begin;
    for (size_t at = begin; at < end;) {
        size_t next = std::min(at + part, end);
        while (next < end && !set.changes[next].group.isNull() && set.changes[next].group == set.changes[next - 1].group)
            ++next;
        FIELDFARE_TRY(commitPart(set, at, next, info, report, origins));
        at = next;
    }
    FIELDFARE_TRY(numbers.flush());

    CommitReport counted;
    counted.results = std::move(report.results);
    countEffects(collector.events(), origins, counted);
    report.results = std::move(counted.results);
    for (size_t i = begin; i < end; ++i)
        counted.unchanged += report.results[i].effect == Effect::Unchanged ? 1 : 0;
    report.created += counted.created;
    report.updated += counted.updated;
    report.trashed += counted.trashed;
    report.restored += counted.restored;
    report.unchanged += counted.unchanged;
    ChangeSet rest;
    rest.finished = set.finished && end == set.changes.size();
    rest.resumeCursor = set.resumeCursor;
    return history.countAction(aid, counted, rest);
}

/// Counts rows, not fields; what a change did to other records (tags) counts as an update of its own.
void Store::Parts::countEffects(const std::vector<RowEvent> &events, const Origins &asked, CommitReport &report)
{
    QHash<Id, size_t> origins;
    origins.reserve(qsizetype(asked.size()));
    for (const auto &[record, origin] : asked)
        origins.insert(record, origin);
    QHash<Id, Effect> effects;
    effects.reserve(qsizetype(events.size()));
    for (const RowEvent &event : events) {
        Effect effect = event.kind == RowEvent::Kind::Inserted ? Effect::Created : Effect::Updated;
        const model::FieldKey trashed(model::kTrashedNumber);
        if (event.kind == RowEvent::Kind::Changed && event.changes(trashed))
            effect = event.now(trashed).isEmpty() ? Effect::Restored : Effect::Trashed;
        if (effects.value(event.row.id, Effect::Updated) == Effect::Updated)
            effects.insert(event.row.id, effect);
    }
    for (auto it = effects.cbegin(); it != effects.cend(); ++it) {
        ChangeResult &result = report.results[origins.value(it.key())];
        if (result.record == it.key())
            result.effect = it.value();
        else if (result.effect == Effect::Unchanged)
            result.effect = Effect::Updated;
    }
    QSet<Id> counted;
    counted.reserve(qsizetype(asked.size()));
    for (const auto &[record, origin] : asked) {
        const ChangeResult &result = report.results[origin];
        if (result.effect == Effect::Unchanged || counted.contains(result.record))
            continue;
        counted.insert(result.record);
        report.created += result.effect == Effect::Created ? 1 : 0;
        report.updated += result.effect == Effect::Updated ? 1 : 0;
        report.trashed += result.effect == Effect::Trashed ? 1 : 0;
        report.restored += result.effect == Effect::Restored ? 1 : 0;
    }
}

Result<CommitReport> Store::commit(ChangeSet set)
{
    CommitReport report;
    report.action = set.action.isNull() ? newId() : set.action;
    report.results.resize(set.changes.size());
    const size_t chunk = set.chunkChanges == 0 ? kChunkChanges : std::min(set.chunkChanges, kLargestChunk);
    size_t begin = 0;
    do {
        size_t end = std::min(begin + chunk, set.changes.size());
        const auto group = [&](size_t i) { return set.changes[i].group; };
        while (end > begin && end < set.changes.size() && !group(end).isNull() && group(end) == group(end - 1))
            --end;
        if (end == begin && begin < set.changes.size())
            return {ErrorCode::InvalidArgument, QStringLiteral("a group of more than %1 changes").arg(chunk)};
        qint64 aid = 0;
        FIELDFARE_TRY(m_parts->write(aid, set.durableLater, [&] { return m_parts->commitChunk(set, begin, end, report, aid); }));
        begin = end;
    } while (begin < set.changes.size());
    return report;
}

Result<std::vector<ChangeProblem>> Store::check(const ChangeSet &set)
{
    ChangeSet copy = set;
    FIELDFARE_ASSIGN(const ProfileInfo info, m_parts->meta.profileInfo());
    FIELDFARE_ASSIGN(const ChangePreparation preparation, m_parts->prepare(copy, 0, copy.changes.size(), info, true));
    return preparation.problems();
}

Result<void> Store::applyRemote(const std::function<Result<void>(changes::Replica &)> &work)
{
    return applyRemote([&work](changes::Replica &replica, changes::ReplicaStorage &) { return work(replica); });
}

Result<void> Store::applyRemote(const std::function<Result<void>(changes::Replica &, changes::ReplicaStorage &)> &work)
{
    ++m_parts->remoteWrites;
    return m_parts->write([&] { return work(m_parts->replica, m_parts->storage); });
}

changes::ReplicaStorage &Store::replicaRows()
{
    return m_parts->storage;
}

std::uint64_t Store::remoteWrites() const
{
    return m_parts->remoteWrites;
}

} // namespace fieldfare::store
