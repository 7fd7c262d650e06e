// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_parts.h"

#include "core/model/entities/entities.h"
#include "core/store/field_bytes.h"

namespace fieldfare::store {

base::Result<rights::Rights> Store::rights()
{
    FIELDFARE_ASSIGN(const rights::Rights *const rights, m_parts->userRights());
    return *rights;
}

base::Result<bool> Store::isPermitted(rights::Action action, const model::Reference &record)
{
    FIELDFARE_ASSIGN(const rights::Rights *const rights, m_parts->userRights());
    RightsReader places(*m_parts->connection, m_parts->reader);
    return rights::isPermitted(*m_parts->reader.catalog(), places, *rights, {action, record, {}});
}

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Record;

Result<Record> Store::record(model::EntityId entity, const Id &id, bool withTags)
{
    FIELDFARE_ASSIGN(auto found, m_parts->reader.find(entity, id));
    if (!found)
        return {ErrorCode::NotFound, QStringLiteral("no row %1 of entity %2").arg(id.toString()).arg(entity), {id.toString()}};
    if (withTags) {
        FIELDFARE_ASSIGN(found->tags, m_parts->reader.tags({entity, id}));
    }
    return std::move(*found);
}

Result<std::vector<Record>> Store::records(model::EntityId entity, std::span<const Id> ids, bool withTags)
{
    FIELDFARE_ASSIGN(std::vector<Record> found, m_parts->reader.records(entity, ids));
    if (withTags) {
        for (Record &record : found) {
            FIELDFARE_ASSIGN(record.tags, m_parts->reader.tags({entity, record.id}));
        }
    }
    return found;
}

Result<Id> Store::resolve(model::EntityId entity, const QString &text)
{
    return m_parts->reader.resolve(entity, text);
}

Result<QString> Store::title(const model::Reference &reference)
{
    return m_parts->reader.title(reference);
}

Result<std::vector<HistoryEntry>> Store::history(model::EntityId entity, const Id &id, int limit)
{
    FIELDFARE_ASSIGN(const std::vector<HistoryLine> lines, m_parts->history.ofRecord(id, limit));
    std::vector<HistoryEntry> entries;
    entries.reserve(lines.size());
    for (const HistoryLine &line : lines) {
        if (line.entity == entity)
            entries.push_back(line);
    }
    return entries;
}

Result<std::vector<ActionEntry>> Store::actions(int limit)
{
    return m_parts->history.actions(limit, false);
}

Result<std::vector<ActionEntry>> Store::unfinishedActions()
{
    return m_parts->history.actions(1000, true);
}

namespace {

/// Of what waits now: edits that came after the server's answer stay on the device, too.
HandInState handInState(const changes::HandedIn &handedIn, const StateCounts &counts)
{
    using Status = changes::HandedIn::Status;
    if (counts.waiting == 0 || handedIn.status == Status::Open)
        return HandInState::None;
    if (handedIn.status == Status::OtherHistory)
        return HandInState::OtherHistory;
    if (handedIn.status == Status::EpochChanged)
        return HandInState::EpochChanged;
    return counts.waiting > counts.handedIn ? HandInState::Partly : HandInState::Whole;
}

} // namespace

Result<StateCounts> Store::counts()
{
    StateCounts counts;
    FIELDFARE_ASSIGN(const ProfileInfo info, profileInfo());
    if (!info.isStandAlone()) {
        FIELDFARE_ASSIGN(counts.waiting, m_parts->connection->queryInt64(QLatin1StringView("SELECT count(*) FROM outbox")));
        FIELDFARE_ASSIGN(const changes::HandedIn handedIn, m_parts->handedIn());
        if (handedIn.upTo.n != 0) {
            storage::Statement &query = m_parts->connection->statement(QLatin1StringView("SELECT count(*) FROM outbox WHERE n <= ?1"));
            const storage::StatementReset reset(query);
            query.bind(1, qint64(handedIn.upTo.n));
            FIELDFARE_TRY(query.step());
            counts.handedIn = query.int64(0);
        }
        counts.handIn = handInState(handedIn, counts);
        FIELDFARE_ASSIGN(const changes::AuditMark audit, m_parts->storage.auditMark());
        counts.auditBrokenAt = audit.brokenAt;
    }
    FIELDFARE_ASSIGN(counts.toReview, m_parts->connection->queryInt64(QLatin1StringView(
                                          "SELECT count(*) FROM conflict WHERE trashed = 0 AND status = 'open'")));
    FIELDFARE_ASSIGN(counts.notAccepted, m_parts->connection->queryInt64(QLatin1StringView("SELECT count(*) FROM tray")));
    return counts;
}

Result<std::vector<model::FieldKey>> Store::waitingFields(model::EntityId entity, const Id &id)
{
    std::vector<model::FieldKey> fields;
    FIELDFARE_ASSIGN(const auto row, m_parts->storage.findRow(entity, id));
    if (!row)
        return fields;
    if (row->createdByN != 0) {
        for (const changes::FieldValue &entry : row->values)
            fields.push_back(entry.field);
        return fields;
    }
    FIELDFARE_ASSIGN(const auto dirty, m_parts->storage.dirtyFields(entity, id));
    for (const changes::DirtyField &field : dirty)
        fields.push_back(field.field);
    return fields;
}

} // namespace fieldfare::store
