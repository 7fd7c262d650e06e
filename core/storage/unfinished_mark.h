// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace fieldfare::storage {

/// FOLDER/unfinished: lies there from before the first file of a new profile (or server) is made until its first records
/// are committed and nothing is missing. What lies beside it was cut off by a kill or a power cut before anybody heard of
/// success, so that the next start may clear it away and begin anew. All functions: any thread; the caller holds the
/// folder's ProfileLock, but for isThere().
namespace unfinished_mark {

[[nodiscard]] bool isThere(const QString &folder);
/// Durable on return. Fails with Io, DiskFull, PermissionDenied.
[[nodiscard]] base::Result<void> set(const QString &folder);
/// Durable on return: from here on the folder holds data that somebody relies on.
[[nodiscard]] base::Result<void> clear(const QString &folder);
/// Removes the named files and what SQLite keeps beside a database of that name. Nothing without the mark.
void removeRemains(const QString &folder, const QStringList &names);

} // namespace unfinished_mark
} // namespace fieldfare::storage
