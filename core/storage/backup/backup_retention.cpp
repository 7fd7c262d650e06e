// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/backup_retention.h"

#include <QHash>

#include <algorithm>

namespace fieldfare::storage {

QSet<QByteArray> expiredBackups(const QList<BackupManifest> &backups, const BackupRetention &retention, qint64 nowMs)
{
    QSet<QByteArray> expired;
    QHash<QByteArray, QByteArray> baseOf;
    for (const BackupManifest &backup : backups) {
        baseOf.insert(backup.id, backup.base);
        expired.insert(backup.id);
    }
    const auto keep = [&](QByteArray id) {
        while (expired.remove(id)) // one that is kept already keeps what it stands on
            id = baseOf.value(id);
    };
    const auto newest = std::max_element(backups.begin(), backups.end(), [](const BackupManifest &a, const BackupManifest &b) { return a.at < b.at; });
    if (newest != backups.end())
        keep(newest->id);
    for (const BackupManifest &backup : backups) {
        const qint64 keptFor = backup.kind == BackupManifest::Kind::Full ? retention.fullMs : retention.incrementMs;
        if (backup.at >= nowMs - keptFor)
            keep(backup.id);
    }
    return expired;
}

} // namespace fieldfare::storage
