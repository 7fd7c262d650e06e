// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/display_text.h"

#include "core/model/unit_separator.h"
#include "core/model/value_text.h"
#include "ui/model/name_book.h"

#include <QDateTime>

#include <algorithm>
#include <cmath>

namespace fieldfare::ui {

namespace {

constexpr qint64 kMinuteMs = 60'000;
constexpr qint64 kHourMs = 60 * kMinuteMs;
constexpr qint64 kDayMs = 24 * kHourMs;
constexpr qint64 kDecimalUnit = 1'000'000; // Decimal values are millionths (core/model/value.h)

bool isHan(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar c) { return c.script() == QChar::Script_Han; });
}

/// As it is written on a letter: in Chinese from the large to the small and without gaps.
QString addressLine(QStringList parts)
{
    constexpr qsizetype kTown = 1;
    constexpr qsizetype kRegion = 2;
    constexpr qsizetype kPostCode = 3;
    constexpr qsizetype kCountry = 4;
    if (std::any_of(parts.cbegin(), parts.cend(), isHan)) {
        const QString town = parts.value(kTown);
        const QString region = parts.value(kRegion) == town ? QString() : parts.value(kRegion);
        const QString line = parts.value(kCountry) + region + town + parts.value(0);
        const QString postCode = parts.value(kPostCode);
        return postCode.isEmpty() || line.isEmpty() ? line + postCode : line + QLatin1Char(' ') + postCode;
    }
    parts.removeAll(QString());
    return parts.join(QStringLiteral(", "));
}

QDate dateOfDays(qint64 days)
{
    return QDate(1970, 1, 1).addDays(days);
}

} // namespace

DisplayText::DisplayText(const NameBook &names, const base::Clock &clock, const QLocale &locale, const QTimeZone &zone)
    : m_names(names), m_clock(clock), m_locale(locale), m_zone(zone)
{
}

QDate DisplayText::dateOf(qint64 msUtc) const
{
    return QDateTime::fromMSecsSinceEpoch(msUtc, m_zone).date();
}

QDate DisplayText::today() const
{
    return dateOf(m_clock.wallMs());
}

QString DisplayText::shortDate(const QDate &date) const
{
    if (!date.isValid())
        return {};
    const QDate now = today();
    if (date == now)
        return tr("Today");
    const bool thisYear = date.year() == now.year() || std::abs(now.daysTo(date)) < 90;
    if (isChinese())
        return m_locale.toString(date, thisYear ? QStringLiteral("M月d日") : QStringLiteral("yyyy年M月d日"));
    return m_locale.toString(date, thisYear ? QStringLiteral("ddd d MMM") : QStringLiteral("d MMM yyyy"));
}

QString DisplayText::longDate(const QDate &date) const
{
    if (!date.isValid())
        return {};
    const bool thisYear = date.year() == today().year();
    if (isChinese())
        return m_locale.toString(date, thisYear ? QStringLiteral("M月d日 dddd") : QStringLiteral("yyyy年M月d日 dddd"));
    return m_locale.toString(date, thisYear ? QStringLiteral("dddd d MMMM") : QStringLiteral("dddd d MMMM yyyy"));
}

QString oneLine(QString text)
{
    constexpr char16_t kLineSeparator = 0x2028;
    constexpr char16_t kParagraphSeparator = 0x2029;
    const auto breaks = [](QChar c) { return c < QLatin1Char(' ') || c == QChar(kLineSeparator) || c == QChar(kParagraphSeparator); };
    if (std::any_of(text.cbegin(), text.cend(), breaks))
        std::replace_if(text.begin(), text.end(), breaks, QLatin1Char(' '));
    return text;
}

QString DisplayText::time(qint64 msUtc) const
{
    return QDateTime::fromMSecsSinceEpoch(msUtc, m_zone).toString(QStringLiteral("HH:mm"));
}

QString DisplayText::shortInstant(qint64 msUtc) const
{
    return shortDate(dateOf(msUtc)) + QLatin1Char(' ') + time(msUtc);
}

QString DisplayText::ago(qint64 msUtc) const
{
    const qint64 passed = std::max<qint64>(0, m_clock.wallMs() - msUtc);
    if (passed < kHourMs)
        return tr("%1 min").arg(m_locale.toString(passed / kMinuteMs));
    if (passed < kDayMs)
        return tr("%1 h").arg(m_locale.toString(passed / kHourMs));
    return tr("%1 d").arg(m_locale.toString(passed / kDayMs));
}

QString DisplayText::synced(qint64 msUtc) const
{
    return m_clock.wallMs() - msUtc < kMinuteMs ? tr("Synced just now") : tr("Synced %1 ago").arg(ago(msUtc));
}

QString DisplayText::timeLeft(qint64 msUtc) const
{
    const qint64 left = msUtc - m_clock.wallMs();
    const qint64 minutes = std::abs(left) / kMinuteMs;
    QString text;
    if (minutes < 60)
        text = tr("%1 min").arg(minutes);
    else if (minutes < 24 * 60)
        text = tr("%1 h %2", "hours and minutes left").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char('0'));
    else
        text = tr("%1 d %2 h").arg(minutes / (24 * 60)).arg(minutes / 60 % 24);
    return left < 0 ? tr("−%1", "overdue by").arg(text) : text;
}

QString DisplayText::money(const model::Money &money, bool minorUnits) const
{
    const QString code = money.currencyCode();
    const int digits = model::currencyDigits(code);
    const double units = double(money.minor) / std::pow(10.0, digits);
    const int shown = minorUnits ? digits : 0;
    const QString number = m_locale.toString(units, 'f', shown);
    if (code == QStringLiteral("USD"))
        return QLatin1Char('$') + number;
    if (code == QStringLiteral("EUR"))
        return QStringLiteral("€") + number;
    if (code == QStringLiteral("GBP"))
        return QStringLiteral("£") + number;
    if (code == QStringLiteral("CNY"))
        return QStringLiteral("¥") + number;
    return number + QLatin1Char(' ') + code;
}

QString DisplayText::duration(qint64 seconds) const
{
    const qint64 minutes = seconds / 60;
    if (minutes < 60)
        return tr("%1 min").arg(m_locale.toString(minutes));
    if (minutes % 60 == 0)
        return tr("%1 h").arg(m_locale.toString(minutes / 60));
    return tr("%1 h %2 min").arg(m_locale.toString(minutes / 60), m_locale.toString(minutes % 60));
}

QString DisplayText::number(qint64 value) const
{
    return m_locale.toString(value);
}

QString DisplayText::count(qint64 value) const
{
    if (value < 1'000'000)
        return m_locale.toString(value);
    if (isChinese())
        return tr("%1 M").arg(m_locale.toString(double(value) / 10'000.0, 'f', 0));
    return tr("%1 M").arg(m_locale.toString(double(value) / 1'000'000.0, 'f', 1));
}

QString DisplayText::choiceListOf(const model::Catalog &catalog, const model::Entity &entity, const model::Field &field)
{
    if (field.valueType() == model::FieldType::Choice)
        return field.choiceList;
    if (field.type != model::FieldType::Computed || field.computed == nullptr || field.computed->child != nullptr || field.computed->reference == nullptr)
        return {};
    const model::Field *by = entity.field(QLatin1StringView(field.computed->reference));
    const model::Entity *target = by != nullptr && !by->targets.isEmpty() ? catalog.entity(by->targets.first()) : nullptr;
    const model::Field *looked = target != nullptr ? target->field(QLatin1StringView(field.computed->value)) : nullptr;
    return looked != nullptr && looked->valueType() == model::FieldType::Choice ? looked->choiceList : QString();
}

QString DisplayText::value(const model::Field &field, const model::Value &value) const
{
    using model::FieldType;
    if (value.isEmpty())
        return {};
    switch (field.valueType()) {
    case FieldType::Integer:
        // Years and the like are read as names, not as amounts: no grouping below 10,000.
        if (const auto *n = value.integer())
            return *n > -10'000 && *n < 10'000 ? QString::number(*n) : m_locale.toString(qlonglong(*n));
        break;
    case FieldType::Decimal:
        if (const auto *n = value.integer()) {
            QString text = m_locale.toString(double(*n) / double(kDecimalUnit), 'f', 6);
            while (text.endsWith(QLatin1Char('0')))
                text.chop(1);
            if (text.endsWith(m_locale.decimalPoint()))
                text.chop(m_locale.decimalPoint().size());
            return text;
        }
        break;
    case FieldType::Money:
        if (const auto *amount = value.money())
            return money(*amount);
        break;
    case FieldType::Date:
        if (const auto *days = value.integer())
            return shortDate(dateOfDays(*days));
        break;
    case FieldType::Instant:
        if (const auto *ms = value.integer())
            return shortInstant(*ms);
        break;
    case FieldType::Duration:
        if (const auto *seconds = value.integer())
            return duration(*seconds);
        break;
    case FieldType::YesNo:
        if (const auto *yes = value.integer())
            return *yes != 0 ? tr("Yes") : tr("No");
        break;
    case FieldType::Choice:
        return m_names.choiceLabel(field.choiceList, value.textOrEmpty());
    case FieldType::Address: {
        return addressLine(value.textOrEmpty().split(model::kUnitSeparator));
    }
    case FieldType::Reference:
    case FieldType::User:
        if (const auto *reference = value.reference())
            return m_names.title(*reference);
        break;
    default:
        break;
    }
    return value.text() ? *value.text() : model::formatValue(field, value);
}

} // namespace fieldfare::ui
