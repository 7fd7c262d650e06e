// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/history_log.h"

#include <map>
#include <optional>

namespace fieldfare::store {

/// What the history of one field comes to: a pile of states, the one shown on top. An edit puts a state on it, an undo takes the
/// state of its action off again, the undo of an undo puts it back. So two edits of a field can be taken back one after the
/// other, while an edit by anybody else keeps what lies below it from being undone. A state that shows what it replaced is in
/// nobody's way: an action that set the field away and back is taken back without a line that says so.
class FieldStanding {
public:
    struct State {
        /// Actions that led to this state (local numbers; 0 for what arrived), each with the value it replaced.
        std::map<qint64, model::Value> producers;
        HistoryLine line; ///< The newest line that led here.

        [[nodiscard]] bool showsWhatItReplaced() const;
    };

    /// `lines` of one field of one record, newest first.
    explicit FieldStanding(const std::vector<HistoryLine> &lines);

    /// What taking `action` back would show again, when the state shown is of its making; otherwise nothing.
    [[nodiscard]] std::optional<model::Value> before(qint64 action) const;
    /// A standing edit that other actions made; null when there is none.
    [[nodiscard]] const HistoryLine *other(qint64 action) const;

private:
    std::vector<State> m_states; // the first one is that of the create
};

} // namespace fieldfare::store
