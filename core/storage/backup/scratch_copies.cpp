// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/scratch_copies.h"

#include "core/storage/backup/backup_retention.h"
#include "core/storage/secret_file.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>

namespace fieldfare::storage {

using base::ErrorCode;
using base::Result;

namespace {

constexpr QLatin1StringView kDrill(".fieldfare-drill-");

Result<void> discard(const QString &copy)
{
    QDirIterator keys(copy, {QStringLiteral("*.key*")}, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (keys.hasNext())
        FIELDFARE_TRY(secret_file::overwriteAndRemove(keys.next()));
    if (!QDir(copy).removeRecursively())
        return {ErrorCode::Io, QStringLiteral("a copy that a killed program left cannot be removed"), {copy}};
    return {};
}

} // namespace

Result<void> discardScratchCopies(const QString &folder, QLatin1StringView prefix, qint64 beforeMs)
{
    Result<void> all;
    for (const QFileInfo &copy : QDir(folder).entryInfoList({prefix + QStringLiteral("??????")}, QDir::Dirs | QDir::Hidden | QDir::NoSymLinks | QDir::CaseSensitive)) {
        if (copy.lastModified().toMSecsSinceEpoch() >= beforeMs)
            continue;
        if (const auto gone = discard(copy.filePath()); !gone.ok())
            all = gone;
    }
    return all;
}

void discardDrills(const QString &backup, qint64 nowMs)
{
    static_cast<void>(discardScratchCopies(QFileInfo(backup).absolutePath(), kDrill, nowMs - BackupRetention::kDayMs));
}

QString drillTemplate(const QString &backup)
{
    return QFileInfo(backup).absolutePath() + QLatin1Char('/') + kDrill + QStringLiteral("XXXXXX");
}

} // namespace fieldfare::storage
