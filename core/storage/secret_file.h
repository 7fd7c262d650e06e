// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

/// Small files that hold keys: replaced in one step, for their owner only, and overwritten before they are removed. All
/// functions: any thread; two that write one file must be kept apart by the caller.
namespace fieldfare::storage::secret_file {

/// At most `most` bytes. KeyFileMissing, PermissionDenied, Io.
[[nodiscard]] base::Result<QByteArray> read(const QString &path, qsizetype most = 64 * 1024);
/// PATH.new is written and synced, then renamed over PATH. DiskFull, Io, PermissionDenied: PATH is as it was.
[[nodiscard]] base::Result<void> writeDurably(const QString &path, const QByteArray &bytes);
/// The same, but where the folder cannot be synced it fails with Io, and PATH is new: after a power cut it may be as it was. For what
/// must not be begun before.
[[nodiscard]] base::Result<void> writeSurely(const QString &path, const QByteArray &bytes);
/// Nothing without the file. Best effort on disks that move what is overwritten. PermissionDenied.
[[nodiscard]] base::Result<void> overwriteAndRemove(const QString &path);

} // namespace fieldfare::storage::secret_file
