// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace fieldfare::storage {

/// Copies a file that nobody writes to, over one that is there; its content is on the disk on return, its name once the folder is
/// synced. Any thread. DiskFull before anything is written when there is no room, Io otherwise.
[[nodiscard]] base::Result<void> copyDurably(const QString &from, const QString &to);

} // namespace fieldfare::storage
