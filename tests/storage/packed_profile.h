// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <QJsonObject>

/// Old profiles in tests/data/profiles (its README.md): the key file as it was, the pages of the database before encryption,
/// packed by zstd, and beside them what is in its tables. Pages are kept plain as ciphertext cannot be packed; what the
/// encryption looks like on the disk is what tst_golden_file is for.
namespace fieldfare::store_test {

/// Known to everybody, of the profiles that are in the tree.
inline constexpr char kOldPassphrase[] = "an old sparrow sings low";

/// Each row of each table, but for search, which is made anew where it does not fit: {"tables": {TABLE: [{COLUMN: VALUE}]}},
/// values as SQL literals, NULL left out; "catalog" and "schema_version" as the file says them. Rows in the order of their text.
[[nodiscard]] base::Result<QJsonObject> contentOf(storage::Connection &connection);

[[nodiscard]] base::Result<QByteArray> packPages(storage::Connection &connection);
[[nodiscard]] base::Result<QByteArray> pack(const QByteArray &bytes);
[[nodiscard]] base::Result<QByteArray> unpack(const QByteArray &packed);
/// Into a connection whose file is new: its pages afterwards are those that were packed.
[[nodiscard]] base::Result<void> unpackPages(const QByteArray &packed, storage::Connection &connection);

[[nodiscard]] QByteArray readFile(const QString &path);

} // namespace fieldfare::store_test
