// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was decided is written: log entries, rows, the change index, conflict records.
#include "sync/server/merge/merger_batch.h"

#include "core/model/entities/entities.h"
#include "core/model/value_text.h"

#include <algorithm>

namespace fieldfare::server {

using base::Id;
using base::Result;
using changes::FieldValue;
using changes::Operation;
using changes::OperationKind;
using changes::Outcome;
using changes::Version;
using model::FieldKey;
using model::Value;

namespace {

constexpr qsizetype kMaxConflictText = 69'000; // the bound of the conflict's value fields, with room for the prefix

Value portable(const Value &value)
{
    return Value(model::toPortableText(value).left(kMaxConflictText));
}

QString fieldText(const FieldKey &field)
{
    return field.isCustom() ? field.custom.toString() : QString::number(field.number);
}

/// Derived, so that a repeated decision would name the same record.
Id conflictId(const changes::Origin &origin, const FieldKey &field)
{
    return Id::fromName(QStringLiteral("conflict/") + origin.name.device.toString() + QLatin1Char('/')
                            + QString::number(origin.name.incarnation) + QLatin1Char('/') + QString::number(origin.name.n)
                            + QLatin1Char('/') + QString::fromLatin1(origin.hash.toHex()),
                        fieldText(field));
}

} // namespace

Result<void> Merger::applyGroup(std::span<const Operation> group, size_t first, std::vector<Decision> &decisions, Batch &batch)
{
    FIELDFARE_TRY(writeRows(batch));
    for (size_t i = 0; i < group.size(); ++i) {
        const Operation &operation = group[i];
        Decision &decision = decisions[i];
        FIELDFARE_TRY(logOperation(operation, first + i, decision, batch));
        if (operation.kind == OperationKind::Create && decision.verdict.isRefusal())
            FIELDFARE_TRY(m_storage.putRefusedCreate(operation.entity, operation.record));
        FIELDFARE_TRY(logConflict(operation, decision, batch));
        batch.verdicts.push_back(decision.verdict);
    }
    batch.rows.clear();
    batch.logged.clear();
    batch.writers.clear();
    return {};
}

Result<void> Merger::writeRows(Batch &batch)
{
    Labeller labeller(m_storage, *m_catalog, m_mutants);
    for (auto &[key, working] : batch.rows) {
        if (working.seq == 0)
            continue;
        if (working.isErased) {
            FIELDFARE_TRY(erase(key.first, key.second, working.seq));
            continue;
        }
        if (working.isNew) {
            FIELDFARE_TRY(insertWithParents(key, batch));
            continue;
        }
        FIELDFARE_TRY(m_storage.updateRow(working.row, working.changed));
        FIELDFARE_TRY(m_storage.putChange({working.seq, key.first, key.second, working.row.label, ChangeEntry::Kind::Written}));
    }
    for (const auto &[key, working] : batch.rows) { // when all stand as they are to be
        const bool isMoved = working.seq != 0 && !working.isErased && std::any_of(working.changed.begin(), working.changed.end(), [&, entity = key.first](const FieldKey &field) {
            return labeller.isPlace(entity, field);
        });
        if (isMoved)
            FIELDFARE_TRY(labeller.follow({key.first, key.second}, working.seq));
    }
    return {};
}

/// A new row takes its label from what it hangs on, which the same group may have made. A ring of new rows is cut anywhere.
Result<void> Merger::insertWithParents(const RowKey &key, Batch &batch)
{
    WorkingRow &working = batch.rows.at(key);
    if (working.isInserted)
        return {};
    working.isInserted = true;
    for (const FieldValue &entry : working.row.values) {
        const model::Reference *const reference = entry.value.reference();
        const auto other = reference != nullptr ? batch.rows.find({reference->entity, reference->id}) : batch.rows.end();
        if (other != batch.rows.end() && other->second.isNew && !other->second.isErased && other->second.seq != 0)
            FIELDFARE_TRY(insertWithParents(other->first, batch));
    }
    return insertLabelled(working.row, working.seq);
}

Result<void> Merger::insertLabelled(LabelledRow &row, Version version)
{
    FIELDFARE_ASSIGN(row.label, Labeller(m_storage, *m_catalog, m_mutants).labelOf(row));
    row.labelSince = version;
    FIELDFARE_TRY(m_storage.insertRow(row));
    return m_storage.putChange({version, row.entity, row.id, row.label, ChangeEntry::Kind::Written});
}

/// Erasure leaves no data: not in the row, not in verdicts, not in the conflict log (rule 6).
Result<void> Merger::erase(model::EntityId entity, const Id &id, Version version)
{
    FIELDFARE_ASSIGN(const std::vector<Id> conflicts, m_storage.conflictsAbout({entity, id}));
    for (const Id &conflict : conflicts) {
        FIELDFARE_ASSIGN(const Version own, m_storage.nextVersion());
        FIELDFARE_TRY(eraseRow({model::entities::kConflict.id, conflict}, own));
    }
    if (!m_mutants.keepValuesAfterErasure)
        FIELDFARE_TRY(clearKeptValues(entity, id));
    return eraseRow({entity, id}, version);
}

/// The tombstone goes to those who saw the row.
Result<void> Merger::eraseRow(const model::Reference &row, Version version)
{
    FIELDFARE_ASSIGN(const auto stored, m_storage.row(row.entity, row.id));
    FIELDFARE_TRY(m_storage.removeRow(row.entity, row.id));
    FIELDFARE_TRY(m_storage.putErased(row.entity, row.id));
    return m_storage.putChange({version, row.entity, row.id, stored ? stored->label : kEverybody, ChangeEntry::Kind::Erased});
}

Result<void> Merger::logOperation(const Operation &operation, size_t index, Decision &decision, Batch &batch)
{
    const auto working = batch.logged.find(operation.name);
    LoggedOperation logged;
    if (working != batch.logged.end())
        logged = working->second;
    logged.name = operation.name;
    logged.origin = operation.origin ? *operation.origin : changes::Origin{operation.name, batch.hashes.content[index]};
    logged.rolling = batch.hashes.rolling[index];
    logged.version = decision.isRepeat ? 0 : decision.madeVersion;
    logged.standingVersion = decision.verdict.version;
    logged.standsFor = decision.verdict.tookEffect() && !decision.isRepeat ? decision.verdict.version : decision.resolvedBase;
    logged.entity = operation.entity;
    logged.record = operation.record;
    logged.field = operation.field();
    logged.time = decision.time;
    logged.user = batch.device.user;
    logged.wallMs = operation.stamp.wallMs;
    logged.verdict = decision.verdict;
    logged.pushedValue = baseTextFor(operation, decision);
    if (logged.pushedValue) { // of an erased row nothing is kept, whatever else its edit was refused for
        FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
        if (isErased)
            logged.pushedValue.reset();
    }
    FIELDFARE_TRY(m_storage.putOperation(logged));
    batch.device.lastN = operation.name.n;
    batch.device.rolling = batch.hashes.rolling[index];
    return {};
}

Result<void> Merger::logConflict(const Operation &operation, const Decision &decision, Batch &batch)
{
    if (operation.entity == model::entities::kConflict.id)
        return {}; // what two reviewers chose meets in the field that they chose for
    const auto isKept = [&](const ConflictNote &note) { return !decision.verdict.isRefusal() || note.isProposal(); };
    if (std::none_of(decision.conflicts.begin(), decision.conflicts.end(), isKept))
        return {};
    const model::Entity *entity = m_catalog->entity(model::entities::kConflict.id);
    if (entity == nullptr)
        return {};
    FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
    if (isErased)
        return {}; // by the same group: no value of it stays
    const changes::Origin origin = operation.origin ? *operation.origin : changes::Origin{operation.name, batch.hashes.content[size_t(operation.name.n - batch.firstN)]};
    for (const ConflictNote &note : decision.conflicts) {
        if (!isKept(note))
            continue;
        std::vector<FieldValue> values;
        const auto put = [&](const char *name, const Value &value) {
            if (const model::Field *field = entity->field(QString::fromLatin1(name)); field != nullptr && !value.isEmpty())
                values.push_back({field->key, value});
        };
        const auto user = [](const Id &id) { return id.isNull() ? Value() : Value(model::Reference{model::entities::kUser.id, id}); };
        put("record", Value(model::Reference{operation.entity, operation.record}));
        put("field", Value(fieldText(note.field)));
        put("kind", Value(QString::fromLatin1(note.kind)));
        put("status", Value(QStringLiteral("open")));
        put("base", portable(operation.before));
        put("pushed", portable(note.pushed));
        put("standing", portable(note.standing));
        put("pushed_by", user(batch.device.user));
        put("pushed_at", Value(decision.time.ms));
        put("pushed_device", Value(batch.device.name));
        if (note.standingWriter) {
            put("standing_by", user(note.standingWriter->user));
            put("standing_at", Value(note.standingWriter->time.ms));
            put("standing_device", Value(note.standingWriter->deviceName));
        }
        put("winner", Value(note.pushedWins ? QStringLiteral("pushed") : QStringLiteral("standing")));
        const bool uncertain = decision.time.uncertain || (note.standingWriter && note.standingWriter->time.uncertain);
        put("uncertain", Value(std::int64_t(uncertain ? 1 : 0)));
        if (!operation.action.isNull())
            put("action", Value(operation.action.toString()));
        FIELDFARE_TRY(writeAsServer(entity->id(), conflictId(origin, note.field), values, Id()));
    }
    return {};
}

} // namespace fieldfare::server
