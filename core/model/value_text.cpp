// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/model/value_text.h"

#include "core/model/unit_separator.h"

#include <QDate>
#include <QDateTime>
#include <QTimeZone>

namespace fieldfare::model {

using base::ErrorCode;
using base::Error;
using base::Id;
using base::Result;

namespace {

const QDate kEpoch(1970, 1, 1);

Result<Value> bad(const Field &field, const QString &text)
{
    return {ErrorCode::BadValue, QStringLiteral("%1: \"%2\" cannot be read").arg(field.name, text.left(80)), {field.name, text.left(80)}};
}

/// A decimal number with a point into units of 10^-digits; refuses overflow, other characters and too many places.
std::optional<std::int64_t> parseScaled(QString text, int digits)
{
    text = text.trimmed();
    bool negative = false;
    if (text.startsWith(QLatin1Char('-')) || text.startsWith(QLatin1Char('+'))) {
        negative = text.at(0) == QLatin1Char('-');
        text.remove(0, 1);
    }
    const qsizetype point = text.indexOf(QLatin1Char('.'));
    QString whole = point < 0 ? text : text.left(point);
    QString part = point < 0 ? QString() : text.mid(point + 1);
    while (part.size() > digits && part.endsWith(QLatin1Char('0')))
        part.chop(1);
    if (part.size() > digits || (whole.isEmpty() && part.isEmpty()))
        return std::nullopt;
    part = part.leftJustified(digits, QLatin1Char('0'));
    const QString all = whole + part;
    if (all.size() > 18)
        return std::nullopt;
    std::int64_t number = 0;
    for (const QChar c : all) {
        if (c < QLatin1Char('0') || c > QLatin1Char('9'))
            return std::nullopt;
        number = number * 10 + (c.unicode() - u'0');
    }
    return negative ? -number : number;
}

Result<Value> parseMoney(const Field &field, const QString &text, const QString &defaultCurrency)
{
    const QString trimmed = text.trimmed();
    const qsizetype space = trimmed.lastIndexOf(QLatin1Char(' '));
    const QString currency = space < 0 ? defaultCurrency : trimmed.mid(space + 1).toUpper();
    const QString number = space < 0 ? trimmed : trimmed.left(space);
    if (currency.size() != 3)
        return bad(field, text);
    for (const QChar c : currency) {
        if (c < QLatin1Char('A') || c > QLatin1Char('Z'))
            return bad(field, text);
    }
    const auto minor = parseScaled(number, currencyDigits(currency));
    if (!minor)
        return bad(field, text);
    return Value(Money::of(*minor, currency));
}

Result<Value> parseYesNo(const Field &field, const QString &text)
{
    const QString word = text.trimmed().toLower();
    if (word == QLatin1String("yes") || word == QLatin1String("true") || word == QLatin1String("1") || word == QStringLiteral("是"))
        return Value(std::int64_t(1));
    if (word == QLatin1String("no") || word == QLatin1String("false") || word == QLatin1String("0") || word == QStringLiteral("否"))
        return Value(std::int64_t(0));
    return bad(field, text);
}

Result<Value> parseDuration(const Field &field, const QString &text)
{
    const QStringList parts = text.trimmed().split(QLatin1Char(':'));
    if (parts.size() > 3)
        return bad(field, text);
    std::int64_t seconds = 0;
    for (const QString &part : parts) {
        bool ok = false;
        const qint64 number = part.toLongLong(&ok);
        if (!ok || number < 0 || seconds > std::numeric_limits<qint64>::max() / 100)
            return bad(field, text);
        seconds = seconds * 60 + number;
    }
    if (parts.size() == 2)
        seconds *= 60;
    return Value(seconds);
}

Result<Value> parseInstant(const Field &field, const QString &text)
{
    QDateTime time = QDateTime::fromString(text.trimmed(), Qt::ISODateWithMs);
    if (!time.isValid())
        time = QDateTime::fromString(text.trimmed(), QStringLiteral("yyyy-MM-dd HH:mm"));
    if (!time.isValid()) {
        const QDate day = QDate::fromString(text.trimmed(), Qt::ISODate);
        if (!day.isValid())
            return bad(field, text);
        time = QDateTime(day, QTime(0, 0), Qt::UTC);
    }
    return Value(std::int64_t(time.toMSecsSinceEpoch()));
}

} // namespace

int currencyDigits(const QString &currency)
{
    static const QStringList none{QStringLiteral("JPY"), QStringLiteral("KRW"), QStringLiteral("VND"), QStringLiteral("CLP"),
                                  QStringLiteral("ISK"), QStringLiteral("PYG"), QStringLiteral("UGX"), QStringLiteral("XAF"),
                                  QStringLiteral("XOF"), QStringLiteral("XPF"), QStringLiteral("RWF"), QStringLiteral("KMF"),
                                  QStringLiteral("GNF"), QStringLiteral("DJF"), QStringLiteral("BIF"), QStringLiteral("VUV")};
    static const QStringList three{QStringLiteral("BHD"), QStringLiteral("IQD"), QStringLiteral("JOD"), QStringLiteral("KWD"),
                                   QStringLiteral("LYD"), QStringLiteral("OMR"), QStringLiteral("TND")};
    if (none.contains(currency))
        return 0;
    return three.contains(currency) ? 3 : 2;
}

QString formatMinorUnits(std::int64_t minor, int digits)
{
    const bool negative = minor < 0;
    QString text = QString::number(negative ? 0 - quint64(minor) : quint64(minor));
    if (digits > 0) {
        text = text.rightJustified(digits + 1, QLatin1Char('0'));
        text.insert(text.size() - digits, QLatin1Char('.'));
    }
    return negative ? QLatin1Char('-') + text : text;
}

Result<Value> parseValue(const Field &field, const QString &text, const QString &defaultCurrency)
{
    if (text.trimmed().isEmpty())
        return Value();
    switch (field.valueType()) {
    case FieldType::Integer: {
        bool ok = false;
        const qint64 number = text.trimmed().toLongLong(&ok);
        return ok ? Result<Value>(Value(std::int64_t(number))) : bad(field, text);
    }
    case FieldType::Decimal: {
        const auto number = parseScaled(text, 6);
        return number ? Result<Value>(Value(*number)) : bad(field, text);
    }
    case FieldType::Money:
        return parseMoney(field, text, defaultCurrency);
    case FieldType::Date: {
        const QDate day = QDate::fromString(text.trimmed(), Qt::ISODate);
        return day.isValid() ? Result<Value>(Value(std::int64_t(kEpoch.daysTo(day)))) : bad(field, text);
    }
    case FieldType::Instant:
        return parseInstant(field, text);
    case FieldType::Duration:
        return parseDuration(field, text);
    case FieldType::YesNo:
        return parseYesNo(field, text);
    case FieldType::Reference:
    case FieldType::User: {
        const auto id = Id::fromString(text.trimmed());
        if (!id || field.targets.isEmpty())
            return bad(field, text);
        return Value(Reference{field.targets.first(), *id});
    }
    case FieldType::Address: {
        QStringList parts = text.split(QLatin1Char('|'));
        for (QString &part : parts)
            part = part.trimmed();
        return Value(parts.join(kUnitSeparator));
    }
    default:
        return Value(text);
    }
}

QString formatValue(const Field &field, const Value &value)
{
    if (const QString *text = value.text()) {
        if (field.valueType() != FieldType::Address)
            return *text;
        return text->split(kUnitSeparator).join(QStringLiteral(" | "));
    }
    if (const Money *money = value.money())
        return formatMinorUnits(money->minor, currencyDigits(money->currencyCode())) + QLatin1Char(' ') + money->currencyCode();
    if (const Reference *reference = value.reference())
        return reference->id.toString();
    const std::int64_t *number = value.integer();
    if (number == nullptr)
        return {};
    switch (field.valueType()) {
    case FieldType::Decimal: {
        QString text = formatMinorUnits(*number, 6);
        while (text.endsWith(QLatin1Char('0')))
            text.chop(1);
        if (text.endsWith(QLatin1Char('.')))
            text.chop(1);
        return text;
    }
    case FieldType::Date:
        return kEpoch.addDays(*number).toString(Qt::ISODate);
    case FieldType::Instant: {
        const QDateTime time = QDateTime::fromMSecsSinceEpoch(*number, Qt::UTC);
        return time.toString(*number % 1000 == 0 ? Qt::ISODate : Qt::ISODateWithMs);
    }
    case FieldType::Duration:
        return QStringLiteral("%1:%2:%3")
            .arg(*number / 3600)
            .arg(*number / 60 % 60, 2, 10, QLatin1Char('0'))
            .arg(*number % 60, 2, 10, QLatin1Char('0'));
    case FieldType::YesNo:
        return *number != 0 ? QStringLiteral("yes") : QStringLiteral("no");
    default:
        return QString::number(*number);
    }
}

QString toPortableText(const Value &value)
{
    if (const auto *integer = value.integer())
        return QStringLiteral("i:%1").arg(*integer);
    if (const QString *text = value.text())
        return QStringLiteral("t:") + *text;
    if (const Money *money = value.money())
        return QStringLiteral("m:%1 %2").arg(money->minor).arg(money->currencyCode());
    if (const Reference *reference = value.reference())
        return QStringLiteral("r:%1:%2").arg(reference->entity).arg(reference->id.toString());
    if (const RawValue *raw = value.raw())
        return QStringLiteral("x:") + QString::fromLatin1(raw->cbor.toHex());
    return {};
}

Result<Value> fromPortableText(const QString &text)
{
    const Error malformed{ErrorCode::BadValue, QStringLiteral("malformed portable value")};
    if (text.isEmpty())
        return Value();
    if (text.size() < 2 || text.at(1) != QLatin1Char(':'))
        return malformed;
    const QString rest = text.mid(2);
    bool ok = false;
    switch (text.at(0).unicode()) {
    case u't':
        return Value(rest);
    case u'i': {
        const qint64 number = rest.toLongLong(&ok);
        return ok ? Result<Value>(Value(std::int64_t(number))) : malformed;
    }
    case u'm': {
        const qint64 minor = rest.section(QLatin1Char(' '), 0, 0).toLongLong(&ok);
        return ok ? Result<Value>(Value(Money::of(minor, rest.section(QLatin1Char(' '), 1)))) : malformed;
    }
    case u'r': {
        const int entity = rest.section(QLatin1Char(':'), 0, 0).toInt(&ok);
        const auto id = Id::fromString(rest.section(QLatin1Char(':'), 1));
        return ok && id ? Result<Value>(Value(Reference{EntityId(entity), *id})) : malformed;
    }
    case u'x':
        return Value(RawValue{QByteArray::fromHex(rest.toLatin1())});
    default:
        return malformed;
    }
}

QString foldedName(const QString &text)
{
    return text.simplified().toCaseFolded();
}

} // namespace fieldfare::model
