// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/cell_reader.h"
#include "core/exchange/csv_reader.h"
#include "core/exchange/import_options.h"
#include "core/model/catalog.h"

#include <optional>
#include <vector>

namespace fieldfare::exchange {

/// One column of the file, and what becomes of it.
struct PlannedColumn {
    QString heading;
    bool isId = false;                    ///< Holds the records' ids.
    const model::Field *field = nullptr;  ///< Null: not imported. Owned by the plan's catalog.
    ColumnFormat format;
    bool isAmbiguous = false;             ///< Dates or numbers that could be read in two ways: ask, or say so.
    qint64 contradicting = 0;             ///< Values that do not fit the format found; they will be rejected.
    UnknownPolicy unknown = UnknownPolicy::Empty;
    QStringList samples;                  ///< The first few values, for a preview.
};

/// A file that was looked through once: how it is written, what its columns mean, what cannot be read. Independent of the
/// store, so that it can be made on any thread. A value.
struct ImportPlan {
    ImportOptions options;
    model::CatalogPointer catalog;
    const model::Entity *entity = nullptr;
    QString currency;
    CsvOptions csv;                ///< With encoding and delimiter found.
    DetectedEncoding encoding;
    bool isDelimiterCertain = true;
    std::vector<PlannedColumn> columns;
    int keyColumn = -1;            ///< Index of the column by which records are found; -1: all are created.
    qint64 records = 0;            ///< Without the heading.
    qint64 bytes = 0;
    qint64 malformedBytes = 0;     ///< Bytes that are no character in the encoding; they read as U+FFFD.
    QByteArray fingerprint;        ///< SHA-256 over the file's bytes and these options: an import goes on only with the same.

    [[nodiscard]] const model::Field *keyField() const { return keyColumn < 0 ? nullptr : columns[size_t(keyColumn)].field; }
};

[[nodiscard]] UnknownPolicy defaultPolicy(const model::Field &field);
/// "create", "empty", "reject".
[[nodiscard]] std::optional<UnknownPolicy> policyFromText(const QString &text);

/// Reads the whole file. Fails with UnknownEntity, UnknownField, InvalidArgument (a column that is not there, or that two
/// columns claim), MappingIncomplete (no column has a field, or the key has no column), EncodingUnknown, NotFound and Io.
/// `cancelled` may be empty; true ends with Cancelled.
base::Result<ImportPlan> planImport(const ImportOptions &options, const model::CatalogPointer &catalog, const QString &currency,
                                    const std::function<bool()> &cancelled = {});

} // namespace fieldfare::exchange
