// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/date_order.h"

#include "core/exchange/plain_text.h"

#include <QDateTime>

#include <algorithm>

namespace fieldfare::exchange {

namespace {

constexpr std::int32_t kMsPerDay = 86'400'000;

struct Number {
    int value = 0;
    int digits = 0;
};

/// Steps over a text from left to right; every take…() leaves it unmoved when it does not match.
class Scanner {
public:
    explicit Scanner(QStringView text) : m_text(text) {}

    [[nodiscard]] bool atEnd() const { return m_at == m_text.size(); }
    [[nodiscard]] QChar peek() const { return atEnd() ? QChar() : m_text[m_at]; }
    [[nodiscard]] qsizetype position() const { return m_at; }
    void moveTo(qsizetype position) { m_at = position; }

    bool take(char16_t c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }

    bool takeOneOf(QStringView characters)
    {
        if (atEnd() || !characters.contains(peek()))
            return false;
        ++m_at;
        return true;
    }

    bool takeWord(QStringView word)
    {
        if (!m_text.sliced(m_at).startsWith(word, Qt::CaseInsensitive))
            return false;
        m_at += word.size();
        return true;
    }

    void skipSpaces()
    {
        while (peek() == u' ')
            ++m_at;
    }

    std::optional<Number> takeNumber(int maxDigits)
    {
        Number number;
        while (!atEnd() && peek() >= u'0' && peek() <= u'9') {
            if (++number.digits > maxDigits)
                return std::nullopt;
            number.value = number.value * 10 + (peek().unicode() - u'0');
            ++m_at;
        }
        if (number.digits == 0)
            return std::nullopt;
        return number;
    }

    /// An English month name or its beginning of three or more letters: 1..12, or 0.
    int takeMonthName()
    {
        static constexpr const char *names[] = {"january", "february", "march",     "april",   "may",      "june",
                                                "july",    "august",   "september", "october", "november", "december"};
        qsizetype length = 0;
        while (m_at + length < m_text.size() && m_text[m_at + length].isLetter())
            ++length;
        if (length < 3)
            return 0;
        const QStringView word = m_text.sliced(m_at, length);
        for (int month = 1; month <= 12; ++month) {
            if (QLatin1String(names[month - 1]).startsWith(word, Qt::CaseInsensitive)) {
                m_at += length;
                take(u'.');
                return month;
            }
        }
        return 0;
    }

private:
    QStringView m_text;
    qsizetype m_at = 0;
};

std::optional<std::int32_t> daysOf(int year, int month, int day)
{
    if (year < 1000 || year > 9999 || !QDate::isValid(year, month, day))
        return std::nullopt;
    static const qint64 epoch = QDate(1970, 1, 1).toJulianDay();
    return static_cast<std::int32_t>(QDate(year, month, day).toJulianDay() - epoch);
}

std::optional<int> yearOf(Number number)
{
    if (number.digits == 4)
        return number.value;
    if (number.digits == 2)
        return number.value + (number.value < 70 ? 2000 : 1900);
    return std::nullopt;
}

std::optional<std::int32_t> daysInOrder(Number a, Number b, Number c, DateOrder order)
{
    const Number year = order == DateOrder::YearMonthDay ? a : c;
    const Number month = order == DateOrder::MonthDayYear ? a : b;
    const Number day = order == DateOrder::YearMonthDay ? c : order == DateOrder::DayMonthYear ? a : b;
    const std::optional<int> fullYear = yearOf(year);
    if (!fullYear || month.digits > 2 || day.digits > 2)
        return std::nullopt;
    return daysOf(*fullYear, month.value, day.value);
}

/// 5 Mar 2024, Mar 5, 2024, 5-Mar-24.
std::optional<std::int32_t> takeNamedMonth(Scanner &scanner)
{
    const auto takeGap = [&scanner] {
        while (scanner.takeOneOf(u" -/.,")) {
        }
    };
    int month = scanner.takeMonthName();
    if (month > 0)
        takeGap();
    const std::optional<Number> day = scanner.takeNumber(2);
    if (!day)
        return std::nullopt;
    takeGap();
    if (month == 0) {
        month = scanner.takeMonthName();
        takeGap();
    }
    const std::optional<Number> year = scanner.takeNumber(4);
    if (month == 0 || !year || !yearOf(*year))
        return std::nullopt;
    return daysOf(*yearOf(*year), month, day->value);
}

/// 2024年3月5日. The last character may be 日 or 号, or be left out.
std::optional<std::int32_t> takeChinese(Scanner &scanner)
{
    const std::optional<Number> year = scanner.takeNumber(4);
    if (!year || !scanner.take(u'年') || !yearOf(*year))
        return std::nullopt;
    scanner.skipSpaces();
    const std::optional<Number> month = scanner.takeNumber(2);
    if (!month || !scanner.take(u'月'))
        return std::nullopt;
    scanner.skipSpaces();
    const std::optional<Number> day = scanner.takeNumber(2);
    if (!day)
        return std::nullopt;
    scanner.takeOneOf(u"日号");
    return daysOf(*yearOf(*year), month->value, day->value);
}

std::optional<std::int32_t> takeNumeric(Scanner &scanner, DateOrder order, bool &isOrderFixed)
{
    const std::optional<Number> first = scanner.takeNumber(8);
    if (!first)
        return std::nullopt;
    if (first->digits == 8) {
        isOrderFixed = true;
        return daysOf(first->value / 10000, first->value / 100 % 100, first->value % 100);
    }
    const QChar separator = scanner.peek();
    if (!scanner.takeOneOf(u"-/. "))
        return std::nullopt;
    scanner.skipSpaces();
    const std::optional<Number> second = scanner.takeNumber(2);
    if (!second || !scanner.take(separator.unicode()))
        return std::nullopt;
    scanner.skipSpaces();
    const std::optional<Number> third = scanner.takeNumber(4);
    if (!third)
        return std::nullopt;
    isOrderFixed = first->digits == 4;
    return daysInOrder(*first, *second, *third, isOrderFixed ? DateOrder::YearMonthDay : order);
}

bool takeZone(Scanner &scanner, ParsedDate &date)
{
    scanner.skipSpaces();
    if (scanner.atEnd())
        return true;
    if (scanner.takeWord(u"UTC") || scanner.takeWord(u"GMT") || scanner.take(u'Z')) {
        date.offsetSeconds = 0;
        if (scanner.atEnd())
            return true;
    }
    const bool isWest = scanner.peek() == u'-';
    if (!scanner.takeOneOf(u"+-"))
        return false;
    std::optional<Number> hours = scanner.takeNumber(4);
    if (!hours || hours->digits == 3)
        return false;
    int minutes = 0;
    if (hours->digits == 4) {
        minutes = hours->value % 100;
        hours->value /= 100;
    } else if (scanner.take(u':')) {
        const std::optional<Number> number = scanner.takeNumber(2);
        if (!number)
            return false;
        minutes = number->value;
    }
    if (hours->value > 14 || minutes > 59)
        return false;
    date.offsetSeconds = (hours->value * 3600 + minutes * 60) * (isWest ? -1 : 1);
    return true;
}

/// 上午, 下午, am, pm before or after a time of the 12-hour clock: 'a', 'p', or 0.
char takeHalfOfDay(Scanner &scanner)
{
    scanner.skipSpaces();
    for (const QStringView word : {QStringView(u"上午"), QStringView(u"a.m."), QStringView(u"am")}) {
        if (scanner.takeWord(word))
            return 'a';
    }
    for (const QStringView word :
         {QStringView(u"下午"), QStringView(u"晚上"), QStringView(u"p.m."), QStringView(u"pm")}) {
        if (scanner.takeWord(word))
            return 'p';
    }
    return 0;
}

/// Seconds with up to nine decimals; those beyond milliseconds are cut off.
bool takeSeconds(Scanner &scanner, int &ms)
{
    const std::optional<Number> seconds = scanner.takeNumber(2);
    if (!seconds || seconds->value > 59)
        return false;
    ms += seconds->value * 1000;
    if (scanner.takeOneOf(u".,")) {
        std::optional<Number> fraction = scanner.takeNumber(9);
        if (!fraction)
            return false;
        for (; fraction->digits > 3; --fraction->digits)
            fraction->value /= 10;
        for (; fraction->digits < 3; ++fraction->digits)
            fraction->value *= 10;
        ms += fraction->value;
    }
    return true;
}

/// The hour is read; separators and the rest follow. `compact` is hhmm or hhmmss in one number.
bool takeMinutesAndSeconds(Scanner &scanner, Number hour, int &ms)
{
    if (hour.digits == 4 || hour.digits == 6) {
        const int value = hour.digits == 4 ? hour.value * 100 : hour.value;
        ms = (value / 10000 * 3600 + value / 100 % 100 * 60 + value % 100) * 1000;
        return value / 10000 < 24 && value / 100 % 100 < 60 && value % 100 < 60;
    }
    if (hour.digits > 2 || hour.value > 23)
        return false;
    const bool isChinese = scanner.takeOneOf(u"时点時");
    if (!isChinese && !scanner.take(u':'))
        return false;
    ms = hour.value * 3'600'000;
    const std::optional<Number> minutes = scanner.takeNumber(2);
    if (!minutes)
        return isChinese;
    if (minutes->value > 59)
        return false;
    ms += minutes->value * 60'000;
    if (isChinese) {
        if (!scanner.take(u'分') || !scanner.peek().isDigit())
            return true;
        return takeSeconds(scanner, ms) && scanner.take(u'秒');
    }
    return !scanner.take(u':') || takeSeconds(scanner, ms);
}

bool takeTime(Scanner &scanner, ParsedDate &date)
{
    scanner.takeOneOf(u",");
    scanner.skipSpaces();
    if (scanner.atEnd())
        return true;
    scanner.takeOneOf(u"Tt");
    char half = takeHalfOfDay(scanner);
    scanner.skipSpaces();
    const std::optional<Number> hour = scanner.takeNumber(6);
    int ms = 0;
    if (!hour || !takeMinutesAndSeconds(scanner, *hour, ms))
        return false;
    if (half == 0)
        half = takeHalfOfDay(scanner);
    if (half != 0) {
        const int hours = ms / 3'600'000;
        if (half == 'p' && hours < 12)
            ms += kMsPerDay / 2;
        else if (half == 'a' && hours == 12)
            ms -= kMsPerDay / 2;
        else if (half == 'a' && hours > 12)
            return false;
    }
    date.hasTime = true;
    date.msOfDay = ms;
    return takeZone(scanner, date) && scanner.atEnd();
}

} // namespace

std::optional<ParsedDate> parseDateText(QStringView text, DateOrder order)
{
    const QString plain = toPlainText(text);
    if (plain.size() < 6 || plain.size() > 64)
        return std::nullopt;
    Scanner scanner(plain);
    ParsedDate date;
    std::optional<std::int32_t> days;
    if (plain.contains(u'年')) {
        days = takeChinese(scanner);
        date.isOrderFixed = true;
    } else {
        days = takeNumeric(scanner, order, date.isOrderFixed);
        if (!days && std::any_of(plain.cbegin(), plain.cend(), [](QChar c) { return c.isLetter(); })) {
            scanner.moveTo(0);
            days = takeNamedMonth(scanner);
            date.isOrderFixed = true;
        }
    }
    if (!days || (!scanner.atEnd() && scanner.peek().isDigit()) || !takeTime(scanner, date))
        return std::nullopt;
    date.days = *days;
    return date;
}

std::optional<std::int32_t> parseDate(QStringView text, DateOrder order)
{
    const std::optional<ParsedDate> date = parseDateText(text, order);
    return date ? std::optional(date->days) : std::nullopt;
}

std::optional<std::int64_t> parseInstant(QStringView text, DateOrder order, const QTimeZone &zone)
{
    const std::optional<ParsedDate> date = parseDateText(text, order);
    if (!date)
        return std::nullopt;
    const std::int64_t ms = std::int64_t(date->days) * kMsPerDay + date->msOfDay;
    if (date->offsetSeconds)
        return ms - std::int64_t(*date->offsetSeconds) * 1000;
    const QDate day = QDate(1970, 1, 1).addDays(date->days);
    if (!date->hasTime)
        return day.startOfDay(zone).toMSecsSinceEpoch();
    return QDateTime(day, QTime::fromMSecsSinceStartOfDay(date->msOfDay), zone).toMSecsSinceEpoch();
}

void DateOrderFinder::add(QStringView text)
{
    if (text.trimmed().isEmpty())
        return;
    std::optional<ParsedDate> dates[3];
    for (int i = 0; i < 3; ++i) {
        dates[i] = parseDateText(text, DateOrder(i));
        if (dates[i] && dates[i]->isOrderFixed) {
            ++m_fixed;
            return;
        }
    }
    if (!dates[0] && !dates[1] && !dates[2]) {
        ++m_unreadable;
        return;
    }
    ++m_open;
    if (text.contains(u'.') && !text.contains(u'/') && !text.contains(u'-'))
        ++m_openWithDots;
    for (int i = 0; i < 3; ++i) {
        if (!dates[i])
            continue;
        ++m_readable[i];
        for (int j = 0; j < 3; ++j) {
            if (dates[j] && dates[j]->days != dates[i]->days)
                m_differ[i][j] = true;
        }
    }
}

DateColumn DateOrderFinder::finding() const
{
    DateColumn column;
    column.order = m_open > 0 ? m_preferred : DateOrder::YearMonthDay;
    const qint64 most = *std::max_element(std::begin(m_readable), std::end(m_readable));
    const bool isDotted = m_openWithDots * 2 > m_open;
    // The first of these that reads as many values as any wins.
    const DateOrder ranking[] = {isDotted ? DateOrder::DayMonthYear : m_preferred, m_preferred, DateOrder::DayMonthYear,
                                 DateOrder::MonthDayYear, DateOrder::YearMonthDay};
    if (m_open > 0) {
        column.order = *std::find_if(std::begin(ranking), std::end(ranking),
                                     [&](DateOrder order) { return m_readable[int(order)] == most; });
    }
    for (int other = 0; other < 3; ++other) {
        const bool isRival = m_readable[other] == most && m_differ[int(column.order)][other];
        if (m_open > 0 && isRival && !(isDotted && column.order == DateOrder::DayMonthYear))
            column.isAmbiguous = true;
    }
    column.dates = m_fixed + m_readable[int(column.order)];
    column.contradicting = m_open - m_readable[int(column.order)];
    column.unreadable = m_unreadable;
    return column;
}

} // namespace fieldfare::exchange
