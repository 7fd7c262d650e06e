// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

struct sqlite3;

namespace fieldfare::storage {

/// The name to give as tokenize='fieldfare' when an FTS5 table is made.
inline constexpr char kTokenizerName[] = "fieldfare";

/// Makes the tokenizer of splitTokens() known to one connection; each connection that touches such a table needs it
/// (pass it in OpenOptions::onOpened). FTS5 hands queries over in query mode, so each quoted string of a match
/// expression must be one word or at most two ideographs: buildMatch() sees to it, as detail=none has no phrases.
/// Fails with Unsupported if this SQLite has no FTS5, Internal if registering fails.
[[nodiscard]] base::Result<void> registerTokenizer(sqlite3 *connection);

} // namespace fieldfare::storage
