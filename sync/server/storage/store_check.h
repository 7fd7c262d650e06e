// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/storage/connection.h"

#include <QStringList>

namespace fieldfare::server {

/// What a check of the whole store found. `problems` is empty when it is sound; each is one line without record text.
struct StoreCheck {
    QStringList problems;
    qint64 pages = 0;
    qint64 rows = 0;
    qint64 operations = 0;
    qint64 devices = 0;
    qint64 changes = 0;
};

/// Reads every page (the tag of each is checked), SQLite's own integrity check, the hash chain of every device, the change
/// index against the rows, and that no version is beyond the counter. Minutes on a large store. Fails only when it cannot
/// go on.
[[nodiscard]] base::Result<StoreCheck> checkStore(storage::Connection &connection, const model::Catalog &catalog);

} // namespace fieldfare::server
