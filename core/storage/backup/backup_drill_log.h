// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_manifest.h"

#include <QJsonObject>
#include <QList>

namespace fieldfare::storage {

/// How a restore was tried out.
struct DrillOutcome {
    BackupManifest manifest;
    int links = 1;
    bool isOk = false;
    qint64 restoreMs = 0;
    qint64 checkMs = 0;
};

/// A line of the log, as far as a list of backups tells it.
struct DrillNote {
    QString backup;       ///< Name of its folder.
    QByteArray pagesHash; ///< Of the manifest that was tried out.
    qint64 at = 0;        ///< ms UTC
    bool isOk = false;
};

/// Adds a line to drills.log beside the backup: a JSON object of the outcome, the manifest's hash, and what was `counted`. What cannot be
/// written down is left out: the outcome is told anyway.
void noteDrill(const QString &backup, const DrillOutcome &outcome, QJsonObject counted, qint64 nowMs);

/// What drills.log in this folder says, oldest first; of a very long one the end. Whoever can write to the folder could have written it: it tells
/// what was found, and proves nothing. Lines that cannot be read are left out.
[[nodiscard]] QList<DrillNote> readDrills(const QString &folder);

} // namespace fieldfare::storage
