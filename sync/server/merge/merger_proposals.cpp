// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Rule 4: an edit that is denied because rights changed after its base is kept for who may decide about the record now.
#include "sync/server/merge/merger_batch.h"

#include "core/model/entities/entities.h"

#include <algorithm>

namespace fieldfare::server {

using base::Result;
using changes::Operation;
using changes::OperationKind;
using changes::Version;
using model::Entity;
using model::Value;

namespace {

constexpr size_t kMostAboutARecord = 200; ///< Conflicts, of all kinds: nobody fills the log of a record that he lost.

Value fieldOf(const Entity &entity, const changes::ReplicatedRow &row, const char *name)
{
    const model::Field *const field = entity.field(QLatin1StringView(name));
    return field != nullptr ? row.value(field->key) : Value();
}

} // namespace

/// The version of the newest change that the user's rights to such records follow from.
Result<Version> Merger::rightsSince(const Entity &entity, Batch &batch)
{
    const Entity &users = *m_catalog->entity(model::entities::kUser.id);
    FIELDFARE_ASSIGN(const auto account, m_storage.row(users.id(), batch.device.user));
    if (!account)
        return Version(0);
    Version since = std::max(account->versions.of(users.field(QStringLiteral("role"))->key), account->versions.of(users.field(QStringLiteral("team"))->key));
    const Entity *const root = m_catalog->entity(rootKind(entity));
    const Entity &roleRights = *m_catalog->entity(model::entities::kRoleRight.id);
    const QString role = fieldOf(users, *account, "role").textOrEmpty();
    FIELDFARE_ASSIGN(const auto said, m_storage.rowsAfter(roleRights.id(), base::Id(), kAllRows));
    for (const LabelledRow &row : said) {
        const QString about = fieldOf(roleRights, row, "entity").textOrEmpty();
        if (fieldOf(roleRights, row, "role").textOrEmpty() == role && (about == entity.name() || (root != nullptr && about == root->name())))
            since = std::max(since, row.versions.latest());
    }
    FIELDFARE_ASSIGN(const rights::Rights *const rights, rightsOf(batch));
    if (!rights->dependOnTeams())
        return since;
    FIELDFARE_ASSIGN(const auto teams, m_storage.rowsAfter(model::entities::kTeam.id, base::Id(), kAllRows));
    for (const LabelledRow &row : teams)
        since = std::max(since, row.versions.latest());
    return since;
}

/// Its author had the record, and something happened above the base that may have taken the right. The proposal has the label of its
/// record, so that it is told to who sees that, and not to its author.
Result<void> Merger::propose(const Operation &operation, Batch &batch, Decision &decision)
{
    const Entity &entity = *m_catalog->entity(operation.entity);
    const bool isChange = operation.kind == OperationKind::Set || operation.kind == OperationKind::Trash || operation.kind == OperationKind::Restore;
    if (!isChange || entity.has(model::System) || m_mutants.deniedIsDropped)
        return {};
    FIELDFARE_ASSIGN(auto row, m_storage.row(operation.entity, operation.record));
    if (!row || decision.resolvedBase < row->versions.base())
        return {};
    FIELDFARE_ASSIGN(const Version rights, rightsSince(entity, batch));
    // Who edits his own edit has had no answer to that yet, and so was not told what came of it: he may have handed the record on himself.
    if (!operation.base.own && std::max(row->labelSince, rights) <= decision.resolvedBase)
        return {};
    ConflictNote note;
    note.kind = kProposalKind;
    note.field = operation.field();
    if (operation.kind == OperationKind::Set)
        note.pushed = operation.values.front().value;
    else if (operation.kind == OperationKind::Trash)
        note.pushed = Value(std::int64_t(1));
    note.standing = row->value(note.field);
    if (note.pushed == note.standing)
        return {};
    FIELDFARE_ASSIGN(const auto others, m_storage.conflictsAbout({operation.entity, operation.record}));
    if (others.size() >= kMostAboutARecord)
        return {};
    FIELDFARE_ASSIGN(note.standingWriter, writerOf(row->versions.of(note.field), batch));
    decision.conflicts.push_back(std::move(note));
    decision.verdict.reason = QStringLiteral("proposed");
    return {};
}

} // namespace fieldfare::server
