// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_moment.h"

#include <QDateTime>
#include <QRegularExpression>

namespace fieldfare::storage {

std::optional<qint64> backupMoment(const QString &text)
{
    // The forms are told apart here: QDate reads the day of a text that goes on with a time, and says nothing of the rest.
    static const QRegularExpression form(QStringLiteral("^(\\d{4}-\\d\\d-\\d\\d)(T\\d\\d:\\d\\d(:\\d\\d([.,]\\d{1,3})?)?(Z|[+-]\\d\\d:?\\d\\d)?)?$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    if (match.captured(2).isEmpty()) {
        const QDate day = QDate::fromString(text, Qt::ISODate);
        return day.isValid() ? std::optional(day.endOfDay().toMSecsSinceEpoch()) : std::nullopt;
    }
    const QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!moment.isValid())
        return std::nullopt;
    constexpr qint64 kRestOfASecond = 999;
    const bool isSecond = !match.captured(3).isEmpty() && match.captured(4).isEmpty();
    return moment.toMSecsSinceEpoch() + (isSecond ? kRestOfASecond : 0);
}

} // namespace fieldfare::storage
