// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testlib/simulation/oracle.h"

#include "core/model/entities/entities.h"
#include "core/model/value_text.h"
#include "tests/testlib/simulation/sim_catalog.h"

#include <algorithm>

namespace fieldfare::simulation {

using namespace changes;
using model::FieldKey;
using model::Value;

namespace {

const FieldKey kTrashed(model::kTrashedNumber);

bool tookEffect(Outcome outcome)
{
    return outcome == Outcome::Applied || outcome == Outcome::Equal || outcome == Outcome::Merged || outcome == Outcome::ConflictWon;
}

bool isRefusal(Outcome outcome)
{
    Verdict verdict;
    verdict.outcome = outcome;
    return verdict.isRefusal();
}

/// Whose a record is: people, teams and parents are named again and again, so that such a value does not name its edit.
bool isPlace(const FieldKey &field)
{
    return field == FieldKey(kParent) || field == FieldKey(kOwner) || field == FieldKey(kTeam);
}

Value conflictValue(const ReplicatedRow &row, const char *name)
{
    const model::Entity *entity = simulationCatalog()->entity(model::entities::kConflict.id);
    return row.value(entity->field(QString::fromLatin1(name))->key);
}

} // namespace

void Oracle::fail(const QString &what)
{
    if (m_violation.isEmpty())
        m_violation = what;
}

void Oracle::noteOperation(const StoredOperation &stored, const DeviceDisk &before)
{
    const RowKey key{stored.operation.entity, stored.operation.record};
    Record record;
    record.operation = stored.operation;
    if (const auto row = before.rows.find(key); row != before.rows.end()) {
        record.shown = row->second.values;
        record.wasThere = row->second.createdByN == 0;
    }
    if (const auto fields = before.dirty.find(key); fields != before.dirty.end()) {
        for (const auto &[field, dirty] : fields->second)
            record.underneath.emplace(field, dirty.acknowledged);
    }
    if (stored.operation.kind == OperationKind::Trash) {
        for (const auto &[other, row] : before.rows) {
            if (row.value(FieldKey(kParent)).referenceId() == key.second)
                record.children.insert(other.second);
        }
    }
    m_records.emplace(stored.hash, std::move(record));
}

void Oracle::noteDiscarded(const QByteArray &hash)
{
    if (!m_outcomes.contains(hash) && !m_handedIn.contains(hash))
        m_records[hash].isDiscarded = true;
}

void Oracle::noteCommit(const protocol::PushRequest &request, const ServerDisk &before, const ServerDisk &after)
{
    noteSight(request, before, after);
    for (const Operation &operation : request.operations) {
        const auto logged = after.log.find(operation.name);
        if (logged == after.log.end() || !logged->second.verdict || logged->second.origin.hash != operation.originOrSelf().hash)
            continue; // not decided, let go, or another operation of a copied profile under this name
        const QByteArray hash = logged->second.origin.hash;
        const Outcome outcome = logged->second.verdict->outcome;
        if (!m_outcomes.emplace(hash, outcome).second || !tookEffect(outcome))
            continue;
        if (operation.kind == OperationKind::Set)
            m_seenBefore.insert({{operation.entity, operation.record}, model::toPortableText(operation.before)});
        if (operation.kind == OperationKind::Create) {
            for (const FieldValue &entry : operation.values) {
                const auto *parent = entry.value.reference();
                const auto row = parent ? before.rows.find({parent->entity, parent->id}) : before.rows.end();
                if (row == before.rows.end() || !row->second.isTrashed())
                    continue;
                const auto still = after.rows.find(row->first);
                const bool cameOut = std::any_of(request.operations.begin(), request.operations.end(), [&](const Operation &other) {
                    return other.kind == OperationKind::Restore && other.record == row->first.second; // for a while, in this push
                });
                if (!cameOut && still != after.rows.end() && still->second.isTrashed())
                    m_childrenOfTrash.insert({operation.entity, operation.record});
            }
        }
    }
    for (const auto &[key, row] : after.rows) {
        const auto former = before.rows.find(key);
        if (row.isTrashed() && former != before.rows.end() && !former->second.isTrashed())
            noteTrash(after, row.versions.of(kTrashed), former->second);
        if (!row.isTrashed() && former != before.rows.end() && former->second.isTrashed())
            noteRestore(after, row.versions.of(kTrashed));
    }
    noteGroups(request, after);
}

/// A refusal refuses the whole group; a lost guarded field loses it.
void Oracle::noteGroups(const protocol::PushRequest &request, const ServerDisk &after)
{
    struct Seen {
        bool refused = false;
        bool accepted = false;
        bool lost = false;
        bool changed = false;
        bool guarded = false;
    };
    std::map<base::Id, Seen> groups;
    for (const Operation &operation : request.operations) {
        const auto logged = after.log.find(operation.name);
        if (operation.group.isNull() || logged == after.log.end() || !logged->second.verdict
            || logged->second.origin.hash != operation.originOrSelf().hash)
            continue;
        const Outcome outcome = logged->second.verdict->outcome;
        Seen &seen = groups[operation.group];
        (isRefusal(outcome) ? seen.refused : seen.accepted) = true;
        seen.lost = seen.lost || outcome == Outcome::ConflictLost;
        seen.changed = seen.changed || outcome == Outcome::Applied || outcome == Outcome::Merged || outcome == Outcome::ConflictWon;
        seen.guarded = seen.guarded || operation.field() == FieldKey(kG0) || operation.field() == FieldKey(kG1);
    }
    for (const auto &[group, seen] : groups) {
        if ((seen.refused && seen.accepted) || (seen.guarded && seen.lost && seen.changed))
            fail(QStringLiteral("half of a group was applied: refused %1, accepted %2, lost %3, changed %4")
                     .arg(seen.refused).arg(seen.accepted).arg(seen.lost).arg(seen.changed));
    }
}

/// Whoever is shown a value has seen it, and what it was based on, and so on.
bool Oracle::hasSeen(const FieldKey &field, Value shown, const Value &value) const
{
    for (int depth = 0; depth < 100 && !shown.isEmpty(); ++depth) {
        if (shown == value)
            return true;
        const auto author = std::find_if(m_records.begin(), m_records.end(), [&](const auto &entry) {
            const Operation &operation = entry.second.operation;
            return operation.kind == OperationKind::Set && operation.field() == field && operation.values.front().value == shown;
        });
        if (author == m_records.end())
            return false;
        shown = author->second.operation.before;
    }
    return false;
}

/// A trash that took effect hides only what its author had seen, or had written before.
void Oracle::noteTrash(const ServerDisk &after, Version version, const ReplicatedRow &before)
{
    const auto name = after.byVersion.find(version);
    if (name == after.byVersion.end())
        return;
    const auto record = m_records.find(after.log.at(name->second).origin.hash);
    if (record == m_records.end() || record->second.operation.kind != OperationKind::Trash)
        return fail(QStringLiteral("a row was trashed by an operation that is no trash"));
    noteHiddenChildren(after, {before.entity, before.id}, record->second);
    ReplicatedRow seen;
    seen.values = record->second.shown;
    for (const FieldKey field : {FieldKey(kF0), FieldKey(kF1), FieldKey(kG0)}) {
        const auto writer = after.byVersion.find(before.versions.of(field));
        const bool isOwn = writer != after.byVersion.end() && writer->second.device == name->second.device;
        const Value now = after.rows.at({before.entity, before.id}).value(field);
        const auto &underneath = record->second.underneath;
        const bool isUnderneath = underneath.contains(field) && underneath.at(field) == before.value(field); // pulled below an own edit
        const bool isKnown = now == seen.value(field) || before.value(field).isEmpty() || isUnderneath || hasSeen(field, seen.value(field), before.value(field));
        // An own earlier edit of the same push may have won against it: then it is in the log, and its author is told.
        const bool isLogged = isInConflictLog({before.entity, before.id}, field, model::toPortableText(before.value(field)), after);
        if (!isOwn && !isKnown && !isLogged)
            fail(QStringLiteral("an edit that the author had not seen disappeared in the trash: f%1 %2, seen %3, version %4, cursor %5")
                     .arg(field.number).arg(before.value(field).textOrEmpty(), seen.value(field).textOrEmpty())
                     .arg(before.versions.of(field) & 0xFFFFFFFFFF).arg(record->second.operation.seenCursor & 0xFFFFFFFFFF));
    }
}

/// An edit leaves a row in the trash.
void Oracle::noteRestore(const ServerDisk &after, Version version)
{
    const auto name = after.byVersion.find(version);
    const auto record = name == after.byVersion.end() ? m_records.end() : m_records.find(after.log.at(name->second).origin.hash);
    if (record != m_records.end() && record->second.operation.kind != OperationKind::Restore)
        fail(QStringLiteral("a row was taken out of the trash by an operation that is no restore"));
}

/// Work under the row that was there before the trash and that the trash's author did not know of.
void Oracle::noteHiddenChildren(const ServerDisk &after, const RowKey &parent, const Record &trash)
{
    for (const auto &[key, row] : after.rows) {
        const bool isChild = key.first == kThing && row.value(FieldKey(kParent)).referenceId() == parent.second;
        // He made it himself, on this device, where it was out of sight for a while.
        const auto maker = after.byVersion.find(row.versions.base());
        const bool isOwn = maker != after.byVersion.end() && maker->second.device == trash.operation.name.device;
        // It lay in the trash itself when its parent came there.
        const bool cameOutLater = row.versions.of(kTrashed) > after.rows.at(parent).versions.of(kTrashed);
        if (isChild && !isOwn && !row.isTrashed() && !cameOutLater && !trash.children.contains(key.second))
            m_hiddenUnseen.insert({parent, key});
    }
}

void Oracle::judge(const ServerDisk &server, const std::vector<const DeviceDisk *> &devices)
{
    followSeen();
    judgeServer(server);
    for (size_t i = 0; i < devices.size(); ++i)
        judgeDevice(server, *devices[i], int(i));
    for (const auto &[hash, record] : m_records)
        judgeOperation(hash, record, server, devices);
    judgeConflicts(server);
}

/// Who edits an own value that was refused or lost has also seen what that one was based on.
void Oracle::followSeen()
{
    bool grew = true;
    while (grew) {
        grew = false;
        for (const auto &[hash, record] : m_records) {
            const Operation &operation = record.operation;
            if (operation.kind != OperationKind::Set)
                continue;
            const RowKey row{operation.entity, operation.record};
            if (m_seenBefore.contains({row, model::toPortableText(operation.values.front().value)}))
                grew = m_seenBefore.insert({row, model::toPortableText(operation.before)}).second || grew;
        }
    }
}

void Oracle::judgeServer(const ServerDisk &server)
{
    for (const RowKey &key : server.erased) {
        if (server.rows.contains(key))
            fail(QStringLiteral("an erased row is on the server again"));
    }
    judgeLog(server);
    judgeQuarantine(server);
    for (const auto &[name, logged] : server.log) {
        if (!server.erased.contains({logged.entity, logged.record}))
            continue;
        if (logged.pushedValue || (logged.verdict && !logged.verdict->value.isEmpty()))
            fail(QStringLiteral("a value of an erased row stayed in the %1 of operation %2 of %3 (outcome %4)")
                     .arg(logged.pushedValue ? QStringLiteral("text") : QStringLiteral("verdict"))
                     .arg(logged.name.n)
                     .arg(logged.name.device.toString().right(4))
                     .arg(logged.verdict ? int(logged.verdict->outcome) : 0));
    }
    std::map<base::Id, std::int64_t> counters;
    for (const auto &[hash, record] : m_records) {
        const Operation &operation = record.operation;
        const auto outcome = m_outcomes.find(hash);
        if (outcome == m_outcomes.end() || !tookEffect(outcome->second) || operation.kind != OperationKind::Set)
            continue;
        if (operation.entity == kThing && operation.field() == FieldKey(kCounter))
            counters[operation.record] += operation.values.front().value.integerOr(0) - operation.before.integerOr(0);
    }
    for (const auto &[id, sum] : counters) {
        const auto row = server.rows.find({kThing, id});
        if (row != server.rows.end() && row->second.value(FieldKey(kCounter)).integerOr(0) != sum)
            fail(QStringLiteral("a counter did not count each operation once"));
    }
    for (const auto &[key, row] : server.rows) {
        QStringList words = key.first == kThing ? row.value(FieldKey(kText)).textOrEmpty().split(QLatin1Char(' '), Qt::SkipEmptyParts) : QStringList();
        const qsizetype count = words.size();
        if (words.removeDuplicates() > 0)
            fail(QStringLiteral("a word of a long text stands twice, of %1").arg(count));
    }
    judgeTrash(server);
}

/// An operation takes effect under one of its names at most.
void Oracle::judgeLog(const ServerDisk &server)
{
    std::set<std::pair<OperationName, QByteArray>> effective;
    for (const auto &[name, logged] : server.log) {
        const bool isNew = logged.version == 0 || effective.emplace(logged.origin.name, logged.origin.hash).second;
        if (!isNew)
            fail(QStringLiteral("an operation took effect twice"));
    }
}

/// All was decided, and nothing of an erased row is kept.
void Oracle::judgeQuarantine(const ServerDisk &server)
{
    for (const auto &[key, operation] : server.quarantine) {
        if (!operation.refused)
            fail(QStringLiteral("an operation that was handed in is decided never"));
        if (server.erased.contains({operation.entity, operation.record}))
            fail(QStringLiteral("a value of an erased row stayed in the quarantine"));
    }
}

/// Whoever's new work hides under a trashed parent is asked.
void Oracle::judgeTrash(const ServerDisk &server)
{
    std::set<base::Id> askedAbout;
    for (const auto &[key, row] : server.rows) {
        if (key.first == model::entities::kConflict.id && conflictValue(row, "kind").textOrEmpty() == QLatin1String("trash"))
            askedAbout.insert(conflictValue(row, "record").referenceId());
    }
    for (const RowKey &child : m_childrenOfTrash) {
        if (server.rows.contains(child) && !askedAbout.contains(child.second))
            fail(QStringLiteral("nobody was asked about new work under a trashed parent"));
    }
    for (const auto &[parent, child] : m_hiddenUnseen) {
        const bool isThere = server.rows.contains(parent) && server.rows.contains(child);
        if (isThere && !askedAbout.contains(parent.second) && !askedAbout.contains(child.second))
            fail(QStringLiteral("a trash hid work that its author had not seen, and nobody was asked: %1 below %2").arg(child.second.toString().left(4), parent.second.toString().left(4)));
    }
}

void Oracle::judgeDevice(const ServerDisk &server, const DeviceDisk &device, int index)
{
    const QString who = QStringLiteral("D%1: ").arg(index);
    if (!device.outbox.empty())
        return fail(who + QStringLiteral("the outbox never empties"));
    if (!device.dirty.empty())
        return fail(who + QStringLiteral("a field stays dirty"));
    for (const auto &[key, row] : device.rows) {
        const auto standing = server.rows.find(key);
        if (standing == server.rows.end())
            return fail(who + QStringLiteral("row %1 (create %2) is not on the server, erased there: %3")
                                  .arg(key.second.toString().left(4)).arg(row.createdByN).arg(server.erased.contains(key)));
        if (row.values != standing->second.values)
            return fail(who + QStringLiteral("shows other values than the server"));
        if (row.createdByN != 0 || !(row.versions == standing->second.versions)) {
            const auto words = [](const RowVersions &versions) {
                QString text = QString::number(versions.base() & 0xFFFFFF);
                for (const auto &[field, version] : versions.exceptions())
                    text += QStringLiteral(" %1@%2").arg(field.number).arg(version & 0xFFFFFF);
                return text;
            };
            return fail(who + QStringLiteral("holds other versions than the server of %1: %2, not %3")
                                  .arg(key.second.toString().left(4), words(row.versions), words(standing->second.versions)));
        }
    }
    for (const auto &[key, row] : device.rows) {
        if (!sees(server, device.state.user, key))
            fail(who + QStringLiteral("has a row that its user may not see: %1").arg(key.second.toString().left(4)));
    }
    for (const auto &[key, row] : server.rows) {
        if (!device.rows.contains(key) && sees(server, device.state.user, key))
            fail(who + QStringLiteral("lacks a row of the server: %1").arg(key.second.toString().left(4)));
    }
}

void Oracle::judgeOperation(const QByteArray &hash, const Record &record, const ServerDisk &server, const std::vector<const DeviceDisk *> &devices)
{
    const Operation &operation = record.operation;
    const auto outcome = m_outcomes.find(hash);
    if (outcome == m_outcomes.end()) {
        if (!record.isDiscarded)
            fail(QStringLiteral("an operation vanished without a verdict"));
        return;
    }
    if (isRefusal(outcome->second)) {
        bool inTray = m_trayLost;
        for (const DeviceDisk *device : devices) {
            for (const TrayEntry &entry : device->tray)
                inTray = inTray || contentHash(entry.operation, encodeContent(entry.operation)) == hash || entry.outcome == Outcome::Gone;
        }
        if (!inTray)
            fail(QStringLiteral("a refused operation is in no tray"));
        if (m_taken.contains(hash) && record.wasThere)
            judgeProposal(operation, server);
        return;
    }
    if (operation.kind == OperationKind::Set || operation.kind == OperationKind::Create) {
        for (const FieldValue &entry : operation.values)
            judgeValue(record, entry.field, entry.value, server);
    }
}

/// Whoever has the record now can still take what the author wrote when it was his.
void Oracle::judgeProposal(const Operation &operation, const ServerDisk &server)
{
    const RowKey key{operation.entity, operation.record};
    const FieldKey field = operation.field();
    const auto row = server.rows.find(key);
    const Value &value = operation.values.front().value;
    if (row == server.rows.end() || value.isEmpty() || isPlace(field) || field == FieldKey(kCounter) || row->second.value(field) == value)
        return;
    const QString text = model::toPortableText(value);
    if (!isInConflictLog(key, field, text, server) && !m_seenBefore.contains({key, text}))
        fail(QStringLiteral("an edit whose right was taken meanwhile is proposed to nobody: ") + text);
}

bool Oracle::isInConflictLog(const RowKey &key, const FieldKey &field, const QString &text, const ServerDisk &server) const
{
    for (auto it = server.rows.lower_bound({model::entities::kConflict.id, base::Id()});
         it != server.rows.end() && it->first.first == model::entities::kConflict.id; ++it) {
        const ReplicatedRow &row = it->second;
        if (conflictValue(row, "record").referenceId() != key.second || conflictValue(row, "field").textOrEmpty() != QString::number(field.number))
            continue;
        for (const char *side : {"pushed", "standing"}) {
            if (conflictValue(row, side).textOrEmpty().contains(text))
                return true;
        }
    }
    return false;
}

/// A value written is current, was seen by the author of a later edit, or stands in the conflict log.
void Oracle::judgeValue(const Record &record, const FieldKey &field, const Value &value, const ServerDisk &server)
{
    const RowKey key{record.operation.entity, record.operation.record};
    if (server.erased.contains(key) || value.isEmpty() || field == FieldKey(kCounter) || isPlace(field))
        return;
    const auto row = server.rows.find(key);
    if (row == server.rows.end())
        return fail(QStringLiteral("a row disappeared"));
    if (row->second.value(field) == value)
        return;
    if (field == FieldKey(kText) && key.first == kThing) {
        const QString now = row->second.value(field).textOrEmpty();
        for (const QString &word : value.textOrEmpty().split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
            if (!now.contains(word) && !isInConflictLog(key, field, word, server))
                fail(QStringLiteral("a word of a long text was lost: ") + word);
        }
        return;
    }
    const QString text = model::toPortableText(value);
    if (m_seenBefore.contains({key, text}) || isInConflictLog(key, field, text, server))
        return;
    fail(QStringLiteral("a value was overwritten unseen and is logged nowhere: ") + text);
}

void Oracle::judgeConflicts(const ServerDisk &server)
{
    for (auto it = server.rows.lower_bound({model::entities::kConflict.id, base::Id()});
         it != server.rows.end() && it->first.first == model::entities::kConflict.id; ++it) {
        const ReplicatedRow &row = it->second;
        if (conflictValue(row, "kind").textOrEmpty() != QLatin1String("field"))
            continue;
        const QString before = conflictValue(row, "base").textOrEmpty();
        // A guard writes a value that stands already, so that there a value does not name its edit.
        const QString field = conflictValue(row, "field").textOrEmpty();
        const bool isGuarded = field == QString::number(kG0) || field == QString::number(kG1) || isPlace(FieldKey(field.toUShort()));
        if (!isGuarded && !before.isEmpty() && before == conflictValue(row, "standing").textOrEmpty())
            fail(QStringLiteral("a conflict with a value that the author had seen: field %1 of %2, %3 by %4, standing %5 by %6")
                     .arg(conflictValue(row, "field").textOrEmpty(), conflictValue(row, "record").referenceId().toString().left(4),
                          conflictValue(row, "pushed").textOrEmpty(), conflictValue(row, "pushed_device").textOrEmpty(),
                          conflictValue(row, "standing").textOrEmpty(), conflictValue(row, "standing_device").textOrEmpty()));
        const QString device = conflictValue(row, "pushed_device").textOrEmpty();
        // A text that the server joined bears the name of the later author, but holds the other one's words too.
        const QString standing = conflictValue(row, "standing").textOrEmpty();
        const bool wasWritten = std::any_of(m_records.begin(), m_records.end(), [&](const auto &entry) {
            const auto &values = entry.second.operation.values;
            return std::any_of(values.begin(), values.end(), [&](const FieldValue &value) { return model::toPortableText(value.value) == standing; });
        });
        if (wasWritten && !device.isEmpty() && device == conflictValue(row, "standing_device").textOrEmpty())
            fail(QStringLiteral("an author conflicts with himself: field %1 of %2, base %3, pushed %4, standing %5 by %6")
                     .arg(field, conflictValue(row, "record").referenceId().toString().left(4), before, conflictValue(row, "pushed").textOrEmpty(),
                          conflictValue(row, "standing").textOrEmpty(), device));
    }
}

} // namespace fieldfare::simulation
