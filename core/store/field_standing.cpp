// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/field_standing.h"

#include <ranges>

namespace fieldfare::store {

FieldStanding::FieldStanding(const std::vector<HistoryLine> &lines) : m_states(1)
{
    std::map<qint64, State> takenOff; // by the action that took it off
    for (const HistoryLine &line : lines | std::views::reverse) {
        State &shown = m_states.back();
        if (line.undoes != 0 && takenOff.contains(line.undoes) && shown.producers.contains(line.undoes)) {
            State again = std::move(takenOff[line.undoes]);
            again.producers.emplace(line.aid, line.before);
            again.line = line;
            m_states.push_back(std::move(again));
        } else if (line.undoes != 0 && m_states.size() > 1 && shown.producers.contains(line.undoes)) {
            takenOff[line.aid] = std::move(shown);
            m_states.pop_back();
            m_states.back().producers.emplace(line.aid, line.before);
        } else if (line.aid != 0 && shown.producers.contains(line.aid)) {
            shown.line = line; // one action, several edits: what was before the first of them counts
        } else {
            m_states.push_back({{{line.aid, line.before}}, line});
        }
    }
}

std::optional<model::Value> FieldStanding::before(qint64 action) const
{
    const auto &producers = m_states.back().producers;
    const auto found = producers.find(action);
    return found == producers.end() ? std::nullopt : std::optional<model::Value>(found->second);
}

const HistoryLine *FieldStanding::other(qint64 action) const
{
    for (size_t i = 1; i < m_states.size(); ++i) {
        if (!m_states[i].producers.contains(action))
            return &m_states[i].line;
    }
    return nullptr;
}

} // namespace fieldfare::store
