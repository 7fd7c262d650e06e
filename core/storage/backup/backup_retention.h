// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_manifest.h"

#include <QList>
#include <QSet>

namespace fieldfare::storage {

/// How long backups are kept.
struct BackupRetention {
    static constexpr qint64 kDayMs = 86'400'000;

    qint64 fullMs = 92 * kDayMs;       ///< Three months.
    qint64 incrementMs = 183 * kDayMs; ///< Six months, with all that they stand on.
};

/// The ids of those backups of one database that may go at `nowMs`: what is older than its kind is kept for, but for the newest
/// one and for everything that one which stays stands on. Pure.
[[nodiscard]] QSet<QByteArray> expiredBackups(const QList<BackupManifest> &backups, const BackupRetention &retention, qint64 nowMs);

} // namespace fieldfare::storage
