// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/list_reader.h"
#include "core/store/store.h"

#include <functional>

namespace fieldfare::exchange {

enum class ExportFormat { Csv, Json };

/// "csv", "json".
[[nodiscard]] std::optional<ExportFormat> exportFormatFromText(const QString &text);

struct ExportOptions {
    QString file;
    QString entity;
    ExportFormat format = ExportFormat::Csv;
    store::Filter filter = {};
    QList<store::SortKey> sorts = {};  ///< None: by id, which is the same on every device.
    QStringList fields = {};           ///< By name; none: all that are shown.
};

struct ExportReport {
    qint64 written = 0;
};

/// Writes records to a file, which appears only when it is complete. CSV is meant to be imported again: the columns are `id` and
/// the fields by their names; choices are keys, amounts "1054.00 USD", tags joined by ", ". A reference is the title of its
/// target where that names only one record, otherwise its number, otherwise its id. JSON is an array of recordJson().
///
/// On the store's thread; `cancelled` is asked between pages of 500 records. Fails with UnknownEntity, UnknownField,
/// BadExpression, NotPermitted (the role of the profile's user), PermissionDenied, Io, DiskFull, Cancelled.
base::Result<ExportReport> exportRecords(store::Store &store, const ExportOptions &options, const store::FilterContext &context,
                                         const std::function<bool()> &cancelled = {});

} // namespace fieldfare::exchange
