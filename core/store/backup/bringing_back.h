// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/backup/profile_backups.h"
#include "core/store/change_set.h"

#include <optional>

namespace fieldfare::store {

/// Records that are to be as they were.
struct BringBackOrder {
    QString backup;
    QString entity;      ///< Its name.
    QStringList records; ///< Ids, numbers, or titles that one record has, as of the backup; empty: all of the kind.
};

/// What would have to change.
struct BringBackPlan {
    ChangeSet changes;      ///< One action; empty when all is as it was.
    qint64 at = 0;          ///< Of the backup, ms UTC.
    qint64 looked = 0;      ///< Records of the backup that were compared.
    qint64 fromTrash = 0;   ///< Come back from the trash.
    qint64 edited = 0;      ///< Get other values;
    qint64 fields = 0;      ///< so many.
    qint64 lost = 0;        ///< Are made anew under their old id: a profile that stands alone erases nothing, so that it lost them.
    qint64 gone = 0;        ///< Are not in the profile any more (with a server: erased, or outside one's rights): nothing is done about them.
    /// The profile of today could not be read, so that there is no plan: nothing is wrong with the backup.
    std::optional<base::Error> unread = {};
};

/// Compares records of a backup with the profile of today, on connections of its own. Only what differs is in the plan: fields that a
/// person can edit, and tags. A record that was not in the trash then leaves it; one that was not there then is not touched; one that is missing today
/// where the profile stands alone, as after a salvage, is created as it was. The values stood in
/// this profile before and are taken as they are. The backup must be of the profile's present data key: Unsupported where it is of a former one, FileDamaged otherwise. NotFound,
/// UnknownEntity; as BackupAssembly: all of them of the backup. Blocks as a restore does.
[[nodiscard]] base::Result<BringBackPlan> planBringingBack(const BackupOrigin &origin, const model::CatalogPointer &catalog, const BringBackOrder &order,
                                                           const base::Clock &clock, const storage::BackupWatch &watch = {});

/// What a planBringingBack() that was killed left in the profile's folder: a copy of the profile as it was, with a key file that opens it.
/// The caller holds the profile's lock. Io, PermissionDenied.
[[nodiscard]] base::Result<void> discardBringingBackLeftovers(const QString &folder);

} // namespace fieldfare::store
