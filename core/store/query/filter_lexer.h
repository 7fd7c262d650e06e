// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

namespace fieldfare::store {

/// One token of EXPR, see Filter.
struct FilterToken {
    enum class Kind { End, Word, Quoted, Operator, Open, Close, Comma };

    Kind kind = Kind::End;
    QString text;       ///< Without quotation marks.
    int position = 0;   ///< UTF-16 units from the start.

    /// A bare word that reads so in any case.
    [[nodiscard]] bool isWord(QLatin1StringView word) const
    {
        return kind == Kind::Word && text.compare(word, Qt::CaseInsensitive) == 0;
    }
};

/// Cuts a text into tokens, one at a time. Keeps a view: the text must outlive it.
class FilterLexer {
public:
    explicit FilterLexer(QStringView text) : m_text(text) {}

    /// Fails with BadExpression at a quotation mark that is not closed or a lone "!".
    base::Result<FilterToken> next();

    /// True for a text that reads back as one bare word.
    [[nodiscard]] static bool isBareWord(QStringView text);

private:
    base::Result<FilterToken> quoted(QChar mark);

    QStringView m_text;
    qsizetype m_at = 0;
};

/// The error of a text that is not an expression.
[[nodiscard]] base::Error badExpression(int position, const QString &found, const QString &expected);

} // namespace fieldfare::store
