// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/tokenizer/token_splitter.h"

#include <QString>
#include <QStringList>
#include <QStringView>

namespace fieldfare::storage {

/// Goes up whenever tokens change for any text; indexes made by another version are rebuilt.
inline constexpr int kTokenizerVersion = 1;

/// What an index must have been made with to be searchable: kTokenizerVersion, and the versions of ICU and of Unicode
/// that folded its letters. Store it beside the index; rebuild when it differs.
[[nodiscard]] QString tokenizerIdentity();

/// Text as search sees it: lower case, without accents and ignorable characters, wide forms narrow; separators stay.
/// fold(fold(x)) == fold(x). Pure; thread safe, as all functions here.
[[nodiscard]] QString fold(QStringView text);

/// The tokens that the FTS5 tokenizer makes of a text, in order, with repetitions.
[[nodiscard]] QStringList tokenize(QStringView text, TokenMode mode);

/// A person's query for an FTS5 table with the tokenizer "fieldfare", detail=none or richer.
struct SearchQuery {
    QString ftsMatch;   ///< The right side of MATCH; empty: nothing to search for, show no result.
    QStringList checks; ///< Folded; each must stand in the folded text of a hit. See matches().

    [[nodiscard]] bool isEmpty() const { return ftsMatch.isEmpty(); }
};

/// All parts of the query must match:
///  - Latin and other words: whole, the last one as a prefix. Two to six words of up to six letters also match as one
///    word, because pinyin is stored joined: "zhang sa" finds zhangsan.
///  - A run of ideographs: one character as a prefix (it stands at the beginning of a pair or at a run's end), two as
///    their pair, three or more as all their pairs and a check, as pairs may stand apart.
///  - Three or more digits, with what is written between the digits of telephone numbers: as words, or the beginning,
///    or the end of a number indexed with phoneSearchText().
[[nodiscard]] SearchQuery buildMatch(QStringView query);

/// Whether a hit's text stands the checks. `text` is the searched columns' text, joined by line ends.
[[nodiscard]] bool verify(QStringView text, const SearchQuery &query);
[[nodiscard]] bool verify(QStringView text, QStringView query);

} // namespace fieldfare::storage
