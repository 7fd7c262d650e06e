// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace fieldfare::server {

/// Reads a private key's file. PermissionDenied when anybody but its owner could read or write it: a key that others
/// may have read is no longer one. (Windows: not checked, its access lists are inherited from the data folder.)
[[nodiscard]] base::Result<QByteArray> readKeyFile(const QString &path);

/// Reads a file that is no secret. NotFound or Io.
[[nodiscard]] base::Result<QByteArray> readPublicFile(const QString &path);

enum class FileSecrecy { Secret, Public };

/// Writes beside the target and renames over it, so that a reader or a crash sees the old content or the new one.
/// A secret file is 0600 from its first byte.
[[nodiscard]] base::Result<void> replaceFile(const QString &path, const QByteArray &content, FileSecrecy secrecy);

} // namespace fieldfare::server
