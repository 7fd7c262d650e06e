// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/currency_table.h"

namespace fieldfare::exchange {

namespace {

constexpr CurrencyRow kCurrencies[] = {
    {"AED", 2}, {"ARS", 2}, {"AUD", 2}, {"BDT", 2}, {"BGN", 2}, {"BHD", 3}, {"BRL", 2}, {"CAD", 2}, {"CHF", 2},
    {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"CZK", 2}, {"DKK", 2}, {"EGP", 2}, {"EUR", 2}, {"GBP", 2}, {"GHS", 2},
    {"HKD", 2}, {"HUF", 2}, {"IDR", 2}, {"ILS", 2}, {"INR", 2}, {"IQD", 3}, {"ISK", 0}, {"JOD", 3}, {"JPY", 0},
    {"KES", 2}, {"KRW", 0}, {"KWD", 3}, {"KZT", 2}, {"LKR", 2}, {"LYD", 3}, {"MAD", 2}, {"MOP", 2}, {"MXN", 2},
    {"MYR", 2}, {"NGN", 2}, {"NOK", 2}, {"NZD", 2}, {"OMR", 3}, {"PEN", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2},
    {"PYG", 0}, {"QAR", 2}, {"RON", 2}, {"RSD", 2}, {"RUB", 2}, {"SAR", 2}, {"SEK", 2}, {"SGD", 2}, {"THB", 2},
    {"TND", 3}, {"TRY", 2}, {"TWD", 2}, {"TZS", 2}, {"UAH", 2}, {"UGX", 0}, {"USD", 2}, {"UYU", 2}, {"UZS", 2},
    {"VND", 0}, {"XAF", 0}, {"XOF", 0}, {"XPF", 0}, {"ZAR", 2},
};

// Longer signs stand before the shorter ones that they contain.
constexpr CurrencySign kSigns[] = {
    {u"US$", "USD"}, {u"HK$", "HKD"}, {u"NT$", "TWD"}, {u"NZ$", "NZD"}, {u"MX$", "MXN"}, {u"CA$", "CAD"},
    {u"A$", "AUD"},  {u"C$", "CAD"},  {u"R$", "BRL"},  {u"S$", "SGD"},  {u"$", "USD"},   {u"$", "CAD"},
    {u"$", "AUD"},   {u"$", "HKD"},   {u"$", "SGD"},   {u"$", "NZD"},   {u"$", "TWD"},   {u"$", "MXN"},
    {u"$", "ARS"},   {u"$", "CLP"},   {u"$", "COP"},   {u"$", "UYU"},   {u"€", "EUR"},   {u"£", "GBP"},
    {u"£", "EGP"},   {u"¥", "CNY"},   {u"¥", "JPY"},   {u"￥", "CNY"},  {u"￥", "JPY"},  {u"RMB", "CNY"},
    {u"元", "CNY"},  {u"元", "TWD"},  {u"元", "HKD"},  {u"圆", "CNY"},  {u"円", "JPY"},  {u"₩", "KRW"},
    {u"₹", "INR"},   {u"Rs.", "INR"}, {u"Rs.", "PKR"}, {u"Rs", "INR"},  {u"Rs", "PKR"},  {u"₽", "RUB"},
    {u"₺", "TRY"},   {u"₫", "VND"},   {u"₪", "ILS"},   {u"฿", "THB"},   {u"₱", "PHP"},   {u"₦", "NGN"},
    {u"₴", "UAH"},   {u"₸", "KZT"},   {u"zł", "PLN"},  {u"Kč", "CZK"},  {u"Ft", "HUF"},  {u"kr.", "DKK"},
    {u"kr", "SEK"},  {u"kr", "NOK"},  {u"kr", "DKK"},  {u"kr", "ISK"},  {u"Fr.", "CHF"}, {u"RM", "MYR"},
    {u"R", "ZAR"},
};

} // namespace

std::span<const CurrencyRow> currencies()
{
    return kCurrencies;
}

std::span<const CurrencySign> currencySigns()
{
    return kSigns;
}

int currencyDigits(QStringView code)
{
    for (const CurrencyRow &row : kCurrencies) {
        if (code.compare(QLatin1String(row.code), Qt::CaseInsensitive) == 0)
            return row.digits;
    }
    return -1;
}

} // namespace fieldfare::exchange
