// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/unfinished_mark.h"

#include "core/base/platform.h"
#include "core/storage/side_files.h"

#include <QFile>

namespace fieldfare::storage::unfinished_mark {

using base::ErrorCode;
using base::Result;

namespace {

QString pathIn(const QString &folder)
{
    return folder + QStringLiteral("/unfinished");
}

} // namespace

bool isThere(const QString &folder)
{
    return QFile::exists(pathIn(folder));
}

Result<void> set(const QString &folder)
{
    QFile file(pathIn(folder));
    if (!file.open(QIODevice::WriteOnly))
        return {file.error() == QFile::ResourceError ? ErrorCode::DiskFull : ErrorCode::PermissionDenied, file.errorString(), {folder}};
    file.close();
    if (!base::platform::syncDirectory(folder))
        return {ErrorCode::Io, QStringLiteral("the folder cannot be synced"), {folder}};
    return {};
}

Result<void> clear(const QString &folder)
{
    if (isThere(folder) && !QFile::remove(pathIn(folder)))
        return {ErrorCode::PermissionDenied, QStringLiteral("the mark of an unfinished profile cannot be removed"), {pathIn(folder)}};
    if (!base::platform::syncDirectory(folder))
        return {ErrorCode::Io, QStringLiteral("the folder cannot be synced"), {folder}};
    return {};
}

void removeRemains(const QString &folder, const QStringList &names)
{
    if (!isThere(folder))
        return;
    for (const QString &name : names) {
        const QString path = folder + QLatin1Char('/') + name;
        // What cannot be removed is in the way of what comes in its place, which says so.
        static_cast<void>(side_files::removeOfDatabase(path));
        static_cast<void>(side_files::removeOfKeyFile(path));
        QFile::remove(path);
    }
}

} // namespace fieldfare::storage::unfinished_mark
