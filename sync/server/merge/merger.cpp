// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/merger.h"

#include "sync/server/merge/merger_batch.h"

#include <algorithm>

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Id;
using base::Result;
using changes::Operation;
using changes::OperationKind;
using changes::OperationName;
using changes::Outcome;
using changes::Verdict;
using changes::Version;
using model::FieldKey;
using model::Value;
using protocol::PushReply;
using protocol::PushRequest;
using protocol::PushStatus;

namespace {

Value trashMarkOf(OperationKind kind)
{
    return kind == OperationKind::Trash ? Value(std::int64_t(1)) : Value();
}

} // namespace

Merger::Merger(ServerStorage &storage, model::CatalogPointer catalog, const base::Clock &clock, MergerMutants mutants)
    : m_storage(storage), m_catalog(std::move(catalog)), m_clock(clock), m_mutants(mutants)
{
}

Result<PushReply> Merger::push(const PushRequest &request)
{
    FIELDFARE_ASSIGN(const auto found, m_storage.device(request.device));
    PushReply reply;
    reply.epoch = m_storage.epoch();
    if (!found || found->revoked) {
        reply.status = PushStatus::Revoked;
        return reply;
    }
    if (found->userDisabled) // as a whole, so that nothing is denied that may be handed in
        return {ErrorCode::AccountDisabled, QStringLiteral("the account is disabled")};
    reply.lastN = found->lastN;
    if (request.epoch != reply.epoch) {
        reply.status = PushStatus::EpochChanged;
        return reply;
    }
    if (found->incarnation != request.incarnation) {
        reply.status = PushStatus::Cloned;
        return reply;
    }
    Batch batch;
    batch.device = *found;
    FIELDFARE_ASSIGN(batch.handIn, m_storage.handIn(request.device));
    FIELDFARE_TRY(measureClock(request, batch));
    FIELDFARE_ASSIGN(const auto refusal, OperationChain(m_storage, batch.device, batch.handIn, m_mutants).check(request, found->lastN + 1, &batch.hashes));
    if (refusal) {
        reply.status = *refusal;
        return reply;
    }
    FIELDFARE_TRY(noteSeen(request, batch));
    FIELDFARE_TRY(decideAll(request, batch));
    FIELDFARE_TRY(dropDecided(batch, found->lastN));
    FIELDFARE_TRY(hideOutOfSight(request, batch));
    const std::uint64_t letGo = std::min(request.acknowledgedN, batch.device.lastN);
    if (letGo > batch.device.letGoN) {
        FIELDFARE_TRY(m_storage.letVerdictsGo(request.device, request.incarnation, letGo));
        batch.device.letGoN = letGo;
    }
    FIELDFARE_TRY(m_storage.putDevice(batch.device));
    reply.lastN = batch.device.lastN;
    reply.verdicts = std::move(batch.verdicts);
    return reply;
}

Result<void> Merger::measureClock(const PushRequest &request, Batch &batch)
{
    batch.now = m_clock.wallMs();
    if (!request.operations.empty())
        batch.firstN = request.operations.front().name.n;
    if (request.clock.bootId.isEmpty())
        return {};
    return m_storage.putBootOffset(request.device, request.clock.bootId, batch.now - request.clock.bootMs);
}

Result<void> Merger::decideAll(const PushRequest &request, Batch &batch)
{
    const std::vector<Operation> &operations = request.operations;
    size_t i = 0;
    const std::uint64_t lastN = batch.device.lastN;
    while (i < operations.size() && operations[i].name.n <= lastN && !m_mutants.noStoredVerdict) {
        FIELDFARE_ASSIGN(const auto logged, m_storage.operation(operations[i].name));
        if (!logged)
            return Error{ErrorCode::Internal, QStringLiteral("no log entry for a repeated operation")};
        if (!(m_mutants.ignoreSettled && !logged->verdict)) {
            FIELDFARE_ASSIGN(Verdict verdict, repeatedVerdict(operations[i], *logged));
            batch.verdicts.push_back(std::move(verdict));
        }
        ++i;
    }
    while (i < operations.size()) {
        size_t end = i + 1;
        while (end < operations.size() && !operations[i].group.isNull() && operations[end].group == operations[i].group)
            ++end;
        FIELDFARE_TRY(decideGroup(std::span(operations).subspan(i, end - i), i, batch));
        i = end;
    }
    return {};
}

/// The stored answer, or "settled" with the field's present value and version once the verdict was let go. For an erased
/// row every retry answers gone (rule 4).
Result<Verdict> Merger::repeatedVerdict(const Operation &operation, const LoggedOperation &logged)
{
    Verdict verdict;
    verdict.n = operation.name.n;
    if (operation.kind != OperationKind::Erase && !m_mutants.keepValuesAfterErasure) {
        FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
        if (isErased) {
            verdict.outcome = Outcome::Gone;
            return verdict;
        }
    }
    if (logged.verdict) {
        verdict = *logged.verdict;
        verdict.n = operation.name.n;
        if (m_mutants.storedVerdictWithoutValue)
            verdict.value = Value();
        return verdict;
    }
    verdict.outcome = Outcome::Settled;
    // Without a row the create was refused: a version of 0 says that nothing stands.
    FIELDFARE_ASSIGN(const auto row, m_storage.row(operation.entity, operation.record));
    if (!row)
        return verdict;
    const FieldKey field = operation.field();
    const bool isCreate = operation.kind == OperationKind::Create;
    verdict.version = isCreate ? row->versions.base() : row->versions.of(field);
    if (!isCreate) {
        verdict.value = row->value(field);
        return verdict;
    }
    // The create that made the row stands for ever: without its version the next edit of a copy would be based on nothing.
    FIELDFARE_ASSIGN(const Version made, versionMadeBy(logged));
    if (made != 0 && made == verdict.version)
        verdict.outcome = Outcome::Applied;
    return verdict;
}

/// Of an operation that was skipped as a repeat: what it made under its other name.
Result<Version> Merger::versionMadeBy(const LoggedOperation &logged)
{
    if (logged.version != 0)
        return logged.version;
    if (logged.name == logged.origin.name) { // an original whose copy was decided first (quarantine) stands for what that made
        FIELDFARE_ASSIGN(const auto writer, logged.standsFor != 0 ? m_storage.writer(logged.standsFor) : Result<std::optional<Writer>>(std::nullopt));
        return writer && writer->origin == logged.origin ? logged.standsFor : Version(0);
    }
    FIELDFARE_ASSIGN(const auto original, m_storage.operation(logged.origin.name));
    return original && original->origin == logged.origin ? original->version : Version(0);
}

/// All operations of a group are decided before any is written: a refusal refuses all, a lost conflict of a guarded group
/// sends all to the conflict log (rule 4). Versions taken for nothing are simply never used.
Result<void> Merger::decideGroup(std::span<const Operation> group, size_t first, Batch &batch)
{
    std::vector<Decision> decisions(group.size());
    if (group.size() > 1)
        batch.permittedBefore = batch.permitted;
    const bool isTooLarge = group.size() > size_t(changes::kMaxGroupOperations);
    for (size_t i = 0; i < group.size(); ++i) {
        if (isTooLarge) {
            decisions[i].verdict = {group[i].name.n, Outcome::Invalid, 0, {}, QStringLiteral("group-too-large")};
            FIELDFARE_TRY(answerWithStanding(group[i], batch, decisions[i]));
            continue;
        }
        FIELDFARE_TRY(decide(group[i], batch, decisions[i]));
        noteWorking(group[i], first + i, decisions[i], batch);
        if (decisions[i].verdict.isRefusal() && !decisions[i].isRepeat)
            FIELDFARE_TRY(answerWithStanding(group[i], batch, decisions[i]));
    }
    const auto refused = std::find_if(decisions.begin(), decisions.end(), [](const Decision &d) { return !d.isRepeat && d.verdict.isRefusal(); });
    const bool isGuarded = std::any_of(decisions.begin(), decisions.end(), [](const Decision &d) { return d.isGuarded; });
    const bool isLost = std::any_of(decisions.begin(), decisions.end(), [](const Decision &d) { return d.verdict.outcome == Outcome::ConflictLost; });
    if (group.size() > 1 && !m_mutants.groupHalfApplied) {
        if (refused != decisions.end())
            FIELDFARE_TRY(refuseGroup(group, refused->verdict.outcome, decisions, batch));
        else if (isGuarded && isLost)
            FIELDFARE_TRY(loseGroup(group, decisions, batch));
    }
    return applyGroup(group, first, decisions, batch);
}

/// Later operations of the same group may have this one as their base, or be about versions it made.
void Merger::noteWorking(const Operation &operation, size_t index, const Decision &decision, Batch &batch)
{
    LoggedOperation logged;
    logged.name = operation.name;
    logged.origin = operation.origin ? *operation.origin : changes::Origin{operation.name, batch.hashes.content[index]};
    logged.standingVersion = decision.verdict.version;
    logged.standsFor = decision.verdict.tookEffect() ? decision.verdict.version : decision.resolvedBase;
    logged.pushedValue = baseTextFor(operation, decision);
    if (decision.madeVersion != 0)
        batch.writers[decision.madeVersion] = {logged.name, logged.origin, batch.device.user, batch.device.name, decision.time};
    batch.logged[operation.name] = std::move(logged);
}

/// What a later edit of a long text on this one has as its base, where that is not this one's text: after a merge what the
/// author had written; after a refusal or a lost conflict what this one was based on (rule 3), or the words that it
/// brought would count as there before and be deleted by whoever lacks them.
std::optional<Value> Merger::baseTextFor(const Operation &operation, const Decision &decision) const
{
    if (decision.mergedFrom || decision.isRepeat || operation.kind != OperationKind::Set || decision.verdict.tookEffect())
        return decision.mergedFrom;
    const model::Entity *entity = m_catalog->entity(operation.entity);
    const model::Field *field = entity != nullptr ? entity->field(operation.field()) : nullptr;
    if (field == nullptr || field->merge != model::Merge::Text)
        return std::nullopt;
    return decision.baseText ? *decision.baseText : operation.before;
}

/// What the group was to make is not made, and what was permitted as if it had been changed is not.
void Merger::forgetMade(std::span<const Operation> group, Batch &batch)
{
    if (group.size() > 1)
        batch.permitted = batch.permittedBefore;
    for (const Operation &operation : group) {
        if (operation.kind == OperationKind::Create)
            batch.made.erase({operation.entity, operation.record});
    }
}

Result<void> Merger::refuseGroup(std::span<const Operation> group, Outcome outcome, std::vector<Decision> &decisions, Batch &batch)
{
    forgetMade(group, batch);
    batch.rows.clear();
    for (size_t i = 0; i < group.size(); ++i) {
        Decision &decision = decisions[i];
        decision.madeVersion = 0;
        std::erase_if(decision.conflicts, [](const ConflictNote &note) { return !note.isProposal(); });
        decision.mergedFrom.reset();
        if (decision.isRepeat || decision.verdict.isRefusal())
            continue;
        decision.verdict = {group[i].name.n, outcome, 0, {}, QStringLiteral("group")};
        FIELDFARE_TRY(answerWithStanding(group[i], batch, decision));
    }
    return {};
}

Result<void> Merger::loseGroup(std::span<const Operation> group, std::vector<Decision> &decisions, Batch &batch)
{
    forgetMade(group, batch);
    batch.rows.clear();
    for (size_t i = 0; i < group.size(); ++i) {
        Decision &decision = decisions[i];
        const Operation &operation = group[i];
        decision.madeVersion = 0;
        decision.mergedFrom.reset();
        if (decision.isRepeat)
            continue;
        if (operation.kind == OperationKind::Create || operation.kind == OperationKind::Erase) {
            // A new row has nothing to lose against, but all or nothing holds: it waits with its group in the tray.
            decision.conflicts.clear();
            decision.verdict = {operation.name.n, Outcome::Waiting, 0, {}, QStringLiteral("group")};
            continue;
        }
        const Outcome before = decision.verdict.outcome;
        FIELDFARE_ASSIGN(const auto standing, m_storage.row(operation.entity, operation.record));
        if (!standing) { // the group was to make it
            decision.conflicts.clear();
            decision.verdict = {operation.name.n, Outcome::Waiting, 0, {}, QStringLiteral("group")};
            continue;
        }
        FIELDFARE_TRY(answerWithStanding(operation, batch, decision));
        const Value wanted = operation.kind == OperationKind::Set ? operation.values.front().value : trashMarkOf(operation.kind);
        if (before == Outcome::ConflictLost || (before == Outcome::Equal && decision.verdict.value == wanted))
            continue; // equal to what stands, and not to what an earlier operation of the group had made
        decision.verdict.outcome = Outcome::ConflictLost;
        decision.conflicts.clear();
        ConflictNote note;
        note.kind = "group";
        note.field = operation.field();
        note.pushed = operation.kind == OperationKind::Set ? wanted : Value(std::int64_t(operation.kind == OperationKind::Trash ? 1 : 0));
        note.standing = decision.verdict.value;
        FIELDFARE_ASSIGN(note.standingWriter, m_storage.writer(decision.verdict.version));
        decision.conflicts.push_back(std::move(note));
    }
    return {};
}

/// A refused or lost field edit is answered with what stands, so that the device can show it again.
Result<void> Merger::answerWithStanding(const Operation &operation, Batch &batch, Decision &decision)
{
    decision.verdict.version = 0;
    decision.verdict.value = Value();
    if (operation.kind == OperationKind::Create || decision.verdict.outcome == Outcome::Gone)
        return {};
    FIELDFARE_ASSIGN(const auto row, m_storage.row(operation.entity, operation.record));
    FIELDFARE_ASSIGN(const bool isSeen, isInSight({operation.entity, operation.record}, batch));
    // The answer is kept: what is out of sight now must not be in it when it is asked for later on.
    if (row && (isSeen || m_mutants.refusalTellsValue)) {
        decision.verdict.version = row->versions.of(operation.field());
        decision.verdict.value = row->value(operation.field());
    }
    return {};
}

/// Server time of an edit: the boot clock plus the session's measured offset, never above now, never decreasing in n.
Result<void> Merger::correctTime(const Operation &operation, Batch &batch, changes::CorrectedTime *time)
{
    const changes::Stamp &stamp = operation.stamp;
    std::optional<std::int64_t> offset;
    if (stamp.bootId != QByteArray(16, '\0')) {
        FIELDFARE_ASSIGN(offset, m_storage.bootOffset(batch.device.device, stamp.bootId));
    }
    time->uncertain = !offset.has_value();
    time->ms = std::min(offset ? stamp.bootMs + *offset : stamp.wallMs, batch.now);
    time->ms = std::max(time->ms, batch.device.lastCorrectedMs);
    batch.device.lastCorrectedMs = time->ms;
    return {};
}

Result<Version> Merger::writeAsServer(model::EntityId entity, const Id &id, const std::vector<changes::FieldValue> &values, const Id &user)
{
    FIELDFARE_ASSIGN(auto row, m_storage.row(entity, id));
    const bool isNew = !row.has_value();
    if (isNew) {
        row.emplace();
        row->entity = entity;
        row->id = id;
        row->stamp = {m_clock.wallMs(), user, m_clock.wallMs(), user};
    }
    std::vector<FieldKey> changed;
    for (const changes::FieldValue &entry : values) {
        if (row->value(entry.field) != entry.value)
            changed.push_back(entry.field);
    }
    if (changed.empty() && !isNew)
        return row->versions.latest();
    FIELDFARE_ASSIGN(const Version version, m_storage.nextVersion());
    if (isNew)
        row->versions.setBase(version);
    for (const changes::FieldValue &entry : values) {
        if (std::find(changed.begin(), changed.end(), entry.field) == changed.end())
            continue;
        row->setValue(entry.field, entry.value);
        row->versions.set(entry.field, version);
    }
    row->stamp.modifiedAt = m_clock.wallMs();
    row->stamp.modifiedBy = user;
    LoggedOperation logged;
    logged.name = {Id(), 0, version}; // the server is a device in the log too, with the version as its n
    logged.origin = {logged.name, QByteArray(changes::kHashBytes, '\0')};
    logged.rolling = changes::firstRollingHash();
    logged.version = version;
    logged.standsFor = version;
    logged.standingVersion = version;
    logged.entity = entity;
    logged.record = id;
    logged.user = user;
    logged.time = {m_clock.wallMs(), false};
    logged.wallMs = m_clock.wallMs();
    FIELDFARE_TRY(m_storage.putOperation(logged));
    if (isNew) {
        FIELDFARE_TRY(insertLabelled(*row, version));
        return version;
    }
    FIELDFARE_TRY(m_storage.updateRow(*row, changed));
    FIELDFARE_TRY(m_storage.putChange({version, entity, id, row->label, ChangeEntry::Kind::Written}));
    Labeller labeller(m_storage, *m_catalog, m_mutants);
    if (std::any_of(changed.begin(), changed.end(), [&](const FieldKey &field) { return labeller.isPlace(entity, field); }))
        FIELDFARE_TRY(labeller.follow({entity, id}, version));
    return version;
}

} // namespace fieldfare::server
