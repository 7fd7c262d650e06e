// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What a disabled account's device handed in is decided (core/changes/docs/quarantine.md).
#include "sync/server/merge/merger_batch.h"
#include "sync/server/merge/quarantine.h"

#include <limits>

namespace fieldfare::server {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::Operation;
using changes::Verdict;

namespace {

constexpr int kAll = std::numeric_limits<int>::max(); // bounded by what is taken

} // namespace

Result<std::vector<Verdict>> Merger::decideHandedIn(const Id &device, const std::set<std::uint64_t> &rejected)
{
    FIELDFARE_ASSIGN(const auto record, m_storage.device(device));
    if (!record)
        return {ErrorCode::NotFound, QStringLiteral("no such device"), {device.toString()}};
    Batch batch;
    batch.device = *record;
    FIELDFARE_ASSIGN(batch.handIn, m_storage.handIn(device));
    batch.firstN = record->lastN + 1;
    batch.isReviewed = true;
    batch.rejected = rejected;
    FIELDFARE_ASSIGN(std::vector<QuarantinedOperation> waiting, m_storage.quarantined(device, record->lastN, kAll));
    std::vector<Operation> operations;
    for (const QuarantinedOperation &kept : waiting) {
        if (kept.name.n != batch.firstN + operations.size() || kept.refused)
            return {ErrorCode::Internal, QStringLiteral("the quarantine has a gap at operation %1").arg(kept.name.n)};
        FIELDFARE_ASSIGN(Operation operation, changes::decodeContent(kept.content));
        operation.name = kept.name;
        operation.origin = kept.origin;
        operations.push_back(std::move(operation));
        batch.hashes.content.push_back(kept.hash);
        batch.hashes.rolling.push_back(kept.rolling);
    }
    size_t end = 0;
    for (size_t i = 0; i < operations.size(); i = end) {
        end = i + 1;
        while (end < operations.size() && !operations[i].group.isNull() && operations[end].group == operations[i].group)
            ++end;
        batch.now = waiting[i].at; // nothing was done later than it was handed in
        FIELDFARE_TRY(decideGroup(std::span(operations).subspan(i, end - i), i, batch));
        for (size_t decided = i; decided < end; ++decided)
            FIELDFARE_TRY(settleHandedIn(waiting[decided], batch.verdicts[decided]));
    }
    if (m_mutants.acceptForgetsVerdict && batch.handIn) {
        batch.handIn->lastN = record->lastN;
        FIELDFARE_TRY(m_storage.putHandIn(*batch.handIn));
    } else {
        FIELDFARE_TRY(m_storage.putDevice(batch.device));
    }
    FIELDFARE_ASSIGN(auto handIn, m_storage.handIn(device));
    if (handIn && !handIn->closed) { // once: the rest waits on the device
        handIn->closed = true;
        FIELDFARE_TRY(m_storage.putHandIn(*handIn));
    }
    return std::move(batch.verdicts);
}

/// At once, before a later operation may erase the record.
Result<void> Merger::settleHandedIn(QuarantinedOperation &operation, const Verdict &verdict)
{
    FIELDFARE_ASSIGN(const bool isErased, m_storage.isErased(operation.entity, operation.record));
    if (!verdict.isRefusal() || isErased)
        return m_storage.removeQuarantined(operation.name);
    operation.refused = verdict.outcome;
    operation.reason = verdict.reason;
    operation.decidedAt = m_clock.wallMs();
    return m_storage.putQuarantined(operation);
}

/// After a push: what it decided waits no more. What waits lies behind what was decided, up to what was handed in.
Result<void> Merger::dropDecided(const Batch &batch, std::uint64_t formerLastN)
{
    if (!batch.handIn || batch.handIn->lastN <= formerLastN)
        return {};
    return m_storage.removeWaiting(batch.device.device, formerLastN, batch.device.lastN);
}

/// Erasure leaves no values, in verdicts or here. What waits keeps its name and hash: it is answered "gone".
Result<void> Merger::clearKeptValues(model::EntityId entity, const Id &record)
{
    FIELDFARE_TRY(m_storage.clearVerdictValues(entity, record));
    FIELDFARE_ASSIGN(auto kept, m_storage.quarantinedAbout(entity, record));
    for (QuarantinedOperation &operation : kept) {
        if (operation.refused) {
            FIELDFARE_TRY(m_storage.removeQuarantined(operation.name));
            continue;
        }
        FIELDFARE_ASSIGN(operation.content, Quarantine::withoutValues(operation.content));
        FIELDFARE_TRY(m_storage.putQuarantined(operation));
    }
    return {};
}

} // namespace fieldfare::server
