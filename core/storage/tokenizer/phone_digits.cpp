// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/tokenizer/phone_digits.h"

#include "core/storage/tokenizer/letter_table.h"

#include <QStringList>

#include <algorithm>

namespace fieldfare::storage {

namespace {

int countryCodeLength(QStringView digits)
{
    // Two-digit codes of E.164; 1 and 7 have one digit, all others three.
    static constexpr int twoDigitCodes[] = {20, 27, 30, 31, 32, 33, 34, 36, 39, 40, 41, 43, 44, 45, 46,
                                            47, 48, 49, 51, 52, 53, 54, 55, 56, 57, 58, 60, 61, 62, 63,
                                            64, 65, 66, 81, 82, 84, 86, 90, 91, 92, 93, 94, 95, 98};
    if (digits.startsWith(u'1') || digits.startsWith(u'7'))
        return 1;
    const int two = digits.first(std::min<qsizetype>(2, digits.size())).toInt();
    return std::binary_search(std::begin(twoDigitCodes), std::end(twoDigitCodes), two) ? 2 : 3;
}

bool beginsExtension(QChar c)
{
    return c.isLetter() || c == u'#';
}

} // namespace

PhoneDigits phoneDigits(QStringView phone)
{
    PhoneDigits digits;
    bool isInternational = false;
    for (const QChar c : phone) {
        if (const int value = c.digitValue(); value >= 0)
            digits.full.append(QChar(static_cast<char16_t>(u'0' + value)));
        else if (digits.full.isEmpty() && (c == u'+' || c == QChar(0xFF0B)))
            isInternational = true;
        else if (!digits.full.isEmpty() && beginsExtension(c))
            break;
    }
    if (!isInternational && digits.full.startsWith(u"00") && digits.full.size() > 8) {
        isInternational = true;
        digits.full.remove(0, 2);
    }
    digits.national = digits.full;
    if (isInternational)
        digits.national.remove(0, countryCodeLength(digits.full));
    if (digits.national.startsWith(u'0'))
        digits.national.remove(0, 1);
    return digits;
}

QString phoneSearchText(QStringView phones)
{
    QStringList tokens;
    qsizetype start = 0;
    for (qsizetype i = 0; i <= phones.size(); ++i) {
        if (i < phones.size() && !QStringView(u",;、，；\n\r").contains(phones[i]))
            continue;
        const PhoneDigits digits = phoneDigits(phones.sliced(start, i - start));
        start = i + 1;
        if (digits.full.isEmpty())
            continue;
        tokens.append(digits.full);
        if (digits.national != digits.full && !digits.national.isEmpty())
            tokens.append(digits.national);
        QString reversed(digits.full);
        std::reverse(reversed.begin(), reversed.end());
        tokens.append(QChar(static_cast<char16_t>(kReversedMark)) + reversed);
    }
    return tokens.join(u' ');
}

} // namespace fieldfare::storage
