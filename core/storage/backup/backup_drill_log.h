// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_manifest.h"

#include <QJsonObject>

namespace fieldfare::storage {

/// How a restore was tried out.
struct DrillOutcome {
    BackupManifest manifest;
    int links = 1;
    bool isOk = false;
    qint64 restoreMs = 0;
    qint64 checkMs = 0;
};

/// Adds a line to drills.log beside the backup: a JSON object of the outcome, the manifest's hash, and what was `counted`. What cannot be
/// written down is left out: the outcome is told anyway.
void noteDrill(const QString &backup, const DrillOutcome &outcome, QJsonObject counted, qint64 nowMs);

} // namespace fieldfare::storage
