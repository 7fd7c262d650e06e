// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_drill_log.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace fieldfare::storage {

namespace {

constexpr QLatin1StringView kLog("/drills.log");
constexpr qint64 kMostBytes = 1'000'000; ///< Some 2,000 lines.

} // namespace

void noteDrill(const QString &backup, const DrillOutcome &outcome, QJsonObject counted, qint64 nowMs)
{
    counted.insert(QStringLiteral("time"), QDateTime::fromMSecsSinceEpoch(nowMs, Qt::UTC).toString(Qt::ISODate));
    counted.insert(QStringLiteral("backup"), QFileInfo(backup).fileName());
    counted.insert(QStringLiteral("ok"), outcome.isOk);
    counted.insert(QStringLiteral("links"), outcome.links);
    counted.insert(QStringLiteral("pages"), qint64(outcome.manifest.pages));
    counted.insert(QStringLiteral("pages_hash"), QString::fromLatin1(outcome.manifest.pagesHash.toHex()));
    counted.insert(QStringLiteral("restore_ms"), outcome.restoreMs);
    counted.insert(QStringLiteral("check_ms"), outcome.checkMs);
    QFile log(QFileInfo(backup).absolutePath() + kLog);
    if (log.open(QIODevice::WriteOnly | QIODevice::Append))
        log.write(QJsonDocument(counted).toJson(QJsonDocument::Compact) + '\n');
}

QList<DrillNote> readDrills(const QString &folder)
{
    QFile log(folder + kLog);
    if (!log.open(QIODevice::ReadOnly) || (log.size() > kMostBytes && !log.seek(log.size() - kMostBytes)))
        return {};
    QList<DrillNote> notes;
    for (const QByteArray &line : log.readAll().split('\n')) {
        const QJsonObject object = QJsonDocument::fromJson(line).object();
        const QDateTime time = QDateTime::fromString(object.value(QStringLiteral("time")).toString(), Qt::ISODate);
        if (time.isValid()) {
            notes.append({object.value(QStringLiteral("backup")).toString(), QByteArray::fromHex(object.value(QStringLiteral("pages_hash")).toString().toLatin1()),
                          time.toMSecsSinceEpoch(), object.value(QStringLiteral("ok")).toBool()});
        }
    }
    return notes;
}

} // namespace fieldfare::storage
