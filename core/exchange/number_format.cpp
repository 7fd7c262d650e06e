// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/number_format.h"

#include "core/exchange/currency_table.h"
#include "core/exchange/plain_text.h"

#include <algorithm>
#include <limits>

namespace fieldfare::exchange {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

bool isDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

Error badNumber(QStringView text, const char *why)
{
    return {ErrorCode::BadValue, QString::fromLatin1(why), {text.toString()}};
}

/// value * 10 + digit, or false on overflow. The coefficient stays below 2^63, so that its negative exists too.
bool appendDigit(std::int64_t &value, int digit)
{
    constexpr std::int64_t limit = std::numeric_limits<std::int64_t>::max();
    if (value > (limit - digit) / 10)
        return false;
    value = value * 10 + digit;
    return true;
}

/// What stands around a number. A number is signed once: by brackets, before it or behind it.
struct Sign {
    bool isGiven = false;
    bool isNegative = false;
};

/// Takes a sign or brackets off. False if there was one already.
bool takeSign(QStringView &number, Sign &sign)
{
    number = number.trimmed();
    const bool isBracketed = number.startsWith(u'(') && number.endsWith(u')');
    const bool isBefore = number.startsWith(u'-') || number.startsWith(u'+');
    const bool isBehind = number.endsWith(u'-') || number.endsWith(u'+');
    if (!isBracketed && !isBefore && !isBehind)
        return true;
    if (sign.isGiven || (isBefore && isBehind))
        return false;
    sign.isGiven = true;
    sign.isNegative = isBracketed || (isBefore ? number.front() : number.back()) == u'-';
    number = (isBracketed ? number.sliced(1).chopped(1) : isBefore ? number.sliced(1) : number.chopped(1)).trimmed();
    return true;
}

bool isGroupMark(QChar c, char16_t decimalMark)
{
    return c == u' ' || c == u'\'' || c == QChar(0x2019) || ((c == u',' || c == u'.') && c != decimalMark);
}

/// The digits before the decimal mark: either without marks or in groups: 1 to 3 digits, then groups of 2 or 3, the
/// last of 3.
bool readWhole(QStringView whole, char16_t decimalMark, std::int64_t &value)
{
    QChar group;
    qsizetype inGroup = 0;
    qsizetype groups = 0;
    for (const QChar c : whole) {
        if (isDigit(c)) {
            ++inGroup;
            if (!appendDigit(value, c.unicode() - u'0'))
                return false;
            continue;
        }
        if (!isGroupMark(c, decimalMark) || (groups > 0 && c != group))
            return false;
        if (groups == 0 ? (inGroup < 1 || inGroup > 3) : (inGroup < 2 || inGroup > 3))
            return false;
        group = c;
        ++groups;
        inGroup = 0;
    }
    return groups == 0 || inGroup == 3;
}

Result<ParsedDecimal> readNumber(QStringView original, QStringView number, DecimalMark mark, Sign sign)
{
    const char16_t decimalMark = mark == DecimalMark::Dot ? u'.' : u',';
    if (!takeSign(number, sign))
        return badNumber(original, "sign");
    const qsizetype at = number.indexOf(QChar(decimalMark));
    const QStringView whole = at < 0 ? number : number.first(at);
    const QStringView fraction = at < 0 ? QStringView() : number.sliced(at + 1);
    ParsedDecimal decimal;
    if (whole.isEmpty() && fraction.isEmpty())
        return badNumber(original, "no digits");
    if (!readWhole(whole, decimalMark, decimal.coefficient))
        return badNumber(original, "not a number, or too large");
    for (const QChar c : fraction) {
        if (!isDigit(c) || !appendDigit(decimal.coefficient, c.unicode() - u'0') || ++decimal.scale > 18)
            return badNumber(original, "not a number, or too many digits");
    }
    if (sign.isNegative)
        decimal.coefficient = -decimal.coefficient;
    return decimal;
}

/// Takes a currency code or sign off the front or back. Empty `currency`: there was none.
bool takeCurrency(QStringView &text, const QString &defaultCurrency, QString &currency)
{
    const auto takeWord = [&text](QStringView word, bool behind) {
        if (behind ? !text.endsWith(word, Qt::CaseInsensitive) : !text.startsWith(word, Qt::CaseInsensitive))
            return false;
        text = (behind ? text.chopped(word.size()) : text.sliced(word.size())).trimmed();
        return true;
    };
    for (const bool behind : {false, true}) {
        const QStringView code =
            behind ? text.last(std::min<qsizetype>(3, text.size())) : text.first(std::min<qsizetype>(3, text.size()));
        if (currencyDigits(code) >= 0) {
            currency = code.toString().toUpper();
            text = (behind ? text.chopped(3) : text.sliced(3)).trimmed();
            return true;
        }
    }
    for (const CurrencySign &row : currencySigns()) {
        const QStringView sign(row.sign);
        if (!takeWord(sign, false) && !takeWord(sign, true))
            continue;
        currency = QString::fromLatin1(row.code);
        for (const CurrencySign &other : currencySigns()) {
            if (sign == QStringView(other.sign) && defaultCurrency == QLatin1String(other.code))
                currency = defaultCurrency;
        }
        return true;
    }
    return false;
}

} // namespace

void DecimalMarkFinder::add(QStringView text)
{
    const QString plain = toPlainText(text);
    const qsizetype firstDigit = std::find_if(plain.cbegin(), plain.cend(), isDigit) - plain.cbegin();
    qsizetype end = plain.size();
    while (end > firstDigit && !isDigit(plain[end - 1]))
        --end;
    if (firstDigit >= end)
        return;
    // A mark right before the first digit belongs to the number (.5), but not one after a sign such as "Rs.".
    const bool startsWithMark = firstDigit == 1 || (firstDigit > 1 && !plain[firstDigit - 2].isLetter());
    const qsizetype start =
        startsWithMark && firstDigit > 0 && (plain[firstDigit - 1] == u'.' || plain[firstDigit - 1] == u',')
            ? firstDigit - 1
            : firstDigit;
    const QStringView number = QStringView(plain).sliced(start, end - start);
    const qsizetype lastDot = number.lastIndexOf(u'.');
    const qsizetype lastComma = number.lastIndexOf(u',');
    if (lastDot < 0 && lastComma < 0)
        return;
    if (lastDot >= 0 && lastComma >= 0) {
        ++(lastDot > lastComma ? m_dots : m_commas);
        return;
    }
    const bool isDot = lastDot >= 0;
    const qsizetype last = isDot ? lastDot : lastComma;
    if (number.indexOf(isDot ? u'.' : u',') != last) {
        ++(isDot ? m_commas : m_dots); // it groups, so the other one is the decimal mark
        return;
    }
    const QStringView whole = number.first(last);
    const bool mayGroup = number.size() - last - 1 == 3 && !whole.isEmpty() && whole.size() <= 3 && whole != u"0";
    const bool hasOtherGroups = whole.contains(u' ') || whole.contains(u'\'');
    if (mayGroup && !hasOtherGroups)
        ++m_undecided;
    else
        ++(isDot ? m_dots : m_commas);
}

NumberColumn DecimalMarkFinder::finding() const
{
    NumberColumn column;
    if (m_dots == m_commas)
        column.mark = m_preferred;
    else
        column.mark = m_dots > m_commas ? DecimalMark::Dot : DecimalMark::Comma;
    column.isAmbiguous = m_dots == m_commas && m_undecided + m_dots > 0;
    column.contradicting = column.mark == DecimalMark::Dot ? m_commas : m_dots;
    return column;
}

Result<ParsedMoney> parseMoney(QStringView text, DecimalMark mark, const QString &defaultCurrency)
{
    const QString plain = toPlainText(text);
    QStringView rest(plain);
    Sign sign;
    // Signs and brackets stand outside or inside the currency: -$5, $-5, ($5), USD (5).
    if (!takeSign(rest, sign))
        return badNumber(text, "sign");
    ParsedMoney money;
    money.currency = defaultCurrency;
    takeCurrency(rest, defaultCurrency, money.currency);
    QString second;
    if (takeCurrency(rest, money.currency, second) && second != money.currency)
        return badNumber(text, "two currencies");
    const int digits = currencyDigits(money.currency);
    if (digits < 0)
        return badNumber(text, "unknown currency");
    FIELDFARE_ASSIGN(const ParsedDecimal decimal, readNumber(text, rest, mark, sign));
    FIELDFARE_ASSIGN(money.minorUnits, rescaled(decimal, digits, &money.isRounded));
    return money;
}

Result<ParsedDecimal> parseDecimal(QStringView text, DecimalMark mark)
{
    const QString plain = toPlainText(text);
    QStringView rest(plain);
    if (rest.endsWith(u'%'))
        rest.chop(1);
    return readNumber(text, rest, mark, Sign{});
}

Result<std::int64_t> parseInteger(QStringView text, DecimalMark mark)
{
    FIELDFARE_ASSIGN(const ParsedDecimal decimal, parseDecimal(text, mark));
    bool isRounded = false;
    FIELDFARE_ASSIGN(const std::int64_t value, rescaled(decimal, 0, &isRounded));
    if (isRounded)
        return badNumber(text, "not a whole number");
    return value;
}

Result<std::int64_t> rescaled(ParsedDecimal decimal, int scale, bool *isRounded)
{
    const bool isNegative = decimal.coefficient < 0;
    std::int64_t value = isNegative ? -decimal.coefficient : decimal.coefficient;
    for (; decimal.scale < scale; ++decimal.scale) {
        if (!appendDigit(value, 0))
            return {ErrorCode::BadValue, QStringLiteral("number too large")};
    }
    bool isExact = true;
    int lastDropped = 0;
    for (; decimal.scale > scale; --decimal.scale) {
        lastDropped = static_cast<int>(value % 10);
        isExact = isExact && lastDropped == 0;
        value /= 10;
    }
    if (lastDropped >= 5)
        ++value;
    if (isRounded)
        *isRounded = !isExact;
    return isNegative ? -value : value;
}

} // namespace fieldfare::exchange
