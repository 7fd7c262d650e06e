// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/value.h"

#include <vector>

namespace fieldfare::changes {

/// Exports of records into files that the server's audit log does not know of yet.
struct ExportNote {
    std::uint64_t number = 0;  ///< From 1; never given twice in a profile.
    std::int64_t at = 0;       ///< ms UTC, by this device's clock.
    model::EntityId entity = 0;
    std::uint64_t records = 0;
    friend bool operator==(const ExportNote &, const ExportNote &) = default;
};

struct ExportNotes {
    std::uint64_t lastNumber = 0;
    std::vector<ExportNote> waiting; ///< In order of number.
    friend bool operator==(const ExportNotes &, const ExportNotes &) = default;

    /// Of what waits longest at most this is sent at once; of more than kMost the newest one of the entity grows.
    static constexpr size_t kMost = 500;
    void add(model::EntityId entity, std::uint64_t records, std::int64_t at);
    /// The server has them.
    void drop(std::uint64_t upTo);
};

} // namespace fieldfare::changes
