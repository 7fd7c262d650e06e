// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

namespace fieldfare::storage {

/// The digits of one telephone number.
struct PhoneDigits {
    QString full;     ///< As dialled, without + or 00: 8613800138000; 03012345 stays as it is.
    QString national; ///< Without country code (known only after + or 00) and trunk zero: 13800138000, 3012345.

    friend bool operator==(const PhoneDigits &, const PhoneDigits &) = default;
};

/// Digits in any width; an extension (ext 12, x12, #12, 转12) is left out. Country codes by the list of ITU-T E.164
/// (one digit: 1 and 7; two digits: a table; the others have three).
[[nodiscard]] PhoneDigits phoneDigits(QStringView phone);

/// What to index for a field that holds one or several telephone numbers (parted by , ; 、 or a line end): for each
/// the full digits, the national ones if different, and kReversedMark followed by the full digits backwards. So a
/// prefix query finds a number by its beginning, with and without country code, and (backwards) by its end.
[[nodiscard]] QString phoneSearchText(QStringView phones);

} // namespace fieldfare::storage
