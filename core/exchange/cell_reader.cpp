// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/cell_reader.h"

#include "core/model/value_text.h"

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;
using model::FieldType;
using model::Value;

namespace {

base::Error notA(const char *what, QStringView text)
{
    return {ErrorCode::BadValue, QStringLiteral("\"%1\" is not %2").arg(text.left(80).toString(), QString::fromLatin1(what)), {text.left(80).toString()}};
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
            return notA("a whole number", trimmed);
        return Value(number.value());
    }
    case FieldType::Decimal: {
        const auto number = parseDecimal(trimmed, format.mark);
        if (!number.ok())
            return notA("a number", trimmed);
        const auto scaled = rescaled(number.value(), 6, &isRounded);
        if (!scaled.ok())
            return notA("a number in range", trimmed);
        return Value(scaled.value());
    }
    case FieldType::Money: {
        const auto money = parseMoney(trimmed, format.mark, m_currency);
        if (!money.ok())
            return notA("an amount", trimmed);
        isRounded = money->isRounded;
        return Value(model::Money::of(money->minorUnits, money->currency));
    }
    case FieldType::Date: {
        const auto days = parseDate(trimmed, format.order);
        if (!days)
            return notA("a date", trimmed);
        return Value(std::int64_t(*days));
    }
    case FieldType::Instant: {
        const auto instant = parseInstant(trimmed, format.order, m_zone);
        if (!instant)
            return notA("a date or time", trimmed);
        return Value(*instant);
    }
    case FieldType::LongText:
        return Value(text.toString());
    default: {
        auto value = model::parseValue(field, trimmed.toString(), m_currency);
        if (!value.ok())
            return notA("a value of this field", trimmed);
        return value;
    }
    }
}

} // namespace fieldfare::exchange
