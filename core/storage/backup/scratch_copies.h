// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <limits>

namespace fieldfare::storage {

/// Folders PREFIX?????? in `folder` (as QTemporaryDir names them) in which a killed program left a copy of a database that it had restored
/// for a look. Such a copy opens with its own key file, whatever became of the original's: key files go first, overwritten. Only those that
/// were last changed before `beforeMs`, where another program may be at work in one. Nothing where there is none; Io names a folder that
/// cannot be removed, after the others.
[[nodiscard]] base::Result<void> discardScratchCopies(const QString &folder, QLatin1StringView prefix, qint64 beforeMs = std::numeric_limits<qint64>::max());

/// The same of drills that were made beside this backup: of a day ago, as another program may try out a backup of the same folder. What
/// cannot be removed stays for the next one.
void discardDrills(const QString &backup, qint64 nowMs);
/// For QTemporaryDir: where the next drill of this backup is made.
[[nodiscard]] QString drillTemplate(const QString &backup);

} // namespace fieldfare::storage
