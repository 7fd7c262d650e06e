// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/store_parts.h"

#include "core/store/undo_plan.h"

namespace fieldfare::store {

using base::ErrorCode;
using base::Id;
using base::Result;

Result<Id> Store::lastUndoable()
{
    FIELDFARE_ASSIGN(const auto found, m_parts->history.lastUndoable());
    if (!found)
        return {ErrorCode::NothingToUndo, QStringLiteral("no action that can be undone")};
    return *found;
}

Result<UndoReport> Store::undo(const Id &action)
{
    FIELDFARE_ASSIGN(const auto number, m_parts->history.actionNumber(action));
    if (!number)
        return {ErrorCode::NotFound, QStringLiteral("no action %1").arg(action.toString())};
    FIELDFARE_ASSIGN(const auto entry, m_parts->history.action(*number));
    if (!entry->undoneBy.isNull())
        return {ErrorCode::NothingToUndo, QStringLiteral("the action is undone already")};

    UndoPlan plan(m_parts->history, m_parts->reader, m_parts->storage, m_parts->ids, *number);
    ChangeSet set;
    set.label = entry->label;
    set.cause = Cause::Undo;
    set.action = newId();
    CommitReport report;
    report.action = set.action;
    bool more = true;
    bool any = false;
    while (more) {
        // An undo's own chunk is planned and written in one transaction: nothing comes between.
        qint64 aid = 0;
        const auto chunk = [&]() -> Result<void> {
            FIELDFARE_ASSIGN(more, plan.next(int(kChunkChanges)));
            set.changes = plan.takeChanges();
            set.finished = !more;
            if (set.changes.empty() && !any)
                return {};
            report.results.assign(set.changes.size(), {});
            FIELDFARE_TRY(m_parts->commitChunk(set, 0, set.changes.size(), report, aid));
            any = true;
            return m_parts->history.linkUndo(aid, *number);
        };
        FIELDFARE_TRY(m_parts->write(aid, chunk));
    }
    UndoReport result;
    result.undone = plan.undone();
    result.total = plan.total();
    result.kept = plan.kept();
    if (any)
        result.action = set.action;
    else if (result.kept.empty())
        return {ErrorCode::NothingToUndo, QStringLiteral("nothing of the action is left")};
    return result;
}

} // namespace fieldfare::store
