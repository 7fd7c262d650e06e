// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/date_order.h"
#include "core/exchange/number_format.h"
#include "core/model/field.h"
#include "core/model/value.h"

#include <QTimeZone>

namespace fieldfare::exchange {

/// How the values of one column are written; found from the whole column.
struct ColumnFormat {
    DateOrder order = DateOrder::DayMonthYear;
    DecimalMark mark = DecimalMark::Dot;
};

/// Turns the text of a cell into the value of a field, for all types that need no look-up in the profile. Choices, references
/// and tags stay text: RecordLookups takes them from there. Immutable, safe to use from any thread.
class CellReader {
public:
    CellReader(QString currency, QTimeZone zone) : m_currency(std::move(currency)), m_zone(std::move(zone)) {}

    /// Whether read() gives the value itself rather than a text to look up.
    [[nodiscard]] static bool isDirect(const model::Field &field);

    /// Blank text gives the empty value; `isRounded` is set when there were more decimals than fit. Fails with BadValue;
    /// `detail` says why in English.
    [[nodiscard]] base::Result<model::Value> read(const model::Field &field, QStringView text, const ColumnFormat &format, bool &isRounded) const;

private:
    QString m_currency;
    QTimeZone m_zone;
};

} // namespace fieldfare::exchange
