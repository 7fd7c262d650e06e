// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/field_standing.h"

#include <algorithm>
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

bool FieldStanding::State::showsWhatItReplaced() const
{
    return std::all_of(producers.begin(), producers.end(), [this](const auto &producer) { return producer.second == line.after; });
}

std::optional<model::Value> FieldStanding::before(qint64 action) const
{
    for (const State &state : m_states | std::views::reverse) {
        if (const auto found = state.producers.find(action); found != state.producers.end())
            return found->second;
        if (!state.showsWhatItReplaced())
            break;
    }
    return std::nullopt;
}

const HistoryLine *FieldStanding::other(qint64 action) const
{
    for (size_t i = 1; i < m_states.size(); ++i) {
        if (!m_states[i].producers.contains(action) && !m_states[i].showsWhatItReplaced())
            return &m_states[i].line;
    }
    return nullptr;
}

} // namespace fieldfare::store
