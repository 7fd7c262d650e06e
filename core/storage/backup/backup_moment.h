// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace fieldfare::storage {

/// Until when a backup counts, from what a person typed: the last millisecond that the text names, since 1970, UTC. ISO 8601, of the
/// system's zone where it names none: "2026-11-20" (all that day), "2026-11-20T18:00" (until then), "2026-11-20T18:00:05Z" (that
/// second, as lists of backups show it). None for anything else.
[[nodiscard]] std::optional<qint64> backupMoment(const QString &text);

} // namespace fieldfare::storage
