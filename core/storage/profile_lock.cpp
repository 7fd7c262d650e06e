// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/profile_lock.h"

#include "core/base/disk_room.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QLockFile>

#include <cstdlib>

namespace fieldfare::storage {

namespace {

constexpr qint64 kWritingMs = 1'000;      // far more than a program takes to write its id into a lock that it has just made
constexpr int kBetweenTriesMs = 20;
constexpr qint64 kNeededBytes = 4 * 1024; // a lock that the disk has no room for cannot be taken

/// A program killed between making the lock and writing its process id leaves an empty file, which nobody could ever tell
/// from a lock that is being taken, but for its age.
bool isTorn(const QString &path)
{
    const QFileInfo file(path);
    return file.exists() && file.size() == 0 && std::llabs(file.lastModified().msecsTo(QDateTime::currentDateTimeUtc())) > kWritingMs;
}

/// Under a lock of its own: two programs that both remove must not take away what the other has made meanwhile.
void removeTorn(const QString &path)
{
    QLockFile removing(path + QStringLiteral(".torn"));
    if (removing.tryLock(0) && isTorn(path))
        QFile::remove(path);
}

} // namespace

ProfileLock::ProfileLock(std::unique_ptr<QLockFile> file) : m_file(std::move(file)) {}
ProfileLock::~ProfileLock() = default;

base::Result<std::unique_ptr<ProfileLock>> ProfileLock::acquire(const QString &folder)
{
    const QString path = QDir(folder).filePath(QStringLiteral("lock"));
    auto file = std::make_unique<QLockFile>(path);
    file->setStaleLockTime(0); // held as long as the program runs: never stale by age, only by a dead process
    qint64 process = 0;
    QString host;
    QString program;
    for (qint64 waited = 0;; waited += kBetweenTriesMs) {
        if (file->tryLock(waited == 0 ? 0 : kBetweenTriesMs))
            return std::unique_ptr<ProfileLock>(new ProfileLock(std::move(file)));
        if (file->error() != QLockFile::LockFailedError) {
            if (!base::hasRoom(folder, kNeededBytes))
                return base::Error{base::ErrorCode::DiskFull, QStringLiteral("no room for the lock file"), {folder}};
            return base::Error{base::ErrorCode::PermissionDenied, QStringLiteral("no lock file in the folder"), {folder}};
        }
        if (file->getLockInfo(&process, &host, &program) || waited > 2 * kWritingMs)
            break;
        // Empty: it is being written, or torn.
        removeTorn(path);
    }
    return base::Error{base::ErrorCode::ProfileInUse,
                       QStringLiteral("the profile's lock is held by %1").arg(process),
                       {QString::number(process), program}};
}

} // namespace fieldfare::storage
