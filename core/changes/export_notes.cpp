// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/changes/export_notes.h"

#include <algorithm>

namespace fieldfare::changes {

void ExportNotes::add(model::EntityId entity, std::uint64_t records, std::int64_t at)
{
    // One that was sent must not grow: its answer may be on its way, and half of it would never be told.
    if (waiting.size() >= 2 * kMost) {
        const auto newest = std::find_if(waiting.rbegin(), waiting.rbegin() + std::ptrdiff_t(kMost), [entity](const ExportNote &note) { return note.entity == entity; });
        if (newest != waiting.rbegin() + std::ptrdiff_t(kMost)) {
            newest->records += records;
            return;
        }
    }
    waiting.push_back({++lastNumber, at, entity, records});
}

void ExportNotes::drop(std::uint64_t upTo)
{
    std::erase_if(waiting, [upTo](const ExportNote &note) { return note.number <= upTo; });
}

} // namespace fieldfare::changes
