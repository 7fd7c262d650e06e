// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One operation against what stands (DESIGN 6, rules 3 to 6). Nothing is written here but the batch's working rows.
#include "core/rights/permission.h"
#include "sync/server/merge/merger_batch.h"

#include "core/model/entities/entities.h"
#include "core/model/validation.h"

#include <algorithm>

namespace fieldfare::server {

using base::Id;
using base::Result;
using changes::MergeDecision;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using changes::ReplicatedRow;
using changes::Version;
using model::Entity;
using model::Field;
using model::FieldKey;
using model::Value;

namespace {

const FieldKey kTrashed(model::kTrashedNumber);

void setOutcome(changes::Verdict &verdict, Outcome outcome, const QString &reason = {})
{
    verdict.outcome = outcome;
    verdict.reason = reason;
}

Value trashMark(bool trashed)
{
    return trashed ? Value(std::int64_t(1)) : Value();
}

} // namespace

Result<void> Merger::decide(const Operation &operation, Batch &batch, Decision &decision)
{
    decision.verdict.n = operation.name.n;
    FIELDFARE_TRY(correctTime(operation, batch, &decision.time));
    FIELDFARE_ASSIGN(const bool isRepeat, decideRepeat(operation, batch, decision));
    if (isRepeat)
        return {};
    // Also for what is refused: a later edit based on it stands on this operation's own base (rule 3).
    FIELDFARE_ASSIGN(decision.resolvedBase, resolveBase(operation.base, batch, &decision.baseText));
    FIELDFARE_ASSIGN(const bool isRefused, refuse(operation, batch, decision));
    if (isRefused)
        return {};
    if (const auto working = batch.rows.find({operation.entity, operation.record}); working != batch.rows.end() && working->second.isErased) {
        setOutcome(decision.verdict, Outcome::Gone); // by an earlier operation of its own group
        return {};
    }
    switch (operation.kind) {
    case OperationKind::Create:
        return decideCreate(operation, batch, decision);
    case OperationKind::Set:
        return decideSet(operation, batch, decision);
    case OperationKind::Trash:
        return decideTrash(operation, batch, decision);
    case OperationKind::Restore:
        return decideRestore(operation, batch, decision);
    case OperationKind::Erase:
        return decideErase(operation, batch, decision);
    }
    setOutcome(decision.verdict, Outcome::Invalid, QStringLiteral("kind"));
    return {};
}

/// Rule 1: a re-keyed operation is skipped only if that origin and hash is committed, under whatever identity.
/// An original that was handed in may come after its re-keyed copy, so that it is looked for too.
Result<bool> Merger::decideRepeat(const Operation &operation, Batch &batch, Decision &decision)
{
    const bool isLookedFor = operation.origin || (batch.handIn && !m_mutants.handedInTwice && !m_mutants.acceptForgetsVerdict);
    if (!isLookedFor)
        return false;
    const changes::Origin origin = operation.origin
        ? *operation.origin
        : changes::Origin{operation.name, batch.hashes.content[size_t(operation.name.n - batch.firstN)]};
    FIELDFARE_ASSIGN(auto logged, m_storage.operation(origin.name));
    const bool matches = logged && (logged->origin.hash == origin.hash || m_mutants.skipByOriginWithoutHash);
    if (!matches) {
        FIELDFARE_ASSIGN(logged, m_storage.operationByOrigin(origin));
        if (!logged)
            return false;
    }
    decision.isRepeat = true;
    FIELDFARE_ASSIGN(decision.verdict, repeatedVerdict(operation, *logged));
    FIELDFARE_ASSIGN(const bool isSeen, decision.verdict.outcome == Outcome::Settled ? isInSight({operation.entity, operation.record}, batch) : Result<bool>(true));
    if (!isSeen) { // the answer is kept
        decision.verdict.value = Value();
        decision.verdict.version = 0;
    }
    decision.resolvedBase = logged->standsFor;
    decision.mergedFrom = logged->pushedValue;
    return true;
}

Result<bool> Merger::refuse(const Operation &operation, Batch &batch, Decision &decision)
{
    if (batch.rejected.contains(operation.name.n)) {
        setOutcome(decision.verdict, Outcome::Denied, QStringLiteral("rejected"));
        return true;
    }
    const Entity *entity = m_catalog->entity(operation.entity);
    if (entity == nullptr) {
        setOutcome(decision.verdict, Outcome::Invalid, QStringLiteral("entity-unknown"));
        return true;
    }
    for (const changes::FieldValue &entry : operation.values) {
        if (entry.field == kTrashed) { // only its own operations move it: they have rights and rules of their own
            setOutcome(decision.verdict, Outcome::Invalid, QStringLiteral("trash-mark"));
            return true;
        }
        const Field *field = entity->field(entry.field);
        if (field == nullptr)
            continue; // A newer peer's field: kept raw and given on (rule 14).
        if (const auto problem = model::checkBounds(*field, entry.value)) {
            setOutcome(decision.verdict, Outcome::Invalid, model::describeProblem(*entity, *problem));
            return true;
        }
    }
    FIELDFARE_ASSIGN(const bool isAllowed, isPermitted(operation, batch));
    if (!isAllowed) {
        setOutcome(decision.verdict, Outcome::Denied, QStringLiteral("right"));
        FIELDFARE_TRY(propose(operation, batch, decision));
        return true;
    }
    const bool isSet = operation.kind == OperationKind::Set;
    if (entity->has(model::ServerOnly) && !(isSet && rights::mayDeviceSet(*entity, operation.field()))) {
        setOutcome(decision.verdict, Outcome::Denied, QStringLiteral("server-only"));
        return true;
    }
    return refuseReferences(operation, batch, decision);
}

/// What refers to a refused create, or to a row that nobody has, is waiting (rule 4). A parent in the trash is read here,
/// under the same write transaction, so that its author is asked (rules 2 and 6).
Result<bool> Merger::refuseReferences(const Operation &operation, Batch &batch, Decision &decision)
{
    for (const changes::FieldValue &entry : operation.values) {
        const model::Reference *reference = entry.value.reference();
        if (reference == nullptr || reference->id == operation.record)
            continue;
        bool isTrashed = false;
        if (const auto working = batch.rows.find({reference->entity, reference->id}); working != batch.rows.end()) {
            isTrashed = working->second.row.isTrashed();
        } else {
            FIELDFARE_ASSIGN(const auto target, m_storage.row(reference->entity, reference->id));
            if (!target) {
                FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(reference->entity, reference->id));
                if (isErased)
                    continue;
                setOutcome(decision.verdict, Outcome::Waiting, QStringLiteral("reference"));
                return true;
            }
            isTrashed = target->isTrashed();
        }
        const bool isAsked = isTrashed && operation.kind == OperationKind::Create && !m_mutants.parentNotRead;
        const Field *const parent = m_catalog->entity(operation.entity)->parentField();
        const bool hangsOnIt = parent != nullptr && parent->key == entry.field; // its conflict is seen by who sees that
        FIELDFARE_ASSIGN(const bool mayKnow, isAsked && !hangsOnIt ? isInSight(*reference, batch) : Result<bool>(true));
        if (isAsked && mayKnow) {
            ConflictNote note;
            note.kind = "trash";
            note.field = entry.field;
            note.pushed = entry.value;
            note.pushedWins = true;
            decision.conflicts.push_back(std::move(note));
        }
    }
    return false;
}

Result<void> Merger::decideCreate(const Operation &operation, Batch &batch, Decision &decision)
{
    FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
    if (isErased && !m_mutants.editWritesErased) {
        setOutcome(decision.verdict, Outcome::Gone);
        return {};
    }
    FIELDFARE_ASSIGN(const auto existing, m_storage.row(operation.entity, operation.record));
    const RowKey key{operation.entity, operation.record};
    if (existing || batch.rows.contains(key)) {
        if (m_catalog->entity(operation.entity)->has(model::NamedId) && existing)
            return decideNamedCreate(operation, batch, decision);
        setOutcome(decision.verdict, Outcome::Collision);
        return {};
    }
    FIELDFARE_ASSIGN(decision.madeVersion, takeVersion(batch));
    WorkingRow working;
    working.isNew = true;
    working.seq = decision.madeVersion;
    working.row.entity = operation.entity;
    working.row.id = operation.record;
    working.row.versions.setBase(decision.madeVersion);
    for (const changes::FieldValue &entry : operation.values)
        working.row.setValue(entry.field, entry.value);
    working.row.stamp = {decision.time.ms, batch.device.user, decision.time.ms, batch.device.user};
    batch.rows.emplace(key, std::move(working));
    batch.made.insert(key);
    setOutcome(decision.verdict, Outcome::Applied);
    decision.verdict.version = decision.madeVersion;
    return {};
}

/// Two devices made the same named record: their fields meet one by one, with an empty base. Who may not edit it changes nothing.
Result<void> Merger::decideNamedCreate(const Operation &operation, Batch &batch, Decision &decision)
{
    FIELDFARE_ASSIGN(const auto existing, m_storage.row(operation.entity, operation.record));
    FIELDFARE_ASSIGN(const bool mayEdit, mayEditNamed(operation, batch));
    WorkingRow &working = batch.rows.try_emplace({operation.entity, operation.record}, WorkingRow{*existing, {}, 0, false, false}).first->second;
    for (const changes::FieldValue &entry : operation.values) {
        if (!mayEdit && working.row.value(entry.field) != entry.value) {
            setOutcome(decision.verdict, Outcome::Denied, QStringLiteral("right"));
            decision.conflicts.clear();
            return {};
        }
        const bool isEmpty = working.row.value(entry.field).isEmpty();
        Meeting meeting{entry.field, entry.value, Value(), model::Merge::Latest, isEmpty, &working.row};
        FIELDFARE_ASSIGN(const MergeDecision merged, meet(operation, meeting, batch, decision));
        if (merged.outcome == Outcome::Equal || merged.outcome == Outcome::ConflictLost)
            continue;
        if (decision.madeVersion == 0) {
            FIELDFARE_ASSIGN(decision.madeVersion, takeVersion(batch));
        }
        working.row.setValue(entry.field, merged.value);
        working.row.versions.set(entry.field, decision.madeVersion);
        working.changed.push_back(entry.field);
        working.seq = decision.madeVersion;
    }
    setOutcome(decision.verdict, decision.madeVersion != 0 ? Outcome::Merged : Outcome::Equal);
    decision.verdict.version = working.row.versions.base();
    return {};
}

Result<void> Merger::missingRow(const Operation &operation, Decision &decision)
{
    FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
    setOutcome(decision.verdict, isErased ? Outcome::Gone : Outcome::Waiting, isErased ? QString() : QStringLiteral("record"));
    return {};
}

Result<MergeDecision> Merger::meet(const Operation &operation, const Meeting &meeting, Batch &batch, Decision &decision)
{
    changes::MergeInput input;
    input.rule = meeting.rule;
    input.before = meeting.before;
    input.baseIsCurrent = meeting.baseIsCurrent;
    input.pushed = {meeting.pushed, decision.time, operation.name.device};
    input.standing.value = meeting.row->value(meeting.field);
    std::optional<Writer> writer;
    if (!meeting.baseIsCurrent) {
        FIELDFARE_ASSIGN(writer, writerOf(meeting.row->versions.of(meeting.field), batch));
        if (writer) {
            input.standing.time = writer->time;
            input.standing.device = writer->name.device;
        }
    }
    MergeDecision merged = changes::mergeField(input);
    if (merged.outcome == Outcome::ConflictWon || merged.outcome == Outcome::ConflictLost) {
        ConflictNote note;
        note.field = meeting.field;
        note.pushed = meeting.pushed;
        note.standing = input.standing.value;
        note.standingWriter = std::move(writer);
        note.pushedWins = merged.outcome == Outcome::ConflictWon;
        decision.conflicts.push_back(std::move(note));
    }
    return merged;
}

Result<void> Merger::decideSet(const Operation &operation, Batch &batch, Decision &decision)
{
    const RowKey key{operation.entity, operation.record};
    auto found = batch.rows.find(key);
    if (found == batch.rows.end()) {
        FIELDFARE_ASSIGN(auto row, m_storage.row(operation.entity, operation.record));
        if (!row && m_mutants.editWritesErased) {
            row.emplace();
            row->entity = operation.entity;
            row->id = operation.record;
        }
        if (!row)
            return missingRow(operation, decision);
        found = batch.rows.emplace(key, WorkingRow{std::move(*row), {}, 0, false, false}).first;
        found->second.isNew = m_mutants.editWritesErased && found->second.row.versions.base() == 0;
    }
    WorkingRow &working = found->second;
    const FieldKey field = operation.field();
    const Field *spec = m_catalog->entity(operation.entity)->field(field);
    Meeting meeting{field, operation.values.front().value, decision.baseText ? *decision.baseText : operation.before,
                    spec ? spec->merge : model::Merge::Latest,
                    working.row.versions.of(field) <= decision.resolvedBase, &working.row};
    decision.isGuarded = meeting.rule == model::Merge::Guarded;
    FIELDFARE_ASSIGN(const MergeDecision merged, meet(operation, meeting, batch, decision));
    setOutcome(decision.verdict, merged.outcome);
    decision.verdict.version = working.row.versions.of(field);
    if (merged.outcome == Outcome::Equal)
        return {};
    if (merged.outcome == Outcome::ConflictLost) {
        decision.verdict.value = merged.value;
        return {};
    }
    FIELDFARE_ASSIGN(decision.madeVersion, takeVersion(batch));
    decision.verdict.version = decision.madeVersion;
    if (merged.outcome == Outcome::Merged) {
        decision.verdict.value = merged.value;
        decision.mergedFrom = operation.values.front().value;
    }
    working.row.setValue(field, merged.value);
    working.row.versions.set(field, decision.madeVersion);
    if (working.isNew && working.row.versions.base() == 0)
        working.row.versions.setBase(decision.madeVersion);
    working.changed.push_back(field);
    working.seq = decision.madeVersion;
    working.row.stamp.modifiedAt = decision.time.ms;
    working.row.stamp.modifiedBy = batch.device.user;
    if (m_mutants.editRestores && working.row.isTrashed()) {
        working.row.setValue(kTrashed, Value());
        working.row.versions.set(kTrashed, decision.madeVersion);
        working.changed.push_back(kTrashed);
    }
    return {};
}

/// Rule 6: every field is at or below what the author had acknowledged, or was last written by an own earlier operation.
Result<bool> Merger::hasSeenAll(const Operation &operation, const ReplicatedRow &row, Batch &batch)
{
    const auto seenVersion = [&](const FieldKey &key) {
        for (const auto &[field, version] : operation.seenExceptions) {
            if (field == key)
                return version;
        }
        return Version(0);
    };
    const auto isSeen = [&](const FieldKey &key, Version version) -> Result<bool> {
        if (version <= operation.seenCursor || version <= seenVersion(key))
            return true;
        FIELDFARE_ASSIGN(const auto writer, writerOf(version, batch));
        if (!writer)
            return false;
        return std::find(operation.seenOwn.begin(), operation.seenOwn.end(), writer->origin) != operation.seenOwn.end();
    };
    FIELDFARE_ASSIGN(bool seen, isSeen(FieldKey(), row.versions.base()));
    for (const auto &[key, version] : row.versions.exceptions()) {
        if (!seen)
            break;
        FIELDFARE_ASSIGN(seen, isSeen(key, version));
    }
    return seen;
}

Result<void> Merger::decideTrash(const Operation &operation, Batch &batch, Decision &decision)
{
    const RowKey key{operation.entity, operation.record};
    auto found = batch.rows.find(key);
    if (found == batch.rows.end()) {
        FIELDFARE_ASSIGN(auto row, m_storage.row(operation.entity, operation.record));
        if (!row)
            return missingRow(operation, decision);
        found = batch.rows.emplace(key, WorkingRow{std::move(*row), {}, 0, false, false}).first;
    }
    WorkingRow &working = found->second;
    decision.isGuarded = true;
    decision.verdict.version = working.row.versions.of(kTrashed);
    if (working.row.isTrashed()) {
        setOutcome(decision.verdict, Outcome::Equal);
        return {};
    }
    FIELDFARE_ASSIGN(const bool seen, hasSeenAll(operation, working.row, batch));
    if (!seen) {
        ConflictNote note;
        note.kind = "trash";
        note.field = kTrashed;
        note.pushed = trashMark(true);
        FIELDFARE_ASSIGN(note.standingWriter, writerOf(working.row.versions.latest(), batch));
        decision.conflicts.push_back(std::move(note));
        setOutcome(decision.verdict, Outcome::ConflictLost);
        return {};
    }
    FIELDFARE_ASSIGN(decision.madeVersion, takeVersion(batch));
    setOutcome(decision.verdict, Outcome::Applied);
    decision.verdict.version = decision.madeVersion;
    working.row.setValue(kTrashed, trashMark(true));
    working.row.versions.set(kTrashed, decision.madeVersion);
    working.row.stamp.modifiedAt = decision.time.ms;
    working.row.stamp.modifiedBy = batch.device.user;
    working.changed.push_back(kTrashed);
    working.seq = decision.madeVersion;
    return askAboutChildren(operation, batch, decision);
}

/// Rule 6: the trash marks the parent only, and hides its children with it. New work among them that the author of the
/// trash may not have seen is asked about (his cursor says nothing of what came into his sight, or was hung here, after it): one conflict about the mark, with the author of the newest child on the other side.
Result<void> Merger::askAboutChildren(const Operation &operation, Batch &batch, Decision &decision)
{
    constexpr int kMostChildren = 1000; // made since the author's last pull
    if (m_mutants.childrenNotRead)
        return {};
    FIELDFARE_ASSIGN(const auto children, m_storage.childrenComeAfter({operation.entity, operation.record}, operation.seenCursor, kMostChildren));
    for (const ServerStorage::Child &child : children) {
        FIELDFARE_ASSIGN(auto writer, writerOf(child.version, batch));
        if (writer && writer->name.device == batch.device.device)
            continue; // made on this device, before the trash
        ConflictNote note;
        note.kind = "trash";
        note.field = kTrashed;
        note.pushed = trashMark(true);
        note.pushedWins = true;
        FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
        if (rights->seeAll() || rights->may(rights::Action::See, child.record.entity)) // else nobody is named, nor the time
            note.standingWriter = std::move(writer);
        decision.conflicts.push_back(std::move(note));
        break;
    }
    return {};
}

Result<void> Merger::decideRestore(const Operation &operation, Batch &batch, Decision &decision)
{
    const RowKey key{operation.entity, operation.record};
    auto found = batch.rows.find(key);
    if (found == batch.rows.end()) {
        FIELDFARE_ASSIGN(auto row, m_storage.row(operation.entity, operation.record));
        if (!row)
            return missingRow(operation, decision);
        found = batch.rows.emplace(key, WorkingRow{std::move(*row), {}, 0, false, false}).first;
    }
    WorkingRow &working = found->second;
    const Meeting meeting{kTrashed, Value(), trashMark(true), model::Merge::Guarded,
                          working.row.versions.of(kTrashed) <= decision.resolvedBase, &working.row};
    decision.isGuarded = true;
    FIELDFARE_ASSIGN(const MergeDecision merged, meet(operation, meeting, batch, decision));
    setOutcome(decision.verdict, merged.outcome);
    decision.verdict.version = working.row.versions.of(kTrashed);
    decision.verdict.value = working.row.value(kTrashed);
    if (merged.outcome != Outcome::Applied)
        return {};
    FIELDFARE_ASSIGN(decision.madeVersion, takeVersion(batch));
    decision.verdict.version = decision.madeVersion;
    decision.verdict.value = Value();
    working.row.setValue(kTrashed, Value());
    working.row.versions.set(kTrashed, decision.madeVersion);
    working.row.stamp.modifiedAt = decision.time.ms;
    working.row.stamp.modifiedBy = batch.device.user;
    working.changed.push_back(kTrashed);
    working.seq = decision.madeVersion;
    return {};
}

/// Only administrators erase; everything else of rights comes with the accounts.
Result<void> Merger::decideErase(const Operation &operation, Batch &batch, Decision &decision)
{
    FIELDFARE_ASSIGN(const auto user, m_storage.row(model::entities::kUser.id, batch.device.user));
    const Entity *users = m_catalog->entity(model::entities::kUser.id);
    const Field *role = users ? users->field(QStringLiteral("role")) : nullptr;
    const QString roleKey = user && role ? user->value(role->key).textOrEmpty() : QString();
    if (roleKey != QLatin1String("system_administrator") && roleKey != QLatin1String("data_administrator")) {
        setOutcome(decision.verdict, Outcome::Denied, QStringLiteral("administrators-only"));
        return {};
    }
    if (operation.entity == model::entities::kTeam.id) { // scopes follow from teams: one that vanished would leave no version behind
        setOutcome(decision.verdict, Outcome::Denied, QStringLiteral("trash-only"));
        return {};
    }
    const RowKey key{operation.entity, operation.record};
    FIELDFARE_ASSIGN(auto row, m_storage.row(operation.entity, operation.record));
    if (!row)
        return missingRow(operation, decision);
    WorkingRow &working = batch.rows.try_emplace(key, WorkingRow{std::move(*row), {}, 0, false, false}).first->second;
    FIELDFARE_ASSIGN(decision.madeVersion, takeVersion(batch));
    working.isErased = true;
    working.seq = decision.madeVersion;
    setOutcome(decision.verdict, Outcome::Applied);
    decision.verdict.version = decision.madeVersion;
    return {};
}

/// Rule 3: a base on an own operation stands for what it produced if it took effect, else for that operation's own base.
Result<Version> Merger::resolveBase(const changes::Base &base, Batch &batch, std::optional<Value> *mergedText)
{
    if (!base.own)
        return base.version;
    const auto working = batch.logged.find(base.own->name);
    std::optional<LoggedOperation> logged;
    if (working != batch.logged.end() && working->second.origin.hash == base.own->hash) {
        logged = working->second;
    } else {
        FIELDFARE_ASSIGN(logged, m_storage.operation(base.own->name));
        if (!logged || logged->origin.hash != base.own->hash) {
            FIELDFARE_ASSIGN(logged, m_storage.operationByOrigin(*base.own));
        }
    }
    if (!logged) {
        for (const auto &[name, entry] : batch.logged) {
            if (entry.origin == *base.own)
                logged = entry;
        }
    }
    if (!logged)
        return Version(0);
    *mergedText = logged->pushedValue;
    return m_mutants.ownBaseIsVerdictVersion ? logged->standingVersion : logged->standsFor;
}

Result<std::optional<Writer>> Merger::writerOf(Version version, Batch &batch)
{
    const auto it = batch.writers.find(version);
    if (it != batch.writers.end())
        return std::optional<Writer>(it->second);
    return m_storage.writer(version);
}

Result<Version> Merger::takeVersion(Batch &batch)
{
    if (m_mutants.oneVersionPerPush && batch.sharedVersion != 0)
        return batch.sharedVersion;
    FIELDFARE_ASSIGN(batch.sharedVersion, m_storage.nextVersion());
    return batch.sharedVersion;
}

} // namespace fieldfare::server
