// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/api/audited_requests.h"

#include <map>

namespace fieldfare::server {

using base::Result;
using changes::Outcome;

namespace {

constexpr const char *outcomeName(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Applied:
        return "applied";
    case Outcome::Equal:
        return "equal";
    case Outcome::Merged:
        return "merged";
    case Outcome::ConflictWon:
        return "conflict-won";
    case Outcome::ConflictLost:
        return "conflict-lost";
    case Outcome::Denied:
        return "denied";
    case Outcome::Invalid:
        return "invalid";
    case Outcome::Collision:
        return "collision";
    case Outcome::Gone:
        return "gone";
    case Outcome::Waiting:
        return "waiting";
    case Outcome::Settled:
        return "settled";
    }
    return "unknown";
}

template <typename Key, typename Name>
QJsonObject counted(const std::map<Key, int> &counts, Name name)
{
    QJsonObject object;
    for (const auto &[key, count] : counts)
        object.insert(name(key), count);
    return object;
}

/// What was decided now, that is behind `formerLastN`: a repeat tells nothing new.
Result<void> notePush(WriteContext &context, const protocol::PushRequest &request, const protocol::PushReply &reply, std::uint64_t formerLastN)
{
    std::map<model::EntityId, int> entities;
    std::map<Outcome, int> outcomes;
    for (const changes::Operation &operation : request.operations) {
        if (operation.name.n > formerLastN)
            ++entities[operation.entity];
    }
    for (const changes::Verdict &verdict : reply.verdicts) {
        if (verdict.n > formerLastN)
            ++outcomes[verdict.outcome];
    }
    FIELDFARE_ASSIGN(const auto device, context.storage.device(request.device));
    if (!device || device->lastN <= formerLastN)
        return {};
    AuditEvent event{QLatin1StringView(audit::kPush), device->user, request.device, std::int64_t(device->lastN - formerLastN)};
    // With the rolling hash the operations themselves stand under the chain.
    event.detail = {{QStringLiteral("incarnation"), qint64(device->incarnation)},
                    {QStringLiteral("last_n"), qint64(device->lastN)},
                    {QStringLiteral("rolling"), QString::fromLatin1(device->rolling.toHex())},
                    {QStringLiteral("entities"), counted(entities, [](model::EntityId id) { return QString::number(id); })},
                    {QStringLiteral("outcomes"), counted(outcomes, [](Outcome outcome) { return QString::fromLatin1(outcomeName(outcome)); })}};
    FIELDFARE_TRY(context.accounts.audit().note(event));
    if (const int denied = outcomes[Outcome::Denied]; denied > 0)
        FIELDFARE_TRY(context.accounts.audit().note({QLatin1StringView(audit::kDenied), device->user, request.device, denied, {{QStringLiteral("last_n"), qint64(device->lastN)}}}));
    return {};
}

} // namespace

Result<protocol::PushReply> auditedPush(WriteContext &context, const protocol::PushRequest &request)
{
    FIELDFARE_ASSIGN(const auto before, context.storage.device(request.device));
    FIELDFARE_ASSIGN(protocol::PushReply reply, context.merger.push(request));
    FIELDFARE_TRY(notePush(context, request, reply, before ? before->lastN : 0));
    return reply;
}

Result<protocol::DownloadStart> auditedDownloadStart(WriteContext &context, const base::Id &device)
{
    FIELDFARE_ASSIGN(const protocol::DownloadStart start, context.puller.beginDownload(device));
    FIELDFARE_ASSIGN(const auto record, context.storage.device(device));
    std::uint64_t records = 0;
    for (const auto &[entity, count] : start.counts)
        records += count;
    FIELDFARE_TRY(context.accounts.audit().note({QLatin1StringView(audit::kDownloadBegun), record ? record->user : base::Id(), device, 1, {{QStringLiteral("records"), qint64(records)}}}));
    return start;
}

Result<protocol::ExportsReply> auditedExports(WriteContext &context, const protocol::ExportsRequest &request)
{
    AuditStore store(context.storage.connection());
    FIELDFARE_ASSIGN(const auto device, context.storage.device(request.device));
    FIELDFARE_ASSIGN(std::uint64_t known, store.exportsTold(request.device));
    for (const changes::ExportNote &note : request.notes) {
        if (note.number <= known)
            continue;
        FIELDFARE_TRY(context.accounts.audit().note({QLatin1StringView(audit::kExported), device ? device->user : base::Id(), request.device, std::int64_t(note.records),
                                                     {{QStringLiteral("number"), qint64(note.number)}, {QStringLiteral("at"), qint64(note.at)}, {QStringLiteral("entity"), qint64(note.entity)}}}));
        known = note.number;
    }
    FIELDFARE_TRY(store.setExportsTold(request.device, known));
    return protocol::ExportsReply{known};
}

Result<protocol::HandInReply> auditedHandIn(WriteContext &context, const protocol::HandInRequest &request)
{
    FIELDFARE_ASSIGN(const protocol::HandInReply reply, context.quarantine.take(request));
    FIELDFARE_ASSIGN(const auto record, context.storage.device(request.push.device));
    FIELDFARE_TRY(context.accounts.audit().note({QLatin1StringView(audit::kHandIn), record ? record->user : base::Id(), request.push.device, std::int64_t(request.push.operations.size()),
                                                 {{QStringLiteral("status"), int(reply.status)}, {QStringLiteral("taken_n"), qint64(reply.takenN)}}}));
    return reply;
}

Result<protocol::AuditStanding> auditStanding(ReadContext &context, std::uint64_t known)
{
    AuditStore audit(context.storage.connection());
    FIELDFARE_ASSIGN(const AuditHead head, audit.head());
    FIELDFARE_ASSIGN(const QByteArray chainThen, known > 0 ? audit.chainAt(std::int64_t(known)) : Result<QByteArray>(QByteArray()));
    return protocol::AuditStanding{std::uint64_t(head.number), head.chain, chainThen};
}

} // namespace fieldfare::server
