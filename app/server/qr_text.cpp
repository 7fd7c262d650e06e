// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/server/qr_text.h"

#include <qrencode.h>

#include <memory>

namespace fieldfare::app {

namespace {

constexpr int kQuietZone = 4;
constexpr QLatin1StringView kBlackOnWhite("\x1b[38;5;16;48;5;231m");
constexpr QLatin1StringView kUsualColours("\x1b[0m");

bool isDark(const QRcode &code, int x, int y)
{
    const bool isInside = x >= 0 && y >= 0 && x < code.width && y < code.width;
    return isInside && (code.data[y * code.width + x] & 1) != 0; // the lowest bit is the colour
}

} // namespace

QStringList qrLines(const QString &text)
{
    const QByteArray bytes = text.toUtf8();
    const std::unique_ptr<QRcode, decltype(&QRcode_free)> code(QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M), QRcode_free);
    QStringList lines;
    if (code == nullptr)
        return lines;
    const int end = code->width + kQuietZone;
    for (int y = -kQuietZone; y < end; y += 2) {
        QString line;
        for (int x = -kQuietZone; x < end; ++x) {
            const bool above = isDark(*code, x, y);
            const bool below = isDark(*code, x, y + 1);
            line += above && below ? QChar(0x2588) : above ? QChar(0x2580) : below ? QChar(0x2584) : QChar(u' ');
        }
        lines.append(line);
    }
    return lines;
}

QString qrForTerminal(const QString &text)
{
    QString drawn;
    for (const QString &line : qrLines(text))
        drawn += kBlackOnWhite + line + kUsualColours + QLatin1Char('\n');
    return drawn;
}

} // namespace fieldfare::app
