// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rule 7: an answer says whether its row is in its author's sight, and tells nothing of one that is not.
#include "sync/server/merge/merger_batch.h"
#include "sync/server/merge/scope.h"

namespace fieldfare::server {

using base::Result;
using changes::Operation;
using changes::Outcome;
using changes::Verdict;

/// By the label that the row has in the storage. What is not there hides nothing.
Result<bool> Merger::isInSight(const model::Reference &row, Batch &batch)
{
    FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
    if (rights->seeAll())
        return true;
    FIELDFARE_ASSIGN(const auto stored, m_storage.row(row.entity, row.id));
    if (!stored)
        return true;
    FIELDFARE_ASSIGN(const Label label, m_storage.label(stored->label));
    const auto about = kindSpokenOf(*m_catalog, *stored);
    return sees(*rights, row.entity, label) && (!about || rights->may(rights::Action::See, *about));
}

/// What its author saw when the push came stays his business within it, also where he hands it on in its middle.
Result<void> Merger::noteSeen(const protocol::PushRequest &request, Batch &batch)
{
    FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
    if (rights->seeAll())
        return {};
    for (const Operation &operation : request.operations) {
        std::vector<model::Reference> about{{operation.entity, operation.record}};
        for (const changes::FieldValue &entry : operation.values) {
            if (entry.value.reference() != nullptr)
                about.push_back(*entry.value.reference());
        }
        for (const model::Reference &row : about) {
            FIELDFARE_ASSIGN(const auto stored, m_storage.row(row.entity, row.id));
            FIELDFARE_ASSIGN(const bool isSeen, stored ? isInSight(row, batch) : Result<bool>(false));
            if (isSeen)
                batch.seen.insert({row.entity, row.id});
        }
    }
    return {};
}

/// At the decision and at each repeat: as things stand now, whatever stood then.
Result<void> Merger::hideOutOfSight(const protocol::PushRequest &request, Batch &batch)
{
    if (request.operations.empty() || m_mutants.verdictSaysNoSight)
        return {};
    FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
    if (rights->seeAll())
        return {};
    for (Verdict &verdict : batch.verdicts) {
        const Operation &operation = request.operations.at(size_t(verdict.n - batch.firstN));
        FIELDFARE_ASSIGN(const bool isSeen, isInSight({operation.entity, operation.record}, batch));
        if (isSeen)
            continue;
        verdict.outOfSight = true;
        if (m_mutants.refusalTellsValue && verdict.isRefusal())
            continue;
        verdict.value = model::Value();
        FIELDFARE_ASSIGN(const auto logged, m_storage.operation(operation.name));
        // Its own version, or the one that it was answered with before; never that of somebody else's later change.
        verdict.version = !logged ? changes::Version(0) : verdict.outcome == Outcome::Settled ? logged->standingVersion : logged->version;
    }
    return {};
}

} // namespace fieldfare::server
