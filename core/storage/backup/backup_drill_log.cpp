// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_drill_log.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

namespace fieldfare::storage {

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
    QFile log(QFileInfo(backup).absolutePath() + QStringLiteral("/drills.log"));
    if (log.open(QIODevice::WriteOnly | QIODevice::Append))
        log.write(QJsonDocument(counted).toJson(QJsonDocument::Compact) + '\n');
}

} // namespace fieldfare::storage
