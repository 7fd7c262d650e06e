// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/model/field.h"
#include "core/model/value.h"

namespace fieldfare::model {

/// Reads the canonical text of a value, as the command line and CSV export write it: dates 2026-11-21, instants
/// 2026-11-21T09:30:00Z (or with an offset; without one it is local time), money "1054.00 USD" or a bare number in
/// defaultCurrency, yes/no as yes, no, true, false, 1, 0, durations "1:30:00" or seconds, addresses with " | " between
/// the parts. References need an id here; names are resolved by the caller. Fails with BadValue.
base::Result<Value> parseValue(const Field &field, const QString &text, const QString &defaultCurrency);

/// The canonical text; references as their id. parseValue() of it gives the value back.
[[nodiscard]] QString formatValue(const Field &field, const Value &value);

/// A text that carries any value without its field, for the values of a conflict record: "i:5", "t:Ann",
/// "m:105400 USD", "r:4:<uuid>", "x:<hex of CBOR>"; empty for the empty value.
[[nodiscard]] QString toPortableText(const Value &value);
base::Result<Value> fromPortableText(const QString &text);

/// As names are compared: trimmed, one space between words, case folded.
[[nodiscard]] QString foldedName(const QString &text);

/// Digits after the decimal point of an ISO 4217 currency: 2 unless the standard says otherwise.
[[nodiscard]] int currencyDigits(const QString &currency);
/// "1054.00" for 105400 minor units of a two-digit currency.
[[nodiscard]] QString formatMinorUnits(std::int64_t minor, int digits);

} // namespace fieldfare::model
