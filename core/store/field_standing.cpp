// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/field_standing.h"

#include <map>
#include <ranges>

namespace fieldfare::store {

FieldStanding::FieldStanding(const std::vector<HistoryLine> &lines)
{
    std::map<qint64, Effect> takenBack; // by the action that took it back
    for (const HistoryLine &line : lines | std::views::reverse) {
        if (line.undoes != 0) {
            if (const auto put = takenBack.find(line.undoes); put != takenBack.end()) {
                Effect again = std::move(put->second);
                takenBack.erase(put);
                again.actions.insert(line.aid);
                again.line = line;
                m_effects.push_back(std::move(again));
                continue;
            }
            if (!m_effects.empty() && m_effects.back().actions.contains(line.undoes)) {
                takenBack.emplace(line.aid, std::move(m_effects.back()));
                m_effects.pop_back();
                continue;
            }
        }
        if (line.aid != 0 && !m_effects.empty() && m_effects.back().actions.contains(line.aid)) {
            m_effects.back().line = line; // one action, several edits: what was before the first of them counts
            continue;
        }
        m_effects.push_back({{line.aid}, line.before, line});
    }
}

const FieldStanding::Effect *FieldStanding::top(qint64 action) const
{
    if (m_effects.empty() || !m_effects.back().actions.contains(action))
        return nullptr;
    return &m_effects.back();
}

const FieldStanding::Effect *FieldStanding::other(qint64 action) const
{
    for (const Effect &effect : m_effects) {
        if (!effect.actions.contains(action))
            return &effect;
    }
    return nullptr;
}

} // namespace fieldfare::store
