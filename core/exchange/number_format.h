// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringView>

#include <cstdint>

namespace fieldfare::exchange {

enum class DecimalMark { Dot, Comma };

/// What a whole column of numbers or amounts says about its decimal mark.
struct NumberColumn {
    DecimalMark mark = DecimalMark::Dot;
    bool isAmbiguous = false; ///< Values such as 1,234 and nothing that decides: ask the person.
    qint64 contradicting = 0; ///< Values that only the other mark explains. They will be rejected.
};

/// Finds the decimal mark of a column. A value decides if it has both marks (the last is the decimal one), one mark
/// several times (it groups), or one mark once that cannot group: not followed by exactly three digits, after a lone 0,
/// or after four or more digits. Without a decision `preferred` is taken. Not thread safe.
class DecimalMarkFinder {
public:
    explicit DecimalMarkFinder(DecimalMark preferred = DecimalMark::Dot) : m_preferred(preferred) {}

    void add(QStringView text);
    [[nodiscard]] NumberColumn finding() const;

private:
    DecimalMark m_preferred;
    qint64 m_dots = 0;
    qint64 m_commas = 0;
    qint64 m_undecided = 0;
};

/// A decimal number: coefficient / 10^scale.
struct ParsedDecimal {
    std::int64_t coefficient = 0;
    int scale = 0; ///< 0..18, as many digits as were written.

    friend bool operator==(const ParsedDecimal &, const ParsedDecimal &) = default;
};

struct ParsedMoney {
    std::int64_t minorUnits = 0; ///< 105400 for 1,054.00 USD; 1054 for 1,054 JPY (digits of ISO 4217).
    QString currency;            ///< ISO 4217 code in capitals.
    bool isRounded = false;      ///< More digits than the currency has: rounded half away from zero.

    friend bool operator==(const ParsedMoney &, const ParsedMoney &) = default;
};

/// The three fail with BadValue; the error's only argument is the text as it was. Accepted by all: ASCII or full-width
/// digits, grouping by the other mark, a space or an apostrophe (groups of three, Indian ones of two), a sign before
/// or behind, brackets for negative. Not accepted: scientific notation (what a spreadsheet wrote as 1.05E+15 has lost
/// digits), anything over int64.
/// Money takes a code or sign before or behind the amount. A sign of several currencies ($, ¥, 元, kr) means
/// `defaultCurrency` if that is one of them, else the most common; no sign means `defaultCurrency`.
/// Decimal and integer pass over a trailing percent sign; integer takes decimals only if they are all 0.
[[nodiscard]] base::Result<ParsedMoney> parseMoney(QStringView text, DecimalMark mark, const QString &defaultCurrency);
[[nodiscard]] base::Result<ParsedDecimal> parseDecimal(QStringView text, DecimalMark mark);
[[nodiscard]] base::Result<std::int64_t> parseInteger(QStringView text, DecimalMark mark);

/// The decimal brought to `scale` digits, rounded half away from zero. Fails with BadValue on overflow.
[[nodiscard]] base::Result<std::int64_t> rescaled(ParsedDecimal decimal, int scale, bool *isRounded = nullptr);

} // namespace fieldfare::exchange
