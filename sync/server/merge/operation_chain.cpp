// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/merge/operation_chain.h"

#include <algorithm>

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Result;
using changes::Operation;
using changes::OperationName;
using protocol::PushRequest;
using protocol::PushStatus;

OperationChain::OperationChain(ServerStorage &storage, const DeviceRecord &device, const std::optional<HandIn> &handIn, const MergerMutants &mutants)
    : m_storage(storage), m_device(device), m_mutants(mutants), m_lastN(device.lastN)
{
    if (handIn && !mutants.chainWithoutHandedIn)
        m_lastN = std::max(m_lastN, handIn->lastN);
}

Result<std::optional<PushStatus>> OperationChain::check(const PushRequest &request, std::uint64_t nextN, Hashes *hashes)
{
    using Answer = Result<std::optional<PushStatus>>;
    if (request.operations.empty())
        return Answer(std::nullopt);
    const std::uint64_t first = request.operations.front().name.n;
    const std::uint64_t last = request.operations.back().name.n;
    for (size_t i = 0; i < request.operations.size(); ++i) {
        if (request.operations[i].name != OperationName{request.device, request.incarnation, first + i})
            return Answer(PushStatus::Gap);
    }
    if (first == 0 || first > nextN)
        return Answer(PushStatus::Gap);
    QByteArray rolling = changes::firstRollingHash();
    if (first > 1) {
        FIELDFARE_ASSIGN(rolling, rollingAt(first - 1));
    }
    const std::uint64_t compareAt = std::min(last, m_lastN);
    bool sameHistory = true;
    for (const Operation &operation : request.operations) {
        const QByteArray hash = changes::contentHash(operation, changes::encodeContent(operation));
        hashes->content.push_back(hash);
        rolling = changes::nextRollingHash(rolling, operation.origin ? operation.origin->hash : hash);
        hashes->rolling.push_back(rolling);
        // A re-keyed operation carries its first hash; a different one was not written by an honest device.
        if (operation.origin && operation.origin->hash != hash)
            return Answer(PushStatus::Cloned);
        if (operation.name.n == compareAt && compareAt > 0) {
            FIELDFARE_ASSIGN(const QByteArray own, rollingAt(compareAt));
            sameHistory = sameHistory && (own.isEmpty() || own == rolling);
        }
    }
    if (m_mutants.noRollingHash)
        return Answer(std::nullopt);
    if (!sameHistory || rolling != request.rolling)
        return Answer(PushStatus::Cloned);
    return Answer(std::nullopt);
}

Result<QByteArray> OperationChain::rollingAt(std::uint64_t n)
{
    if (n == m_device.lastN)
        return m_device.rolling;
    if (n > m_device.lastN) {
        FIELDFARE_ASSIGN(const auto waiting, m_storage.quarantined(m_device.device, n - 1, 1));
        if (waiting.empty() || waiting.front().name.n != n)
            return Error{ErrorCode::Internal, QStringLiteral("operation %1 was handed in, but is not there").arg(n)};
        return waiting.front().rolling;
    }
    if (m_mutants.hashAtLastOnly)
        return QByteArray();
    FIELDFARE_ASSIGN(const auto logged, m_storage.operation({m_device.device, m_device.incarnation, n}));
    if (!logged)
        return Error{ErrorCode::Internal, QStringLiteral("no log entry for operation %1").arg(n)};
    return logged->rolling;
}

} // namespace fieldfare::server
