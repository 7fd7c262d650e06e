// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/tls/key_file.h"

#include "core/base/platform.h"

#include <QFile>
#include <QFileInfo>

namespace fieldfare::server {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kLargestFile = 1 << 20;

base::Error fileError(ErrorCode code, const QFile &file)
{
    return {code, QStringLiteral("%1: %2").arg(file.fileName(), file.errorString()), {file.fileName()}};
}

} // namespace

Result<QByteArray> readPublicFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return base::Error{ErrorCode::NotFound, path, {path}};
    if (!file.open(QIODevice::ReadOnly))
        return fileError(ErrorCode::Io, file);
    return file.read(kLargestFile);
}

Result<QByteArray> readKeyFile(const QString &path)
{
#if !defined(Q_OS_WIN)
    constexpr QFileDevice::Permissions kOthers = QFileDevice::ReadGroup | QFileDevice::WriteGroup
        | QFileDevice::ExeGroup | QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
    const QFileInfo info(path);
    if (info.exists() && (info.permissions() & kOthers))
        return base::Error{ErrorCode::PermissionDenied, QStringLiteral("others may read the key file %1").arg(path), {path}};
#endif
    return readPublicFile(path);
}

Result<void> replaceFile(const QString &path, const QByteArray &content, FileSecrecy secrecy)
{
    const QString temporary = path + QStringLiteral(".new");
    QFile::remove(temporary);
    QFile file(temporary);
    QFileDevice::Permissions permissions = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    if (secrecy == FileSecrecy::Public)
        permissions |= QFileDevice::ReadGroup | QFileDevice::ReadOther;
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, permissions))
        return fileError(ErrorCode::Io, file);
    if (file.write(content) != content.size() || !file.flush() || !base::platform::syncFile(file.handle())) {
        const base::Error error = fileError(ErrorCode::Io, file);
        file.remove();
        return error;
    }
    file.close();
    if (!base::platform::replaceFile(temporary, path)) {
        QFile::remove(temporary);
        return base::Error{ErrorCode::Io, QStringLiteral("cannot replace %1").arg(path), {path}};
    }
    base::platform::syncDirectory(QFileInfo(path).absolutePath());
    return {};
}

} // namespace fieldfare::server
