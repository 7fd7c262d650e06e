// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringView>

namespace fieldfare::exchange {

/// What separates the fields of a table: tab, semicolon, comma or pipe.
struct FoundDelimiter {
    char16_t delimiter = u',';
    int columns = 1;        ///< In most records of the sample.
    bool isCertain = false; ///< At least 90 % of the records, and the first, have that many columns.
    qsizetype skip = 0;     ///< Characters to skip: a first line "sep=;" as Excel writes it.
};

/// Looks at up to 200 records of the sample; delimiters and line ends inside quotes do not count. `isWhole` says that
/// the sample is the whole text (otherwise its last record may be cut and is left out).
/// Of several steady delimiters tab comes first, then semicolon, comma, pipe: where decimals have commas, "1,5;2,5" is
/// as steady in commas as in semicolons, while a comma file does not have one semicolon in every row and its header.
/// No delimiter at all (a single column) gives a comma with columns == 1.
[[nodiscard]] FoundDelimiter findDelimiter(QStringView sample, bool isWhole);

} // namespace fieldfare::exchange
