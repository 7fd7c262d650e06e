// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/backup/backup_drill_log.h"
#include "core/store/backup/profile_backups.h"

#include <optional>

namespace fieldfare::store {

/// A backup as a person chooses among them.
struct ListedBackup {
    enum class Standing : std::uint8_t {
        Whole,
        BaseMissing, ///< An increment whose full backup, or one between, does not lie beside it.
        FormerKey,   ///< Of this profile, but not of its data key: it is from before the key was replaced, and opens with the passphrase of its
                     ///< time only. Or its manifest was changed after the passphrase was; to tell the two apart takes that passphrase.
        Damaged,     ///< Its manifest is not what was written.
    };

    storage::StoredBackup backup;
    Standing standing = Standing::Whole;
    std::optional<storage::DrillNote> tried; ///< The newest time that it was tried out.
};

/// What lies in a folder for backups.
struct BackupList {
    bool isThere = false;         ///< The folder can be looked into; a disk may be unplugged.
    QList<ListedBackup> backups;  ///< Of this profile, newest first.
    int ofOthers = 0;             ///< Of other profiles, which share the folder.
};

/// Of a backup that the profile's data key does not prove: its key file is not the profile's, so that it is from before the key was
/// replaced, and need not be damaged.
[[nodiscard]] bool isOfFormerKey(const QString &backup, const BackupOrigin &origin);

/// Looks at manifests and the log of what was tried out, not at pages. Blocks for as long as the disk is slow.
[[nodiscard]] BackupList listBackups(const QString &folder, const BackupOrigin &origin);

} // namespace fieldfare::store
