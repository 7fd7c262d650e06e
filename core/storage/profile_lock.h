// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QString>

#include <memory>

class QLockFile;

namespace fieldfare::storage {

/// One program a profile: holds FOLDER/lock from acquire() until destroyed. The encrypted file's log index and locks
/// live in process memory, so two processes on one file would destroy it; every program takes this lock before it opens
/// anything. A lock left by a program that was killed is noticed by its process id and taken over.
class ProfileLock {
public:
    /// Fails at once with ProfileInUse (arguments: the holder's process id, its program name) when another program, or
    /// this one, holds the lock; with PermissionDenied when the folder cannot be written to.
    [[nodiscard]] static base::Result<std::unique_ptr<ProfileLock>> acquire(const QString &folder);

    ProfileLock(const ProfileLock &) = delete;
    ProfileLock &operator=(const ProfileLock &) = delete;
    ~ProfileLock();

private:
    explicit ProfileLock(std::unique_ptr<QLockFile> file);

    std::unique_ptr<QLockFile> m_file;
};

} // namespace fieldfare::storage
