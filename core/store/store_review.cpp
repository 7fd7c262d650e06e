// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What asks for a person: conflicts, and changes that the server did not take.
#include "core/store/store_parts.h"

#include "core/model/entities/entities.h"
#include "core/model/value_text.h"
#include "core/store/query/open_conflicts.h"

#include <QDateTime>

#include <limits>

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;
using model::Entity;
using model::FieldKey;
using model::Record;
using model::Value;

namespace {

/// Reads a conflict record by field names; `swapped` turns pushed and standing round.
class ConflictReader {
public:
    ConflictReader(const Entity &entity, const Record &record) : m_entity(entity), m_record(record) {}

    [[nodiscard]] const Value &value(const char *name) const
    {
        static const Value none;
        const model::Field *field = m_entity.field(QString::fromLatin1(name));
        return field != nullptr ? m_record.value(*field) : none;
    }
    [[nodiscard]] QString text(const char *name) const { return value(name).textOrEmpty(); }
    [[nodiscard]] Value carried(const char *name) const
    {
        const auto parsed = model::fromPortableText(text(name));
        return parsed.ok() ? *parsed : Value(text(name));
    }

private:
    const Entity &m_entity;
    const Record &m_record;
};

ConflictView viewOf(const Entity &entity, const Record &record, const Id &user)
{
    const ConflictReader reader(entity, record);
    ConflictView view;
    view.id = record.id;
    if (const model::Reference *reference = reader.value("record").reference())
        view.record = *reference;
    view.field = conflictField(reader.text("field"));
    view.kind = reader.text("kind");
    view.open = reader.text("status") != QLatin1StringView("resolved");
    view.base = reader.carried("base");
    view.mine = reader.carried("pushed");
    view.theirs = reader.carried("standing");
    view.mineBy = reader.value("pushed_by").referenceId();
    view.theirsBy = reader.value("standing_by").referenceId();
    view.mineAt = reader.value("pushed_at").integerOr(0);
    view.theirsAt = reader.value("standing_at").integerOr(0);
    view.mineDevice = reader.text("pushed_device");
    view.theirsDevice = reader.text("standing_device");
    view.mineIsShown = reader.text("winner") == QLatin1StringView("pushed");
    view.uncertainTime = reader.value("uncertain").integerOr(0) == 1;
    view.resolution = reader.text("resolution");
    if (!view.open) {
        view.resolvedBy = reader.value("resolved_by").referenceId();
        view.resolvedAt = record.modifiedAt; // nothing is changed after
    }
    if ((view.theirsBy == user || view.isProposal()) && view.mineBy != user) {
        std::swap(view.mine, view.theirs);
        std::swap(view.mineBy, view.theirsBy);
        std::swap(view.mineAt, view.theirsAt);
        std::swap(view.mineDevice, view.theirsDevice);
        view.mineIsShown = !view.mineIsShown;
    }
    return view;
}

Result<std::vector<TrayView>> readTray(storage::Connection &connection)
{
    FIELDFARE_ASSIGN(const auto query, connection.prepare(QStringLiteral(
                                           "SELECT device, incarnation, n, origin_device, origin_incarnation, origin_n, origin_hash, "
                                           "content, outcome, reason, refused_at, id FROM tray ORDER BY id")));
    std::vector<TrayView> entries;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query->step());
        if (!row)
            return entries;
        TrayView entry;
        FIELDFARE_ASSIGN(entry.operation, changes::decodeContent(query->blob(7)));
        entry.operation.name = readName(*query, 0);
        entry.operation.origin = readOrigin(*query, 3);
        entry.outcome = changes::Outcome(query->int64(8));
        entry.reason = query->text(9);
        entry.refusedAt = query->int64(10);
        entry.id = query->int64(11);
        entries.push_back(std::move(entry));
    }
}

Result<void> removeFromTray(storage::Connection &connection, qint64 id)
{
    storage::Statement &statement = connection.statement(QLatin1StringView("DELETE FROM tray WHERE id = ?"));
    statement.bind(1, id);
    return statement.run();
}

bool refersTo(const changes::Operation &operation, const Id &record)
{
    if (operation.record == record)
        return true;
    return std::any_of(operation.values.begin(), operation.values.end(),
                       [&](const changes::FieldValue &entry) { return entry.value.referenceId() == record; });
}

/// The operation as a new change: a create whose record is here after all becomes edits of its fields.
LocalChange again(const changes::Operation &operation, bool isHere, const std::vector<changes::FieldValue> &corrected)
{
    LocalChange change;
    change.kind = operation.kind == OperationKind::Create && isHere ? OperationKind::Set : operation.kind;
    change.entity = operation.entity;
    change.record = operation.record;
    change.values = operation.values;
    for (const changes::FieldValue &entry : corrected) {
        std::erase_if(change.values, [&](const changes::FieldValue &other) { return other.field == entry.field; });
        change.values.push_back(entry);
    }
    return change;
}

} // namespace

Result<std::vector<ConflictView>> Store::conflicts(bool openOnly)
{
    FIELDFARE_ASSIGN(const TableLayout *const layout, m_parts->reader.layout(model::entities::kConflict.id));
    FIELDFARE_ASSIGN(const changes::ReplicaState state, replicaState());
    std::vector<ConflictView> views;
    {
        FIELDFARE_ASSIGN(const auto query, m_parts->connection->prepare(
                                               QStringLiteral("SELECT %1 FROM %2 WHERE trashed = 0%3 ORDER BY id DESC")
                                                   .arg(layout->selectList(), layout->table(),
                                                        openOnly ? QStringLiteral(" AND status = 'open'") : QString())));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query->step());
            if (!row)
                break;
            views.push_back(viewOf(*layout->description(), layout->readRecord(*query), state.user));
        }
    }
    for (ConflictView &view : views) {
        FIELDFARE_ASSIGN(const auto row, m_parts->storage.findRow(view.record.entity, view.record.id));
        if (row)
            view.shown = row->value(view.field);
    }
    return views;
}

Result<ConflictView> Store::conflict(const Id &id)
{
    const model::EntityId entity = model::entities::kConflict.id;
    FIELDFARE_ASSIGN(const Record found, record(entity, id, false));
    FIELDFARE_ASSIGN(const changes::ReplicaState state, replicaState());
    ConflictView view = viewOf(*catalog()->entity(entity), found, state.user);
    FIELDFARE_ASSIGN(const auto row, m_parts->storage.findRow(view.record.entity, view.record.id));
    if (row)
        view.shown = row->value(view.field);
    return view;
}

/// One group: the value with the base of now, and the conflict's status, guarded, so that of two people who resolve it at once
/// the second is asked again. For that the value is sent also where it is shown already.
Result<CommitReport> Store::resolveConflict(const Id &id, Resolution resolution, const Value &value)
{
    FIELDFARE_ASSIGN(const ConflictView view, conflict(id));
    if (!view.open) {
        const auto by = title({model::entities::kUser.id, view.resolvedBy});
        return {ErrorCode::AlreadyResolved, QString(),
                {by.ok() ? by.value() : QString(), QDateTime::fromMSecsSinceEpoch(view.resolvedAt, Qt::UTC).toString(Qt::ISODate)}};
    }
    FIELDFARE_ASSIGN(const changes::ReplicaState state, replicaState());
    const Value chosen = resolution == Resolution::KeepMine ? view.mine : resolution == Resolution::KeepTheirs ? view.theirs : value;
    ChangeSet set;
    set.label = QStringLiteral("Resolve");
    set.cause = Cause::Resolve;
    const Id group = newId();
    const bool isMark = view.field == FieldKey(model::kTrashedNumber);
    FIELDFARE_ASSIGN(const auto row, m_parts->storage.findRow(view.record.entity, view.record.id));
    if (row && (isMark || view.field != FieldKey())) {
        LocalChange change;
        change.entity = view.record.entity;
        change.record = view.record.id;
        change.group = group;
        if (isMark) {
            change.kind = chosen.integerOr(0) == 1 ? OperationKind::Trash : OperationKind::Restore;
        } else {
            change.kind = OperationKind::Set;
            if (row->value(view.field) == chosen)
                change.guards = {view.field};
            else
                change.values = {{view.field, chosen}};
        }
        set.changes.push_back(std::move(change));
    }
    const Entity &entity = *catalog()->entity(model::entities::kConflict.id);
    const char *name = resolution == Resolution::KeepMine ? "mine" : resolution == Resolution::KeepTheirs ? "theirs" : "value";
    LocalChange close;
    close.kind = OperationKind::Set;
    close.entity = entity.id();
    close.record = id;
    close.group = group;
    close.values = {{entity.field(QStringLiteral("status"))->key, Value(QStringLiteral("resolved"))},
                    {entity.field(QStringLiteral("resolution"))->key, Value(QString::fromLatin1(name))}};
    if (!state.user.isNull()) {
        close.values.push_back({entity.field(QStringLiteral("resolved_by"))->key,
                                Value(model::Reference{model::entities::kUser.id, state.user})});
    }
    set.changes.push_back(std::move(close));
    return commit(set);
}

Result<std::vector<TrayView>> Store::tray()
{
    return readTray(*m_parts->connection);
}

Result<changes::HandedIn> Store::Parts::handedIn()
{
    FIELDFARE_ASSIGN(const changes::HandedIn handedIn, storage.handedIn());
    FIELDFARE_ASSIGN(const changes::ReplicaState state, storage.state());
    return handedIn.upTo.device == state.device && handedIn.upTo.incarnation == state.incarnation ? handedIn : changes::HandedIn();
}

Result<changes::AuditMark> Store::auditMark()
{
    return m_parts->storage.auditMark();
}

Result<void> Store::noteExport(model::EntityId entity, qint64 records)
{
    return m_parts->write([&]() -> Result<void> {
        FIELDFARE_ASSIGN(const ProfileInfo info, m_parts->meta.profileInfo());
        if (info.isStandAlone())
            return {};
        FIELDFARE_ASSIGN(changes::ExportNotes notes, m_parts->storage.exportNotes());
        notes.add(entity, std::uint64_t(records), clock().wallMs());
        return m_parts->storage.setExportNotes(notes);
    });
}

Result<std::vector<TrayView>> Store::handedIn()
{
    FIELDFARE_ASSIGN(const changes::HandedIn handedIn, m_parts->handedIn());
    std::vector<TrayView> entries;
    if (handedIn.upTo.n == 0)
        return entries;
    FIELDFARE_ASSIGN(auto waiting, m_parts->storage.operationsAfter(0, std::numeric_limits<int>::max()));
    for (changes::StoredOperation &stored : waiting) {
        if (stored.operation.name.n > handedIn.upTo.n)
            break;
        TrayView entry;
        entry.operation = std::move(stored.operation);
        entry.outcome = changes::Outcome::Waiting;
        entry.reason = QStringLiteral("account-disabled");
        entry.refusedAt = handedIn.at;
        entry.isHandedIn = true;
        entries.push_back(std::move(entry));
    }
    return entries;
}

Result<CommitReport> Store::retryTrayEntry(qint64 id, const std::vector<changes::FieldValue> &corrected)
{
    FIELDFARE_ASSIGN(const std::vector<TrayView> entries, tray());
    const auto asked = std::find_if(entries.begin(), entries.end(), [&](const TrayView &entry) { return entry.id == id; });
    if (asked == entries.end())
        return {ErrorCode::NotFound, QStringLiteral("no entry %1 in the tray").arg(id)};
    if (asked->outcome == changes::Outcome::Gone)
        return {ErrorCode::NotFound, QStringLiteral("the record was erased")};
    ChangeSet set;
    set.label = QStringLiteral("Retry");
    std::vector<qint64> taken;
    std::set<Id> made;
    const auto add = [&](const TrayView &entry, const std::vector<changes::FieldValue> &values) -> Result<void> {
        FIELDFARE_ASSIGN(const auto row, m_parts->storage.findRow(entry.operation.entity, entry.operation.record));
        const bool isHere = row.has_value() || made.contains(entry.operation.record);
        if (!isHere && entry.operation.kind != OperationKind::Create)
            return {ErrorCode::NotFound, QStringLiteral("the record is not here any more")};
        made.insert(entry.operation.record);
        set.changes.push_back(again(entry.operation, isHere, values));
        taken.push_back(entry.id);
        return {};
    };
    FIELDFARE_TRY(add(*asked, corrected));
    if (asked->operation.kind == OperationKind::Create) {
        // What waited for this create, and what waited for those creates in turn.
        std::set<Id> returned{asked->operation.record};
        for (const TrayView &entry : entries) {
            if (entry.id == id || entry.outcome != changes::Outcome::Waiting)
                continue;
            const bool waited = std::any_of(returned.begin(), returned.end(),
                                            [&](const Id &record) { return refersTo(entry.operation, record); });
            if (!waited)
                continue;
            FIELDFARE_TRY(add(entry, {}));
            returned.insert(entry.operation.record);
        }
    }
    CommitReport report;
    report.action = newId();
    report.results.resize(set.changes.size());
    qint64 aid = 0;
    const auto reissue = [&]() -> Result<void> {
        FIELDFARE_TRY(m_parts->commitChunk(set, 0, set.changes.size(), report, aid));
        for (const qint64 entry : taken)
            FIELDFARE_TRY(removeFromTray(*m_parts->connection, entry));
        return {};
    };
    FIELDFARE_TRY(m_parts->write(aid, reissue));
    return report;
}

Result<void> Store::discardTrayEntry(qint64 id)
{
    return m_parts->write([&] { return removeFromTray(*m_parts->connection, id); });
}

} // namespace fieldfare::store
