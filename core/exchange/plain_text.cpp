// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/plain_text.h"

namespace fieldfare::exchange {

QString toPlainText(QStringView text)
{
    const QStringView trimmed = text.trimmed();
    QString plain(trimmed.size(), Qt::Uninitialized);
    QChar *out = plain.data();
    for (const QChar c : trimmed) {
        const char16_t code = c.unicode();
        if (code < 0x80)
            *out = code == u'\t' ? QChar(u' ') : c;
        else if (code >= 0xFF01 && code <= 0xFF5E)
            *out = QChar(static_cast<char16_t>(code - 0xFEE0));
        else if (code == 0x2212 || (code >= 0x2010 && code <= 0x2014))
            *out = QChar(u'-');
        else if (c.isSpace() || code == 0x202F || code == 0x00A0)
            *out = QChar(u' ');
        else
            *out = c;
        ++out;
    }
    return plain;
}

} // namespace fieldfare::exchange
