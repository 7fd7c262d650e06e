// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/storage/data_key.h"

#include <QMap>
#include <QString>

#include <map>
#include <memory>
#include <set>

namespace fieldfare::store_test {

/// Rows by table, each as one text without what is derived or kept by the store about the file itself.
using Rows = std::map<QString, std::multiset<QString>>;

/// Of a database that nobody has open. The errors of storage::Connection.
base::Result<Rows> rowsIn(const QString &path, const std::shared_ptr<const storage::DataKey> &key);

/// How many of `then` are missing in `now`, by table; -1 of a table that has rows which were not there.
[[nodiscard]] QMap<QString, int> missing(const Rows &then, const Rows &now);

} // namespace fieldfare::store_test
