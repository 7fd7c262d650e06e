// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/history_log.h"

#include <set>

namespace fieldfare::store {

/// What the history of one field comes to: which actions still stand. An undo takes its action off the top, the undo of an undo puts it
/// back, so that taking back two edits of a field one after the other works, while an edit by anybody else in between keeps
/// what lies below from being undone.
class FieldStanding {
public:
    /// One effect that stands, under the actions that produced it (more than one after a redo).
    struct Effect {
        std::set<qint64> actions;    ///< Local numbers; 0 for what arrived.
        model::Value before;         ///< The value under it.
        HistoryLine line;            ///< The newest line of it.
    };

    /// `lines` of one field of one record, newest first.
    explicit FieldStanding(const std::vector<HistoryLine> &lines);

    /// The effects that stand, the one shown last.
    [[nodiscard]] const std::vector<Effect> &effects() const { return m_effects; }
    /// The effect shown, when `action` produced it; otherwise null.
    [[nodiscard]] const Effect *top(qint64 action) const;
    /// A standing effect that other actions produced; null when there is none.
    [[nodiscard]] const Effect *other(qint64 action) const;

private:
    std::vector<Effect> m_effects;
};

} // namespace fieldfare::store
