// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/backup/backup_schedule.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace fieldfare::store {

namespace {

constexpr int kMinutesADay = 24 * 60;
constexpr int kDaysAWeek = 7;

} // namespace

bool BackupSchedule::isDue(qint64 nowMs, qint64 lastMs, const QTimeZone &zone) const
{
    if (!isOn())
        return false;
    if (lastMs <= 0 || lastMs > nowMs) // never, or a clock that was set back
        return true;
    return dueAt(lastMs, zone) <= nowMs;
}

qint64 BackupSchedule::dueAt(qint64 lastMs, const QTimeZone &zone) const
{
    if (lastMs <= 0)
        return 0;
    const QTime time = QTime(0, 0).addSecs(minute * 60);
    const QDateTime last = QDateTime::fromMSecsSinceEpoch(lastMs, zone);
    const int days = every == Every::Day ? 1 : kDaysAWeek;
    // The first such time after the last backup; of a week the one that many days on, so that it does not creep.
    const QDate day = last.time() < time && days == 1 ? last.date() : last.date().addDays(days);
    return QDateTime(day, time, zone).toMSecsSinceEpoch();
}

QByteArray BackupSchedule::toJson() const
{
    const char *const names[] = {"off", "day", "week"};
    return QJsonDocument(QJsonObject{{QStringLiteral("every"), QString::fromLatin1(names[int(every)])}, {QStringLiteral("folder"), folder}, {QStringLiteral("minute"), minute}})
        .toJson(QJsonDocument::Compact);
}

BackupSchedule BackupSchedule::fromJson(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    const QString every = object.value(QStringLiteral("every")).toString();
    BackupSchedule schedule;
    schedule.every = every == QLatin1String("day") ? Every::Day : every == QLatin1String("week") ? Every::Week : Every::Off;
    schedule.folder = object.value(QStringLiteral("folder")).toString();
    schedule.minute = std::clamp(object.value(QStringLiteral("minute")).toInt(schedule.minute), 0, kMinutesADay - 1);
    return schedule;
}

} // namespace fieldfare::store
