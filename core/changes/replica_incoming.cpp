// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the server says: verdicts, pulled rows, pages of a first download. The author's side stands in replica.cpp.
#include "core/changes/replica.h"

#include <algorithm>
#include <set>

namespace fieldfare::changes {

using base::Error;
using base::ErrorCode;
using base::Id;
using base::Result;
using model::FieldKey;
using model::Value;
using Cause = ReplicaListener::Cause;

namespace {

DirtyField *findDirty(std::vector<DirtyField> &dirty, const FieldKey &field)
{
    const auto it = std::find_if(dirty.begin(), dirty.end(), [&](const DirtyField &entry) { return entry.field == field; });
    return it == dirty.end() ? nullptr : &*it;
}

Value authoredValue(const Operation &operation)
{
    if (operation.kind == OperationKind::Set)
        return operation.values.front().value;
    return operation.kind == OperationKind::Trash ? Value(std::int64_t(1)) : Value();
}

} // namespace

Result<void> Replica::takeVerdicts(std::span<const Verdict> verdicts)
{
    for (const Verdict &verdict : verdicts)
        FIELDFARE_TRY(takeVerdict(verdict));
    return updateAcknowledged();
}

Result<void> Replica::takeVerdict(const Verdict &verdict)
{
    FIELDFARE_ASSIGN(const auto stored, m_storage.findOperation(verdict.n));
    if (!stored)
        return {};
    if (m_mutants.keepWaitingInOutbox && verdict.outcome == Outcome::Waiting)
        return {};
    const Operation &operation = stored->operation;
    FIELDFARE_TRY(m_storage.removeOperation(verdict.n));
    if (verdict.isRefusal()) {
        TrayEntry entry{operation, verdict.outcome, verdict.reason, m_clock.wallMs()};
        if (verdict.outcome == Outcome::Gone) { // an erased row leaves no data, here neither
            for (FieldValue &value : entry.operation.values)
                value.value = Value();
            entry.operation.before = Value();
        }
        FIELDFARE_TRY(m_storage.addTrayEntry(entry));
    }
    if (verdict.outcome == Outcome::Gone && operation.kind != OperationKind::Erase) {
        if (verdict.version != 0 && !m_mutants.noTombstones)
            FIELDFARE_TRY(m_storage.putTombstone(operation.entity, operation.record, verdict.version));
        return forget(operation.entity, operation.record, Cause::Verdict, Waiting::Dropped);
    }
    if (verdict.outOfSight && !m_mutants.keepRowsOutOfSight)
        return takeOutOfSight(operation);
    switch (operation.kind) {
    case OperationKind::Create:
        return takeCreateVerdict(verdict, operation);
    case OperationKind::Erase:
        return {};
    default:
        return takeFieldVerdict(verdict, operation);
    }
}

/// The answer to this one came; later ones about the row may wait.
Result<void> Replica::takeOutOfSight(const Operation &operation)
{
    FIELDFARE_TRY(forgetWaiting(operation));
    FIELDFARE_TRY(forget(operation.entity, operation.record, Cause::Verdict, Waiting::Kept));
    FIELDFARE_ASSIGN(const ReplicaState state, m_storage.state());
    // Who sees everything was told otherwise: what is seen has changed, and may be everything again before anybody asks.
    return state.scope == 0 ? downloadAnew() : Result<void>();
}

/// A verdict about a field of a row that is not here.
Result<void> Replica::forgetWaiting(const Operation &operation)
{
    FIELDFARE_ASSIGN(const std::vector<DirtyField> dirty, m_storage.dirtyFields(operation.entity, operation.record));
    for (const DirtyField &field : dirty) {
        if (field.lastN == operation.name.n)
            FIELDFARE_TRY(m_storage.removeDirtyField(operation.entity, operation.record, field.field));
    }
    return {};
}

/// A row that comes (again) while own operations about it wait shows what they say, as if it had never been gone.
Result<void> Replica::showWaiting(ReplicaRow &row)
{
    FIELDFARE_ASSIGN(const std::uint64_t first, m_storage.firstPendingN());
    if (first == 0 || m_mutants.forgetWaitingEdits)
        return {};
    FIELDFARE_ASSIGN(std::vector<DirtyField> dirty, m_storage.dirtyFields(row.entity, row.id));
    for (DirtyField &field : dirty) {
        FIELDFARE_ASSIGN(const auto stored, m_storage.findOperation(field.lastN));
        if (!stored)
            return Error{ErrorCode::Internal, QStringLiteral("operation %1 is missing from the outbox").arg(field.lastN)};
        field.acknowledged = row.value(field.field);
        FIELDFARE_TRY(m_storage.putDirtyField(row.entity, row.id, field));
        row.setValue(field.field, authoredValue(stored->operation));
    }
    return {};
}

Result<void> Replica::takeCreateVerdict(const Verdict &verdict, const Operation &operation)
{
    FIELDFARE_ASSIGN(auto row, m_storage.findRow(operation.entity, operation.record));
    if (!row || row->createdByN != verdict.n)
        return {}; // A pull brought the row before its verdict: the server has it, what was pulled holds.
    if (verdict.isRefusal())
        return forget(operation.entity, operation.record, Cause::Verdict, Waiting::Dropped);
    // A create of a named id that met another one is decided field by field there; the pull brings the result.
    if (verdict.outcome == Outcome::Applied)
        row->versions.setBase(verdict.version);
    return m_storage.updateRow({row->entity, row->id, {}, row->versions, 0, row->stamp});
}

Result<void> Replica::takeFieldVerdict(const Verdict &verdict, const Operation &operation)
{
    FIELDFARE_ASSIGN(const auto row, m_storage.findRow(operation.entity, operation.record));
    if (!row)
        return forgetWaiting(operation);
    const FieldKey field = operation.field();
    FIELDFARE_ASSIGN(std::vector<DirtyField> dirty, m_storage.dirtyFields(operation.entity, operation.record));
    DirtyField *entry = findDirty(dirty, field);
    RowUpdate update{row->entity, row->id, {}, row->versions, row->createdByN, row->stamp};
    Value acknowledged = entry ? entry->acknowledged : row->value(field);
    if (row->createdByN == 0 && verdict.version > row->versions.of(field)) {
        update.versions.set(field, verdict.version);
        acknowledged = verdict.tookEffect() ? authoredValue(operation) : verdict.value;
    }
    if (entry != nullptr && entry->lastN > verdict.n) {
        entry->acknowledged = acknowledged;
        FIELDFARE_TRY(m_storage.putDirtyField(row->entity, row->id, *entry));
    } else {
        if (entry != nullptr)
            FIELDFARE_TRY(m_storage.removeDirtyField(row->entity, row->id, field));
        if (row->value(field) != acknowledged)
            update.shown.push_back({field, acknowledged});
    }
    FIELDFARE_TRY(m_storage.updateRow(update));
    if (update.shown.empty())
        return {};
    RowStamp stamp = update.stamp;
    if (!verdict.tookEffect()) { // it does not say whose value stands, or stands again: not the author's
        stamp.modifiedBy = Id();
        stamp.modifiedAt = m_clock.wallMs();
    }
    return m_listener.rowChanged(*row, update.shown, stamp, Cause::Verdict);
}

Result<void> Replica::takeChanges(std::span<const RowChange> changes)
{
    FIELDFARE_ASSIGN(const ReplicaState known, m_storage.state());
    // All up to here has arrived, or is on the pages of the download that runs: what comes of before is late (rule 3).
    const Version arrived = known.downloading && known.cursor == 0 ? known.downloadCursor : known.cursor;
    Version last = 0;
    for (const RowChange &change : changes) {
        last = std::max(last, change.seq);
        if (change.seq <= arrived && !m_mutants.takePagesBelowCursor && !m_mutants.takeAnyValue)
            continue;
        if (change.erased) {
            if (!m_mutants.noTombstones)
                FIELDFARE_TRY(m_storage.putTombstone(change.entity, change.id, change.seq));
            FIELDFARE_TRY(forget(change.entity, change.id, Cause::Pull, Waiting::Dropped));
            continue;
        }
        if (change.left) {
            if (!m_mutants.keepRowsOutOfSight)
                FIELDFARE_TRY(forget(change.entity, change.id, Cause::Pull, Waiting::Kept));
            continue;
        }
        FIELDFARE_ASSIGN(const Version tombstone, m_storage.tombstone(change.entity, change.id));
        if (tombstone >= change.seq)
            continue;
        FIELDFARE_ASSIGN(auto row, m_storage.findRow(change.entity, change.id));
        if (!row) {
            row.emplace();
            row->entity = change.entity;
            row->id = change.id;
        }
        FIELDFARE_TRY(takeFields(std::move(*row), change.createVersion, change.fields, change.stamp, Cause::Pull));
    }
    if (m_mutants.moveCursorEachPage && last != 0) {
        FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
        state.cursor = std::max(state.cursor, last);
        FIELDFARE_TRY(m_storage.setState(state));
    }
    return {};
}

Result<void> Replica::takeFields(ReplicaRow row, Version createVersion, const std::vector<RowChange::Field> &fields,
                                 const RowStamp &stamp, Cause cause)
{
    const bool isNew = row.versions.base() == 0 && row.createdByN == 0 && row.values.empty() && row.stamp.createdAt == 0;
    if (isNew) {
        row.versions.setBase(createVersion);
        row.stamp = stamp;
        for (const RowChange::Field &field : fields) {
            row.setValue(field.field, field.value);
            row.versions.set(field.field, field.version);
        }
        FIELDFARE_TRY(showWaiting(row));
        FIELDFARE_TRY(m_storage.insertRow(row));
        return m_listener.rowInserted(std::move(row), cause);
    }
    FIELDFARE_ASSIGN(std::vector<DirtyField> dirty, m_storage.dirtyFields(row.entity, row.id));
    RowUpdate update{row.entity, row.id, {}, row.versions, 0, row.stamp};
    if (row.versions.base() == 0)
        update.versions.setBase(createVersion);
    for (const RowChange::Field &field : fields) {
        if (field.version <= row.versions.of(field.field) && !m_mutants.takeAnyValue)
            continue;
        update.versions.set(field.field, field.version);
        if (DirtyField *entry = findDirty(dirty, field.field)) {
            entry->acknowledged = field.value;
            FIELDFARE_TRY(m_storage.putDirtyField(row.entity, row.id, *entry));
        } else if (row.value(field.field) != field.value) {
            update.shown.push_back({field.field, field.value});
        }
    }
    if (dirty.empty())
        update.stamp = stamp;
    FIELDFARE_TRY(m_storage.updateRow(update));
    if (update.shown.empty())
        return {};
    return m_listener.rowChanged(row, update.shown, stamp, cause); // of who changed it, also where own edits of the row wait
}

Result<void> Replica::completePull(Version counter)
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    state.cursor = std::max(state.cursor, counter);
    state.downloading = false;
    return m_storage.setState(state);
}

Result<void> Replica::beginDownload(Version downloadCursor, std::uint64_t epoch, Version scope)
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    if (state.epoch != epoch) // a restored server has the log of its backup
        FIELDFARE_TRY(m_storage.setAuditMark({}));
    state.downloading = true;
    state.cursor = 0;
    state.downloadCursor = downloadCursor;
    state.downloadEntity = 0;
    state.downloadAfter = Id();
    state.epoch = epoch;
    state.scope = scope;
    return m_storage.setState(state);
}

Result<void> Replica::takeDownloadPage(model::EntityId entity, const Id &after, const Id &upTo,
                                       std::span<const ReplicatedRow> rows)
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    FIELDFARE_ASSIGN(const std::vector<Id> known, m_storage.acknowledgedIds(entity, after, upTo));
    FIELDFARE_ASSIGN(const std::uint64_t firstPending, m_storage.firstPendingN());
    // Nothing here yet, nothing waits and nothing was ever pulled: no row of the page can be here or be erased.
    const bool fresh = known.empty() && firstPending == 0 && state.cursor == 0;
    for (const ReplicatedRow &page : rows) {
        if (fresh) {
            ReplicaRow row;
            static_cast<ReplicatedRow &>(row) = page;
            FIELDFARE_TRY(m_storage.insertRow(row));
            FIELDFARE_TRY(m_listener.rowInserted(std::move(row), Cause::Download));
            continue;
        }
        FIELDFARE_ASSIGN(const Version tombstone, m_storage.tombstone(entity, page.id));
        if (tombstone >= page.versions.latest())
            continue;
        FIELDFARE_ASSIGN(auto row, m_storage.findRow(entity, page.id));
        if (!row) {
            row.emplace();
            row->entity = entity;
            row->id = page.id;
        }
        std::set<FieldKey> keys;
        for (const FieldValue &entry : page.values)
            keys.insert(entry.field);
        for (const FieldValue &entry : row->values)
            keys.insert(entry.field);
        for (const auto &[field, version] : page.versions.exceptions())
            keys.insert(field);
        std::vector<RowChange::Field> fields;
        for (const FieldKey &key : keys)
            fields.push_back({key, page.versions.of(key), page.value(key)});
        FIELDFARE_TRY(takeFields(std::move(*row), page.versions.base(), fields, page.stamp, Cause::Download));
    }
    if (!m_mutants.keepRowsAbsentFromDownload) {
        std::set<Id> onPage;
        for (const ReplicatedRow &page : rows)
            onPage.insert(page.id);
        for (const Id &id : known) {
            if (!onPage.contains(id))
                FIELDFARE_TRY(forget(entity, id, Cause::Download, Waiting::Kept));
        }
    }
    state.downloadEntity = entity;
    state.downloadAfter = upTo;
    return m_storage.setState(state);
}

Result<void> Replica::completeDownloadPages()
{
    FIELDFARE_ASSIGN(ReplicaState state, m_storage.state());
    state.cursor = state.downloadCursor;
    return m_storage.setState(state);
}

Result<void> Replica::forget(model::EntityId entity, const Id &id, Cause cause, Waiting waiting)
{
    FIELDFARE_ASSIGN(std::vector<DirtyField> dirty, m_storage.dirtyFields(entity, id));
    FIELDFARE_ASSIGN(const auto row, m_storage.findRow(entity, id));
    if (row)
        FIELDFARE_TRY(m_storage.removeRow(entity, id));
    for (DirtyField &field : dirty) {
        if (waiting == Waiting::Dropped) {
            FIELDFARE_TRY(m_storage.removeDirtyField(entity, id, field.field));
            continue;
        }
        field.acknowledged = Value();
        FIELDFARE_TRY(m_storage.putDirtyField(entity, id, field));
    }
    return row ? m_listener.rowRemoved(*row, cause) : Result<void>();
}

} // namespace fieldfare::changes
