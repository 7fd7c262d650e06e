// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/history_log.h"

#include "core/store/field_bytes.h"

#include <algorithm>

namespace fieldfare::store {

using base::Id;
using base::Result;
using changes::FieldValue;
using model::FieldKey;
using Cause_ = changes::ReplicaListener::Cause;

namespace {

constexpr QLatin1StringView kSelect(
    "SELECT seq, history.entity, record, kind, field, before, after, history.user, device, history.at, n, version, history.aid, "
    "action.id, action.label, action.undoes FROM history LEFT JOIN action ON action.aid = history.aid");

Result<HistoryLine> readLine(const storage::Statement &row)
{
    HistoryLine line;
    line.seq = row.int64(0);
    line.entity = model::EntityId(row.int64(1));
    line.record = readId(row, 2);
    line.kind = HistoryKind(row.int64(3));
    if (!row.isNull(4))
        line.field = fieldKeyFromBytes(row.blob(4));
    if (!row.isNull(5)) {
        FIELDFARE_ASSIGN(line.before, model::decodeValue(row.blob(5)));
    }
    if (!row.isNull(6)) {
        FIELDFARE_ASSIGN(line.after, model::decodeValue(row.blob(6)));
    }
    line.user = readId(row, 7);
    line.device = readId(row, 8);
    line.at = row.int64(9);
    line.n = quint64(row.int64(10));
    if (!row.isNull(11))
        line.version = changes::Version(row.int64(11));
    line.aid = row.int64(12);
    line.action = readId(row, 13);
    line.label = row.text(14);
    line.undoes = row.int64(15);
    return line;
}

Result<std::vector<HistoryLine>> readLines(storage::Statement &query)
{
    const storage::StatementReset reset(query);
    std::vector<HistoryLine> lines;
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (!row)
            return lines;
        FIELDFARE_ASSIGN(HistoryLine line, readLine(query));
        lines.push_back(std::move(line));
    }
}

std::uint64_t operationNumber(const RowEvent &event, const FieldKey &field)
{
    for (const LoggedOperation &operation : event.operations) {
        if (operation.record == event.row.id && operation.field == field)
            return operation.n;
    }
    return 0;
}

void bindValue(storage::Statement &statement, int index, const model::Value &value)
{
    if (!value.isEmpty())
        statement.bindBlob(index, model::encodeValue(value));
}

} // namespace

Result<void> HistoryLog::write(const std::vector<RowEvent> &events, qint64 aid, const changes::ReplicaState &state)
{
    for (const RowEvent &event : events) {
        if (event.kind == RowEvent::Kind::Inserted) {
            FIELDFARE_TRY(writeLine(event, HistoryKind::Create, nullptr, aid, state));
        } else if (event.kind == RowEvent::Kind::Removed) {
            storage::Statement &forget = m_connection.statement(QLatin1StringView("DELETE FROM history WHERE record = ?"));
            bindId(forget, 1, event.row.id);
            FIELDFARE_TRY(forget.run());
        } else {
            for (const FieldValue &after : event.after) {
                HistoryKind kind = HistoryKind::Set;
                if (after.field == FieldKey(model::kTrashedNumber))
                    kind = after.value.isEmpty() ? HistoryKind::Restore : HistoryKind::Trash;
                FIELDFARE_TRY(writeLine(event, kind, &after, aid, state));
            }
        }
    }
    return {};
}

Result<void> HistoryLog::writeLine(const RowEvent &event, HistoryKind kind, const FieldValue *after, qint64 aid,
                                   const changes::ReplicaState &state)
{
    const bool own = event.cause == Cause_::Own;
    const FieldKey field = after ? after->field : FieldKey();
    storage::Statement &insert = m_connection.statement(QLatin1StringView(
        "INSERT INTO history(entity, record, kind, field, before, after, user, device, at, n, aid) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
    insert.bind(1, qint64(event.row.entity));
    bindId(insert, 2, event.row.id);
    insert.bind(3, int(kind));
    if (after != nullptr) {
        insert.bindBlob(4, toBytes(field));
        bindValue(insert, 5, event.row.value(field));
        bindValue(insert, 6, after->value);
    }
    const bool create = kind == HistoryKind::Create;
    bindId(insert, 7, own ? state.user : create ? event.stamp.createdBy : event.stamp.modifiedBy);
    if (own)
        bindId(insert, 8, state.device);
    insert.bind(9, qint64(create ? event.stamp.createdAt : event.stamp.modifiedAt));
    if (const std::uint64_t n = operationNumber(event, field); n != 0)
        insert.bind(10, qint64(n));
    if (aid != 0)
        insert.bind(11, aid);
    return insert.runLater();
}

Result<std::vector<HistoryLine>> HistoryLog::ofRecord(const Id &record, int limit)
{
    storage::Statement &query = m_connection.statement(QString(kSelect) + QStringLiteral(" WHERE record = ? ORDER BY seq DESC LIMIT ?"));
    bindId(query, 1, record);
    query.bind(2, limit);
    return readLines(query);
}

Result<std::vector<HistoryLine>> HistoryLog::ofAction(qint64 aid, qint64 before, int limit)
{
    storage::Statement &query = m_connection.statement(
        QString(kSelect) + QStringLiteral(" WHERE history.aid = ? AND seq < ? ORDER BY seq DESC LIMIT ?"));
    query.bind(1, aid);
    query.bind(2, before);
    query.bind(3, limit);
    return readLines(query);
}

} // namespace fieldfare::store
