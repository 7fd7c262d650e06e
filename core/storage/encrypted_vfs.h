// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>

#include <string>

namespace fieldfare::storage {

/// The SQLite VFS that encrypts everything it writes: main files, write-ahead logs, rollback journals and temporary
/// files (core/storage/docs/encrypted-file.md). It stands on the system's default VFS and makes no system call itself,
/// and it is never the default one: a file goes through it only by `file:...?vfs=fieldfare`, which Connection::open
/// writes.
namespace encrypted_vfs {

inline constexpr char kName[] = "fieldfare";

/// Registers the VFS over the system's default one, once a process. Thread safe. Fails with Internal.
[[nodiscard]] base::Result<void> ensureRegistered();

/// Registers one more under `name` over the VFS `baseName`, for tests that inject faults below. Stays for the process.
[[nodiscard]] base::Result<void> registerOver(const QByteArray &name, const QByteArray &baseName);

/// The path by which the VFS `name` will see this file, as SharedFileRegistry wants it. Fails with Io.
[[nodiscard]] base::Result<std::string> fullPath(const QByteArray &name, const QByteArray &path);

/// Whether a file that had pages is missing or empty: a write-ahead log lies beside it, or the rollback journal of a
/// transaction over them. SQLite would take those for the remnants of another file and delete them.
[[nodiscard]] bool hasLostItsPages(const QByteArray &name, const std::string &fullPath);

} // namespace encrypted_vfs
} // namespace fieldfare::storage
