// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The tables beside the rows: state, dirty fields, outbox, tombstones, tray.
#include "core/store/sql_replica_storage.h"

#include "core/store/field_bytes.h"
#include "core/store/meta_table.h"

namespace fieldfare::store {

using base::Id;
using base::Result;
using changes::DirtyField;
using changes::ReplicaState;
using changes::StoredOperation;
using changes::Version;
using model::FieldKey;
using storage::Statement;

namespace {

const QString kScope = QStringLiteral("replica.scope"); ///< Beside replica_state, in the same transactions: it came later.

} // namespace

Result<ReplicaState> SqlReplicaStorage::state()
{
    if (m_state)
        return *m_state;
    Statement &query = m_connection.statement(QLatin1StringView(
        "SELECT device, incarnation, user, last_n, rolling, acknowledged_n, epoch, cursor, downloading, download_cursor, "
        "download_entity, download_after FROM replica_state WHERE one = 1"));
    const storage::StatementReset reset(query);
    FIELDFARE_ASSIGN(const bool row, query.step());
    ReplicaState state;
    state.rolling = changes::firstRollingHash();
    if (row) {
        state.device = readId(query, 0);
        state.incarnation = std::uint32_t(query.int64(1));
        state.user = readId(query, 2);
        state.lastN = std::uint64_t(query.int64(3));
        state.rolling = query.blob(4);
        state.acknowledgedN = std::uint64_t(query.int64(5));
        state.epoch = std::uint64_t(query.int64(6));
        state.cursor = Version(query.int64(7));
        state.downloading = query.int64(8) == 1;
        state.downloadCursor = Version(query.int64(9));
        state.downloadEntity = model::EntityId(query.int64(10));
        state.downloadAfter = readId(query, 11);
        FIELDFARE_ASSIGN(const qint64 scope, MetaTable(m_connection).number(kScope, 0));
        state.scope = Version(scope);
    }
    m_state = state;
    return state;
}

Result<void> SqlReplicaStorage::setState(const ReplicaState &state)
{
    Statement &statement = m_connection.statement(QLatin1StringView(
        "INSERT OR REPLACE INTO replica_state(one, device, incarnation, user, last_n, rolling, acknowledged_n, epoch, cursor, "
        "downloading, download_cursor, download_entity, download_after) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    bindId(statement, 1, state.device);
    statement.bind(2, qint64(state.incarnation));
    bindId(statement, 3, state.user);
    statement.bind(4, qint64(state.lastN));
    statement.bindBlob(5, state.rolling);
    statement.bind(6, qint64(state.acknowledgedN));
    statement.bind(7, qint64(state.epoch));
    statement.bind(8, qint64(state.cursor));
    statement.bind(9, state.downloading);
    statement.bind(10, qint64(state.downloadCursor));
    statement.bind(11, qint64(state.downloadEntity));
    bindId(statement, 12, state.downloadAfter);
    FIELDFARE_TRY(statement.runLater());
    if (!m_state || m_state->scope != state.scope) // it changes once in years
        FIELDFARE_TRY(MetaTable(m_connection).setNumber(kScope, qint64(state.scope)));
    m_state = state;
    return {};
}

Result<std::vector<DirtyField>> SqlReplicaStorage::dirtyFields(model::EntityId, const Id &id)
{
    Statement &query = m_connection.statement(
        QLatin1StringView("SELECT field, acknowledged, last_n FROM dirty_field WHERE record = ?"));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    std::vector<DirtyField> fields;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return fields;
        DirtyField field;
        field.field = fieldKeyFromBytes(query.blob(0));
        FIELDFARE_ASSIGN(field.acknowledged, model::decodeValue(query.blob(1)));
        field.lastN = std::uint64_t(query.int64(2));
        fields.push_back(std::move(field));
    }
}

Result<void> SqlReplicaStorage::putDirtyField(model::EntityId entity, const Id &id, const DirtyField &field)
{
    Statement &statement = m_connection.statement(QLatin1StringView(
        "INSERT OR REPLACE INTO dirty_field(record, field, entity, acknowledged, last_n) VALUES (?, ?, ?, ?, ?)"));
    bindId(statement, 1, id);
    statement.bindBlob(2, toBytes(field.field));
    statement.bind(3, qint64(entity));
    statement.bindBlob(4, model::encodeValue(field.acknowledged));
    statement.bind(5, qint64(field.lastN));
    return statement.run();
}

Result<void> SqlReplicaStorage::removeDirtyField(model::EntityId, const Id &id, const FieldKey &field)
{
    Statement &statement = m_connection.statement(QLatin1StringView("DELETE FROM dirty_field WHERE record = ? AND field = ?"));
    bindId(statement, 1, id);
    statement.bindBlob(2, toBytes(field));
    return statement.run();
}

Result<void> SqlReplicaStorage::appendOperation(const StoredOperation &stored)
{
    const changes::Operation &operation = stored.operation;
    m_logged.push_back({operation.name.n, operation.kind, operation.record, operation.field()});
    return m_outbox.append(stored);
}

Result<std::optional<StoredOperation>> SqlReplicaStorage::findOperation(std::uint64_t n)
{
    FIELDFARE_TRY(settleHistory());
    FIELDFARE_ASSIGN(auto stored, m_outbox.find(n));
    if (stored)
        m_lastFound = {n, stored->operation.kind, stored->operation.record, stored->operation.field()};
    return stored;
}

Result<std::vector<StoredOperation>> SqlReplicaStorage::operationsAfter(std::uint64_t after, int limit)
{
    return m_outbox.after(after, limit);
}

Result<void> SqlReplicaStorage::removeOperation(std::uint64_t n)
{
    if (m_lastFound.n == n && n != 0)
        m_settled.push_back(m_lastFound);
    return m_outbox.remove(n);
}

/// All 0 for a row that is not here.
Result<changes::RowVersions> SqlReplicaStorage::versionsOf(model::EntityId entity, const Id &id)
{
    FIELDFARE_ASSIGN(Table *const found, table(entity));
    if (found->versions == nullptr) {
        FIELDFARE_ASSIGN(found->versions, m_connection.prepare(QStringLiteral("SELECT v, vx FROM %1 WHERE id = ?").arg(found->layout.table())));
    }
    Statement &query = *found->versions;
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? changes::RowVersions::decode(Version(query.int64(0)), query.blob(1)) : changes::RowVersions();
}

/// Replica removes an operation before it writes the version that the verdict gave, so this runs one step later: at the next
/// verdict, or before the commit.
Result<void> SqlReplicaStorage::settleHistory()
{
    for (const LoggedOperation &operation : std::exchange(m_settled, {})) {
        Statement &query = m_connection.statement(
            QLatin1StringView("SELECT entity FROM history WHERE n = ? AND version IS NULL AND n IS NOT NULL AND record = ?"));
        model::EntityId entity = 0;
        {
            const storage::StatementReset reset(query);
            query.bind(1, qint64(operation.n));
            bindId(query, 2, operation.record);
            FIELDFARE_ASSIGN(const bool row, query.step());
            if (!row)
                continue; // a guard's operation, or history that was let go
            entity = model::EntityId(query.int64(0));
        }
        FIELDFARE_ASSIGN(const changes::RowVersions versions, versionsOf(entity, operation.record));
        const Version version = operation.kind == changes::OperationKind::Create ? versions.base() : versions.of(operation.field);
        Statement &statement = m_connection.statement(
            QLatin1StringView("UPDATE history SET version = ? WHERE n = ? AND version IS NULL AND n IS NOT NULL"));
        statement.bind(1, qint64(version));
        statement.bind(2, qint64(operation.n));
        FIELDFARE_TRY(statement.run());
    }
    return {};
}

Result<std::uint64_t> SqlReplicaStorage::firstPendingN()
{
    return m_outbox.firstN();
}

Result<std::uint64_t> SqlReplicaStorage::lowestPendingBase()
{
    return m_outbox.lowestBase();
}

Result<void> SqlReplicaStorage::replaceOutbox(const std::vector<StoredOperation> &operations,
                                              const std::vector<std::pair<std::uint64_t, std::uint64_t>> &renumbered)
{
    FIELDFARE_TRY(m_outbox.clear());
    for (const StoredOperation &stored : operations) {
        FIELDFARE_TRY(m_outbox.append(stored));
        const changes::Operation &operation = stored.operation;
        if (operation.kind == changes::OperationKind::Create) {
            FIELDFARE_ASSIGN(Table *const found, table(operation.entity));
            Statement &rows = m_connection.statement(
                QStringLiteral("UPDATE %1 SET created_n = ? WHERE id = ? AND created_n IS NOT NULL").arg(found->layout.table()));
            rows.bind(1, qint64(operation.name.n));
            bindId(rows, 2, operation.record);
            FIELDFARE_TRY(rows.run());
            continue;
        }
        // In order of n: what is written last is the newest operation on the field.
        Statement &fields = m_connection.statement(
            QLatin1StringView("UPDATE dirty_field SET last_n = ? WHERE record = ? AND field = ?"));
        fields.bind(1, qint64(operation.name.n));
        bindId(fields, 2, operation.record);
        fields.bindBlob(3, toBytes(operation.field()));
        FIELDFARE_TRY(fields.run());
    }
    // Old and new numbers overlap: through the negative ones.
    for (const auto &[from, to] : renumbered) {
        Statement &history = m_connection.statement(
            QLatin1StringView("UPDATE history SET n = ? WHERE n = ? AND version IS NULL AND n IS NOT NULL"));
        history.bind(1, -qint64(to));
        history.bind(2, qint64(from));
        FIELDFARE_TRY(history.run());
    }
    m_lastFound = {};
    return m_connection.statement(QLatin1StringView("UPDATE history SET n = -n WHERE n < 0 AND version IS NULL AND n IS NOT NULL"))
        .run();
}

Result<Version> SqlReplicaStorage::tombstone(model::EntityId, const Id &id)
{
    Statement &query = m_connection.statement(QLatin1StringView("SELECT version FROM tombstone WHERE record = ?"));
    const storage::StatementReset reset(query);
    bindId(query, 1, id);
    FIELDFARE_ASSIGN(const bool row, query.step());
    return row ? Version(query.int64(0)) : Version(0);
}

Result<void> SqlReplicaStorage::putTombstone(model::EntityId entity, const Id &id, Version version)
{
    Statement &statement = m_connection.statement(
        QLatin1StringView("INSERT OR REPLACE INTO tombstone(record, entity, version) VALUES (?, ?, ?)"));
    bindId(statement, 1, id);
    statement.bind(2, qint64(entity));
    statement.bind(3, qint64(version));
    return statement.run();
}

namespace {

const QString kHandedIn = QStringLiteral("store.handed_in"); ///< device, incarnation, n, time, status, as words
const QString kExportNotes = QStringLiteral("store.export_notes"); ///< the last number, then number, time, entity, records of each, as words
const QString kAuditMark = QStringLiteral("store.audit_mark"); ///< number, chain in hex, number where it broke, as words

} // namespace

Result<changes::HandedIn> SqlReplicaStorage::handedIn()
{
    FIELDFARE_ASSIGN(const QByteArray text, MetaTable(m_connection).value(kHandedIn));
    const QList<QByteArray> words = text.split(' ');
    using Status = changes::HandedIn::Status;
    changes::HandedIn handedIn;
    const auto device = words.size() == 5 ? Id::fromString(QString::fromLatin1(words.at(0))) : std::nullopt;
    if (!device)
        return handedIn;
    handedIn.upTo = {*device, words.at(1).toUInt(), words.at(2).toULongLong()};
    handedIn.at = words.at(3).toLongLong();
    const int status = words.at(4).toInt(); // one of a later program is left out: it is for showing
    if (status >= int(Status::Open) && status <= int(Status::EpochChanged))
        handedIn.status = Status(status);
    return handedIn;
}

Result<void> SqlReplicaStorage::setHandedIn(const changes::HandedIn &handedIn)
{
    const changes::OperationName &upTo = handedIn.upTo;
    const QByteArrayList words{upTo.device.toString().toLatin1(), QByteArray::number(upTo.incarnation), QByteArray::number(quint64(upTo.n)),
                               QByteArray::number(qint64(handedIn.at)), QByteArray::number(int(handedIn.status))};
    return MetaTable(m_connection).setValue(kHandedIn, words.join(' '));
}

Result<changes::AuditMark> SqlReplicaStorage::auditMark()
{
    FIELDFARE_ASSIGN(const QByteArray text, MetaTable(m_connection).value(kAuditMark));
    const QList<QByteArray> words = text.split(' ');
    if (words.size() != 3)
        return changes::AuditMark();
    return changes::AuditMark{words.at(0).toULongLong(), QByteArray::fromHex(words.at(1)), words.at(2).toULongLong()};
}

Result<void> SqlReplicaStorage::setAuditMark(const changes::AuditMark &mark)
{
    const QByteArrayList words{QByteArray::number(qulonglong(mark.number)), mark.chain.toHex(), QByteArray::number(qulonglong(mark.brokenAt))};
    return MetaTable(m_connection).setValue(kAuditMark, words.join(' '));
}

Result<changes::ExportNotes> SqlReplicaStorage::exportNotes()
{
    FIELDFARE_ASSIGN(const QByteArray text, MetaTable(m_connection).value(kExportNotes));
    const QList<QByteArray> words = text.split(' ');
    changes::ExportNotes notes;
    notes.lastNumber = words.front().toULongLong();
    for (qsizetype i = 1; i + 3 < words.size(); i += 4)
        notes.waiting.push_back({words.at(i).toULongLong(), words.at(i + 1).toLongLong(), model::EntityId(words.at(i + 2).toUInt()), words.at(i + 3).toULongLong()});
    return notes;
}

Result<void> SqlReplicaStorage::setExportNotes(const changes::ExportNotes &notes)
{
    QByteArrayList words{QByteArray::number(qulonglong(notes.lastNumber))};
    for (const changes::ExportNote &note : notes.waiting)
        words << QByteArray::number(qulonglong(note.number)) << QByteArray::number(qlonglong(note.at)) << QByteArray::number(note.entity) << QByteArray::number(qulonglong(note.records));
    return MetaTable(m_connection).setValue(kExportNotes, words.join(' '));
}

Result<void> SqlReplicaStorage::addTrayEntry(const changes::TrayEntry &entry)
{
    Statement &statement = m_connection.statement(QLatin1StringView(
        "INSERT INTO tray(device, incarnation, n, origin_device, origin_incarnation, origin_n, origin_hash, content, outcome, "
        "reason, refused_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    bindName(statement, 1, entry.operation.name);
    bindOrigin(statement, 4, entry.operation.origin);
    statement.bindBlob(8, changes::encodeContent(entry.operation));
    statement.bind(9, int(entry.outcome));
    statement.bindText(10, entry.reason);
    statement.bind(11, qint64(entry.refusedAt));
    return statement.run();
}

} // namespace fieldfare::store
