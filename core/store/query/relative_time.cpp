// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/relative_time.h"

#include <QDateTime>

namespace fieldfare::store {

namespace {

constexpr std::int64_t kMinute = 60 * 1000;

struct Offset {
    int amount = 0;
    QChar unit;
};

/// "-30d"; nullopt when malformed.
std::optional<Offset> parseOffset(QStringView text)
{
    if (text.size() < 3 || text.size() > 6 || (text[0] != u'+' && text[0] != u'-'))
        return std::nullopt;
    int amount = 0;
    for (const QChar c : text.mid(1, text.size() - 2)) {
        if (c < u'0' || c > u'9')
            return std::nullopt;
        amount = amount * 10 + (c.unicode() - u'0');
    }
    return Offset{text[0] == u'-' ? -amount : amount, text.last(1)[0]};
}

std::optional<QDate> moved(QDate day, Offset offset)
{
    switch (offset.unit.unicode()) {
    case u'd':
        return day.addDays(offset.amount);
    case u'w':
        return day.addDays(offset.amount * qint64(7));
    case u'm':
        return day.addMonths(offset.amount);
    case u'y':
        return day.addYears(offset.amount);
    default:
        return std::nullopt;
    }
}

std::optional<std::int64_t> milliseconds(Offset offset)
{
    switch (offset.unit.unicode()) {
    case u'm':
        return offset.amount * kMinute;
    case u'h':
        return offset.amount * kMinute * 60;
    case u'd':
        return offset.amount * kMinute * 60 * 24;
    case u'w':
        return offset.amount * kMinute * 60 * 24 * 7;
    default:
        return std::nullopt;
    }
}

} // namespace

std::int64_t startOfDay(QDate day, const FilterContext &context)
{
    return day.startOfDay(context.zone).toMSecsSinceEpoch();
}

std::optional<RelativeTime> parseRelativeTime(const QString &word, const FilterContext &context)
{
    const QString text = word.toLower();
    const bool isDay = text.startsWith(QLatin1StringView("today"));
    if (!isDay && !text.startsWith(QLatin1StringView("now")))
        return std::nullopt;
    const QStringView rest = QStringView(text).mid(isDay ? 5 : 3);
    std::optional<Offset> offset = Offset{0, isDay ? u'd' : u'm'};
    if (!rest.isEmpty())
        offset = parseOffset(rest);
    if (!offset)
        return std::nullopt;
    if (isDay) {
        const QDate today = QDateTime::fromMSecsSinceEpoch(context.nowMs, context.zone).date();
        const auto day = moved(today, *offset);
        return day && day->isValid() ? std::optional(RelativeTime{*day, 0}) : std::nullopt;
    }
    const auto delta = milliseconds(*offset);
    return delta ? std::optional(RelativeTime{{}, context.nowMs + *delta}) : std::nullopt;
}

} // namespace fieldfare::store
