// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/quarantine.h"

#include "sync/server/merge/operation_chain.h"

#include <numeric>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::Operation;
using protocol::HandInReply;
using protocol::HandInStatus;

Result<QByteArray> Quarantine::withoutValues(const QByteArray &content)
{
    FIELDFARE_ASSIGN(Operation operation, changes::decodeContent(content));
    operation.before = model::Value();
    if (operation.kind == changes::OperationKind::Create)
        operation.values.clear();
    for (changes::FieldValue &entry : operation.values)
        entry.value = model::Value();
    return changes::encodeContent(operation);
}

Result<HandInReply> Quarantine::take(const protocol::HandInRequest &request)
{
    const protocol::PushRequest &push = request.push;
    FIELDFARE_ASSIGN(const auto device, m_storage.device(push.device));
    if (!device || device->revoked)
        return {ErrorCode::DeviceRevoked, QStringLiteral("the device was revoked")};
    if (!device->userDisabled)
        return HandInReply{HandInStatus::NotDisabled, device->lastN};
    if (push.epoch != m_storage.epoch())
        return HandInReply{HandInStatus::EpochChanged, 0};
    if (push.incarnation != device->incarnation)
        return HandInReply{HandInStatus::OtherHistory, 0};
    FIELDFARE_ASSIGN(const auto known, m_storage.handIn(push.device));
    HandIn handIn = known.value_or(HandIn{.device = push.device});
    OperationChain chain(m_storage, *device, known, m_mutants);
    OperationChain::Hashes hashes;
    FIELDFARE_ASSIGN(const auto refusal, chain.check(push, chain.lastN() + 1, &hashes));
    if (refusal)
        return HandInReply{HandInStatus::OtherHistory, 0};
    if (handIn.closed || push.operations.empty())
        return HandInReply{handIn.closed ? HandInStatus::Closed : HandInStatus::Taken, chain.lastN()};
    std::vector<QuarantinedOperation> fresh;
    for (size_t i = 0; i < push.operations.size(); ++i) {
        const Operation &operation = push.operations[i];
        if (operation.name.n <= chain.lastN())
            continue; // its reply was lost
        QByteArray content = changes::encodeContent(operation);
        FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
        if (isErased) {
            FIELDFARE_ASSIGN(content, withoutValues(content));
        }
        fresh.push_back({operation.name, operation.origin, std::move(content), hashes.content[i], hashes.rolling[i],
                         operation.entity, operation.record, m_clock.wallMs(), std::nullopt, {}, 0});
    }
    HandInReply reply{HandInStatus::Taken, chain.lastN()};
    if (fresh.empty())
        return reply; // a late copy of a part: it neither closes nor moves the clock
    FIELDFARE_TRY(hasRoomForAll(fresh));
    FIELDFARE_ASSIGN(const bool isRoom, fits(push.device, fresh));
    if (isRoom) {
        for (const QuarantinedOperation &operation : fresh) {
            FIELDFARE_TRY(m_storage.putQuarantined(operation));
            reply.takenN = operation.name.n;
        }
    }
    handIn.lastN = reply.takenN;
    handIn.at = m_clock.wallMs();
    handIn.closed = request.isLast || !isRoom;
    if (handIn.closed)
        reply.status = isRoom ? HandInStatus::Closed : HandInStatus::Full;
    FIELDFARE_TRY(m_storage.putHandIn(handIn));
    if (!push.clock.bootId.isEmpty()) // so that the edits' times can be corrected when they are decided
        FIELDFARE_TRY(m_storage.putBootOffset(push.device, push.clock.bootId, m_clock.wallMs() - push.clock.bootMs));
    return reply;
}

std::int64_t Quarantine::bytesOf(const std::vector<QuarantinedOperation> &fresh)
{
    return std::accumulate(fresh.begin(), fresh.end(), std::int64_t(0),
                           [](std::int64_t sum, const QuarantinedOperation &operation) { return sum + operation.content.size(); });
}

Result<bool> Quarantine::fits(const Id &device, const std::vector<QuarantinedOperation> &fresh)
{
    FIELDFARE_ASSIGN(const QuarantineCounts counts, m_storage.quarantineCounts(device));
    return counts.waiting + std::int64_t(fresh.size()) <= kMostOperations && counts.bytes + bytesOf(fresh) <= kMostBytes;
}

/// What others filled uses up nobody's one time: the device tries again.
Result<void> Quarantine::hasRoomForAll(const std::vector<QuarantinedOperation> &fresh)
{
    FIELDFARE_ASSIGN(const std::int64_t bytes, m_storage.quarantineBytes());
    if (bytes + bytesOf(fresh) > m_mostBytesInAll)
        return {ErrorCode::ServerBusy, QStringLiteral("the quarantine is full until an administrator has decided")};
    return {};
}

Result<void> Quarantine::reopen(const Id &device)
{
    FIELDFARE_ASSIGN(auto handIn, m_storage.handIn(device));
    if (!handIn || !handIn->closed)
        return {};
    handIn->closed = false;
    return m_storage.putHandIn(*handIn);
}

Result<bool> Quarantine::mayHandIn(const Id &id)
{
    FIELDFARE_ASSIGN(const auto device, m_storage.device(id));
    FIELDFARE_ASSIGN(const auto handIn, m_storage.handIn(id));
    return device && device->userDisabled && !device->revoked && !(handIn && handIn->closed);
}

} // namespace fieldfare::server
