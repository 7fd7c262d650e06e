// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <QStringList>

#include <variant>

namespace fieldfare::storage {

/// Statements that somebody typed, for support. They can read this one file and nothing else: no writing, no transactions, no other
/// files, no loading of code, and of the pragmas those that only tell something. SQLite asks us of each thing a statement would do
/// while it is prepared, so nothing depends on how it is written. On the connection's thread; what runs on it next is not bound.
namespace read_only_query {

using Value = std::variant<std::monostate, qint64, double, QString, QByteArray>;

struct Limits {
    qint64 rows = 10'000; ///< Of all statements together.
    int ms = 10'000;      ///< Of all statements together.
};

/// False: enough.
using RowSink = std::function<bool(const QStringList &columns, const std::vector<Value> &row)>;

struct End {
    qint64 rows = 0;
    bool isCut = false; ///< There were more rows than Limits allows.
};

/// Runs the statements in order, parted by semicolons. InvalidArgument: not SQL, or not allowed; the detail is for people. Cancelled:
/// out of time. Otherwise as Statement::step. Statements of the text are in no message but those of InvalidArgument.
[[nodiscard]] base::Result<End> run(Connection &connection, const QString &statements, const Limits &limits, const RowSink &sink);

} // namespace read_only_query
} // namespace fieldfare::storage
