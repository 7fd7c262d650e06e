// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <array>

namespace fieldfare::storage {

/// What lies beside a database and a key file and is a part of them: whoever removes or replaces one of them must not leave it to the
/// next. A log of a former file of the same key and salt is authentic for a restored one, and would be read as its own.
namespace side_files {

/// Behind the name of a database: SQLite's log, its index, its journal, and the pages that a key rotation has in flight.
inline constexpr std::array<QLatin1StringView, 4> kOfDatabase{QLatin1StringView("-wal"), QLatin1StringView("-shm"), QLatin1StringView("-journal"), QLatin1StringView("-rotation")};

/// Of the database at `path`, not the database itself; where both go this is first: a log without its file passes for damage. Nothing
/// that is not there. PermissionDenied names what cannot be removed.
[[nodiscard]] base::Result<void> removeOfDatabase(const QString &path);
/// Its previous copy, a new one that was not completed, both overwritten, and the count of wrong passphrases. As removeOfDatabase().
[[nodiscard]] base::Result<void> removeOfKeyFile(const QString &path);

} // namespace side_files
} // namespace fieldfare::storage
