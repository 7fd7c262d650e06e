// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/replica.h"

#include <algorithm>

namespace fieldfare::changes {

using base::Error;
using base::ErrorCode;
using base::Id;
using base::Result;
using model::FieldKey;
using model::Value;
using Cause = ReplicaListener::Cause;

namespace {

const DirtyField *findDirty(const std::vector<DirtyField> &dirty, const FieldKey &field)
{
    const auto it = std::find_if(dirty.begin(), dirty.end(), [&](const DirtyField &entry) { return entry.field == field; });
    return it == dirty.end() ? nullptr : &*it;
}

Error rowMissing(model::EntityId entity, const Id &id)
{
    return Error{ErrorCode::NotFound, QStringLiteral("no row %1 of entity %2").arg(id.toString()).arg(entity)};
}

} // namespace

Replica::Replica(ReplicaStorage &storage, ReplicaListener &listener, const base::Clock &clock, ReplicaMutants mutants)
    : m_storage(storage), m_listener(listener), m_clock(clock), m_mutants(mutants)
{
}

Result<void> Replica::commit(std::span<const LocalChange> changes, const Id &action)
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    for (const LocalChange &change : changes) {
        switch (change.kind) {
        case OperationKind::Create:
            FIELDFARE_TRY(create(change, action, state));
            break;
        case OperationKind::Set:
            FIELDFARE_TRY(setFields(change, action, state));
            break;
        case OperationKind::Trash:
        case OperationKind::Restore:
        case OperationKind::Erase:
            FIELDFARE_TRY(mark(change, action, state));
            break;
        }
    }
    return m_storage.setState(state);
}

Result<void> Replica::create(const LocalChange &change, const Id &action, ReplicaState &state)
{
    if (change.record.isNull())
        return {ErrorCode::InvalidArgument, QStringLiteral("create without an id")};
    FIELDFARE_ASSIGN(const auto existing, m_storage.findRow(change.entity, change.record));
    if (existing)
        return {ErrorCode::AlreadyExists, QStringLiteral("row %1 exists").arg(change.record.toString())};
    ReplicaRow row;
    row.entity = change.entity;
    row.id = change.record;
    row.values.reserve(change.values.size());
    for (const FieldValue &entry : change.values)
        row.setValue(entry.field, entry.value);
    Operation operation;
    operation.kind = OperationKind::Create;
    operation.entity = change.entity;
    operation.record = change.record;
    operation.values = std::move(row.values);
    operation.action = action;
    operation.group = change.group;
    FIELDFARE_TRY(append(operation, state));
    row.values = std::move(operation.values);
    row.createdByN = state.lastN;
    row.stamp = {m_clock.wallMs(), state.user, m_clock.wallMs(), state.user};
    FIELDFARE_TRY(m_storage.insertRow(row));
    return m_listener.rowInserted(std::move(row), Cause::Own);
}

Result<void> Replica::setFields(const LocalChange &change, const Id &action, ReplicaState &state)
{
    FIELDFARE_ASSIGN(const auto row, m_storage.findRow(change.entity, change.record));
    if (!row)
        return rowMissing(change.entity, change.record);
    FIELDFARE_ASSIGN(const std::vector<DirtyField> dirty, m_storage.dirtyFields(change.entity, change.record));
    std::vector<FieldValue> shown;
    for (const FieldValue &entry : change.values) {
        if (row->value(entry.field) != entry.value)
            shown.push_back(entry);
    }
    if (shown.empty() && (change.guards.empty() || !change.values.empty()))
        return {};
    std::vector<FieldValue> logged = shown;
    for (const FieldKey &field : change.guards) {
        const bool changed = std::any_of(shown.begin(), shown.end(), [&](const FieldValue &entry) { return entry.field == field; });
        if (!changed)
            logged.push_back({field, row->value(field)});
    }
    for (const FieldValue &entry : logged) {
        Operation operation;
        operation.kind = OperationKind::Set;
        operation.entity = change.entity;
        operation.record = change.record;
        operation.values = {entry};
        operation.before = row->value(entry.field);
        operation.action = action;
        operation.group = change.group;
        FIELDFARE_ASSIGN(operation.base, baseFor(*row, entry.field, dirty));
        FIELDFARE_TRY(append(operation, state));
        const DirtyField *known = findDirty(dirty, entry.field);
        DirtyField field{entry.field, known ? known->acknowledged : row->value(entry.field), state.lastN};
        FIELDFARE_TRY(m_storage.putDirtyField(change.entity, change.record, field));
    }
    if (shown.empty())
        return {}; // nobody sees a guard
    RowStamp stamp = row->stamp;
    stamp.modifiedAt = m_clock.wallMs();
    stamp.modifiedBy = state.user;
    FIELDFARE_TRY(m_storage.updateRow({row->entity, row->id, shown, row->versions, row->createdByN, stamp}));
    return m_listener.rowChanged(*row, shown, stamp, Cause::Own);
}

Result<void> Replica::mark(const LocalChange &change, const Id &action, ReplicaState &state)
{
    FIELDFARE_ASSIGN(const auto row, m_storage.findRow(change.entity, change.record));
    if (!row)
        return rowMissing(change.entity, change.record);
    const bool trash = change.kind == OperationKind::Trash;
    if (change.kind != OperationKind::Erase && row->isTrashed() == trash)
        return {};
    FIELDFARE_ASSIGN(const std::vector<DirtyField> dirty, m_storage.dirtyFields(change.entity, change.record));
    const FieldKey field(model::kTrashedNumber);
    Operation operation;
    operation.kind = change.kind;
    operation.entity = change.entity;
    operation.record = change.record;
    operation.action = action;
    operation.group = change.group;
    FIELDFARE_ASSIGN(operation.base, baseFor(*row, field, dirty));
    if (trash) {
        operation.seenCursor = m_mutants.trashWithOneVersion ? row->versions.latest() : state.cursor;
        // The null key stands for the version of all fields that never changed since the create.
        if (row->versions.base() > operation.seenCursor)
            operation.seenExceptions.emplace_back(FieldKey(), row->versions.base());
        for (const auto &[key, version] : row->versions.exceptions()) {
            if (version > operation.seenCursor)
                operation.seenExceptions.emplace_back(key, version);
        }
        FIELDFARE_ASSIGN(operation.seenOwn, waitingOrigins(*row, dirty));
    }
    FIELDFARE_TRY(append(operation, state));
    if (change.kind == OperationKind::Erase)
        return {}; // The row goes when the server's tombstone comes back.
    const DirtyField *known = findDirty(dirty, field);
    FIELDFARE_TRY(m_storage.putDirtyField(change.entity, change.record,
                                          {field, known ? known->acknowledged : row->value(field), state.lastN}));
    const std::vector<FieldValue> shown{{field, trash ? Value(std::int64_t(1)) : Value()}};
    RowStamp stamp = row->stamp;
    stamp.modifiedAt = m_clock.wallMs();
    stamp.modifiedBy = state.user;
    FIELDFARE_TRY(m_storage.updateRow({row->entity, row->id, shown, row->versions, row->createdByN, stamp}));
    return m_listener.rowChanged(*row, shown, stamp, Cause::Own);
}

/// The own operations on the row that wait: each dirty field's chain, newest first, and the create.
Result<std::vector<Origin>> Replica::waitingOrigins(const ReplicaRow &row, const std::vector<DirtyField> &dirty)
{
    std::vector<Origin> origins;
    std::vector<std::uint64_t> numbers{row.createdByN};
    for (const DirtyField &field : dirty)
        numbers.push_back(field.lastN);
    for (std::uint64_t n : numbers) {
        while (n != 0) {
            FIELDFARE_ASSIGN(const auto stored, m_storage.findOperation(n));
            if (!stored)
                break;
            const Operation &operation = stored->operation;
            origins.push_back(operation.origin ? *operation.origin : Origin{operation.name, stored->hash});
            const auto &own = operation.base.own;
            const bool follows = own && own->name.device == operation.name.device && own->name.incarnation == operation.name.incarnation;
            n = follows && own->name.n < n ? own->name.n : 0;
        }
    }
    return origins;
}

Result<Base> Replica::baseFor(const ReplicaRow &row, const FieldKey &field, const std::vector<DirtyField> &dirty)
{
    const DirtyField *known = findDirty(dirty, field);
    const std::uint64_t n = known ? known->lastN : row.createdByN;
    if (n == 0 || (m_mutants.baseIsPulledVersion && row.createdByN == 0)) {
        Version version = row.versions.of(field);
        if (m_mutants.foldVersionsToMaximum)
            version = row.versions.latest();
        if (m_mutants.foldVersionsToMinimum)
            version = row.versions.base();
        return Base{version, std::nullopt};
    }
    FIELDFARE_ASSIGN(const auto stored, m_storage.findOperation(n));
    if (!stored)
        return Error{ErrorCode::Internal, QStringLiteral("operation %1 is missing from the outbox").arg(n)};
    return Base{0, stored->operation.origin ? *stored->operation.origin : Origin{stored->operation.name, stored->hash}};
}

Result<void> Replica::append(Operation &operation, ReplicaState &state)
{
    operation.name = {state.device, state.incarnation, ++state.lastN};
    operation.user = state.user;
    operation.stamp = {m_clock.wallMs(), m_clock.bootMs(), m_clock.bootId()};
    StoredOperation stored;
    stored.content = encodeContent(operation);
    stored.hash = contentHash(operation, stored.content);
    stored.rolling = nextRollingHash(state.rolling, stored.hash);
    state.rolling = stored.rolling;
    stored.operation = std::move(operation);
    const Result<void> logged = m_storage.appendOperation(stored);
    operation = std::move(stored.operation);
    return logged;
}

namespace {

/// Where a batch of at most `end` operations ends, after a whole group, so that it stays below what a server reads; a single
/// group travels whole whatever its size.
size_t endWithin(const std::vector<StoredOperation> &operations, size_t end)
{
    qsizetype bytes = 0;
    size_t fits = 0;
    for (size_t i = 0; i < end; ++i) {
        bytes += operations[i].content.size();
        if (bytes > OutboxBatch::kMostBytes && fits > 0)
            return fits;
        const bool isWhole = i + 1 == operations.size() || operations[i].operation.group.isNull() || operations[i + 1].operation.group != operations[i].operation.group;
        if (isWhole)
            fits = i + 1;
    }
    return end;
}

} // namespace

Result<OutboxBatch> Replica::nextBatch(int limit, std::uint64_t after)
{
    FIELDFARE_ASSIGN(const ReplicaState state, m_storage.state());
    OutboxBatch batch;
    FIELDFARE_ASSIGN(std::vector<StoredOperation> waiting, m_storage.operationsAfter(after, limit + 1));
    size_t end = std::min(waiting.size(), size_t(limit));
    const auto group = [&](size_t i) { return waiting[i].operation.group; };
    if (end > 0 && end < waiting.size() && !group(0).isNull() && group(end) == group(0)) { // one group, larger than the limit
        FIELDFARE_ASSIGN(waiting, m_storage.operationsAfter(after, limit + kMaxGroupOperations));
    }
    while (end > 0 && end < waiting.size() && !group(end).isNull() && group(end) == group(end - 1))
        --end;
    if (end == 0 && !waiting.empty()) { // a group larger than the limit still travels whole
        end = 1;
        while (end < waiting.size() && group(end) == group(0))
            ++end;
    }
    end = endWithin(waiting, end);
    batch.hasMore = end < waiting.size();
    waiting.resize(end);
    if (!waiting.empty())
        batch.rolling = waiting.back().rolling;
    batch.operations = std::move(waiting);
    batch.acknowledgedN = state.acknowledgedN;
    return batch;
}

Result<void> Replica::updateAcknowledged()
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    FIELDFARE_ASSIGN(const std::uint64_t first, m_storage.firstPendingN());
    FIELDFARE_ASSIGN(const std::uint64_t lowestBase, m_storage.lowestPendingBase());
    std::uint64_t acknowledged = first == 0 ? state.lastN : first - 1;
    if (lowestBase != 0 && !m_mutants.acknowledgePastPendingBase)
        acknowledged = std::min(acknowledged, lowestBase - 1);
    state.acknowledgedN = std::max(state.acknowledgedN, acknowledged);
    return m_storage.setState(state);
}

Result<void> Replica::downloadAnew()
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    state.cursor = 0;
    state.downloading = false;
    state.downloadCursor = 0;
    state.downloadEntity = 0;
    state.downloadAfter = Id();
    return m_storage.setState(state);
}

Result<void> Replica::takeAuditHead(std::uint64_t number, const QByteArray &chain, const QByteArray &chainThen)
{
    FIELDFARE_ASSIGN(AuditMark mark, m_storage.auditMark());
    if (mark.brokenAt != 0)
        return {};
    if (mark.number != 0 && (number < mark.number || chainThen != mark.chain))
        mark.brokenAt = mark.number;
    else
        mark = {number, chain, 0};
    return m_storage.setAuditMark(mark);
}

Result<void> Replica::noteHandedIn(std::uint64_t n, HandedIn::Status status)
{
    FIELDFARE_ASSIGN(const ReplicaState state, m_storage.state());
    return m_storage.setHandedIn({{state.device, state.incarnation, n}, m_clock.wallMs(), status});
}

Result<void> Replica::rekey(const Id &device, std::uint32_t incarnation, const std::map<std::uint64_t, std::uint64_t> &places)
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    FIELDFARE_ASSIGN(std::vector<StoredOperation> waiting, m_storage.operationsAfter(0, std::numeric_limits<int>::max()));
    const auto place = [&places](const StoredOperation &stored) {
        const auto found = places.find(stored.operation.name.n);
        return found == places.end() ? stored.operation.name.n : found->second;
    };
    if (!places.empty())
        std::stable_sort(waiting.begin(), waiting.end(), [&place](const StoredOperation &one, const StoredOperation &other) { return place(one) < place(other); });
    std::vector<std::pair<std::uint64_t, std::uint64_t>> renumbered;
    state.device = device;
    state.incarnation = incarnation;
    state.lastN = 0;
    state.acknowledgedN = 0;
    state.rolling = firstRollingHash();
    for (StoredOperation &stored : waiting) {
        if (!stored.operation.origin)
            stored.operation.origin = Origin{stored.operation.name, stored.hash};
        renumbered.emplace_back(stored.operation.name.n, ++state.lastN);
        stored.operation.name = {device, incarnation, state.lastN};
        stored.rolling = nextRollingHash(state.rolling, stored.hash);
        state.rolling = stored.rolling;
    }
    FIELDFARE_TRY(m_storage.replaceOutbox(waiting, renumbered));
    return m_storage.setState(state);
}

} // namespace fieldfare::changes
