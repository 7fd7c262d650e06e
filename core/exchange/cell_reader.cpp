// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_reader.h"

#include "core/model/value_text.h"

#include <QCoreApplication>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;
using model::FieldType;
using model::Value;

namespace {

/// `sentence`: marked for translation in context "Details".
base::Error notA(const char *sentence, QStringView text)
{
    return {ErrorCode::BadValue, QCoreApplication::translate("Details", sentence).arg(text.left(80)), {text.left(80).toString()}};
}

} // namespace

bool CellReader::isDirect(const model::Field &field)
{
    return field.type != FieldType::Choice && field.type != FieldType::Tags && !field.isReference();
}

Result<Value> CellReader::read(const model::Field &field, QStringView text, const ColumnFormat &format, bool &isRounded) const
{
    const QStringView trimmed = text.trimmed();
    if (trimmed.isEmpty())
        return Value();
    switch (field.type) {
    case FieldType::Integer: {
        const auto number = parseInteger(trimmed, format.mark);
        if (!number.ok())
            return notA(QT_TRANSLATE_NOOP("Details", "\"%1\" is not a whole number"), trimmed);
        return Value(number.value());
    }
    case FieldType::Decimal: {
        const auto number = parseDecimal(trimmed, format.mark);
        if (!number.ok())
            return notA(QT_TRANSLATE_NOOP("Details", "\"%1\" is not a number"), trimmed);
        const auto scaled = rescaled(number.value(), 6, &isRounded);
        if (!scaled.ok())
            return notA(QT_TRANSLATE_NOOP("Details", "\"%1\" is not a number in range"), trimmed);
        return Value(scaled.value());
    }
    case FieldType::Money: {
        const auto money = parseMoney(trimmed, format.mark, m_currency);
        if (!money.ok())
            return notA(QT_TRANSLATE_NOOP("Details", "\"%1\" is not an amount"), trimmed);
        isRounded = money->isRounded;
        return Value(model::Money::of(money->minorUnits, money->currency));
    }
    case FieldType::Date: {
        const auto days = parseDate(trimmed, format.order);
        if (!days)
            return notA(QT_TRANSLATE_NOOP("Details", "\"%1\" is not a date"), trimmed);
        return Value(std::int64_t(*days));
    }
    case FieldType::Instant: {
        const auto instant = parseInstant(trimmed, format.order, m_zone);
        if (!instant)
            return notA(QT_TRANSLATE_NOOP("Details", "\"%1\" is not a date or time"), trimmed);
        return Value(*instant);
    }
    case FieldType::LongText:
        return Value(text.toString());
    default: {
        auto value = model::parseValue(field, trimmed.toString(), m_currency);
        if (!value.ok())
            return notA(QT_TRANSLATE_NOOP("Details", "\"%1\" is not a value of this field"), trimmed);
        return value;
    }
    }
}

} // namespace fieldfare::exchange
