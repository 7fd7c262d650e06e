// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <span>

namespace fieldfare::exchange {

/// One currency of ISO 4217: its code and how many decimal digits its minor unit has (list one, column E).
struct CurrencyRow {
    const char *code;
    int digits;
};

/// A sign people write before or after an amount. A sign used for several currencies has several rows, the most
/// common first.
struct CurrencySign {
    const char16_t *sign;
    const char *code;
};

[[nodiscard]] std::span<const CurrencyRow> currencies();
[[nodiscard]] std::span<const CurrencySign> currencySigns();

/// Digits of the minor unit; -1 for a code that is not in the table. Any case.
[[nodiscard]] int currencyDigits(QStringView code);

} // namespace fieldfare::exchange
