// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/profile_lock.h"

#include <QDir>
#include <QLockFile>

namespace fieldfare::storage {

ProfileLock::ProfileLock(std::unique_ptr<QLockFile> file) : m_file(std::move(file)) {}
ProfileLock::~ProfileLock() = default;

base::Result<std::unique_ptr<ProfileLock>> ProfileLock::acquire(const QString &folder)
{
    auto file = std::make_unique<QLockFile>(QDir(folder).filePath(QStringLiteral("lock")));
    file->setStaleLockTime(0); // held as long as the program runs: never stale by age, only by a dead process
    if (file->tryLock(0))
        return std::unique_ptr<ProfileLock>(new ProfileLock(std::move(file)));
    if (file->error() != QLockFile::LockFailedError)
        return base::Error{base::ErrorCode::PermissionDenied, QStringLiteral("no lock file in the folder"), {folder}};
    qint64 process = 0;
    QString host;
    QString program;
    file->getLockInfo(&process, &host, &program);
    return base::Error{base::ErrorCode::ProfileInUse,
                       QStringLiteral("the profile's lock is held by %1").arg(process),
                       {QString::number(process), program}};
}

} // namespace fieldfare::storage
