// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/secret_file.h"

#include "core/base/logging.h"
#include "core/base/platform.h"
#include "core/base/random.h"

#include <QFile>
#include <QFileInfo>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;

base::Result<QByteArray> secret_file::read(const QString &path, qsizetype most)
{
    QFile file(path);
    if (!file.exists())
        return Error{ErrorCode::KeyFileMissing, QStringLiteral("no key file"), {path}};
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::PermissionDenied, file.errorString(), {path}};
    // A read that fails must not pass for damage, for which the previous copy would be put in this one's place.
    QByteArray bytes = file.read(most);
    if (file.error() != QFile::NoError)
        return Error{ErrorCode::Io, file.errorString(), {path}};
    return bytes;
}

namespace {

base::Result<void> replaceFile(const QString &path, const QByteArray &bytes)
{
    const QString fresh = path + QStringLiteral(".new");
    const auto failed = [&fresh](const QFile &file) {
        const Error error{
            file.error() == QFile::ResourceError ? ErrorCode::DiskFull : ErrorCode::Io, file.errorString(), {fresh}};
        QFile::remove(fresh);
        return error;
    };
    QFile file(fresh);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return Error{ErrorCode::PermissionDenied, file.errorString(), {fresh}};
    file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (file.write(bytes) != bytes.size() || !file.flush() || !base::platform::syncFile(file.handle()))
        return failed(file);
    file.close();
    if (!base::platform::replaceFile(fresh, path))
        return failed(file);
    return {};
}

} // namespace

base::Result<void> secret_file::writeDurably(const QString &path, const QByteArray &bytes)
{
    FIELDFARE_TRY(replaceFile(path, bytes));
    if (!base::platform::syncDirectory(QFileInfo(path).absolutePath()))
        qCWarning(lcStorage) << "the folder of the key file could not be synced";
    return {};
}

base::Result<void> secret_file::writeSurely(const QString &path, const QByteArray &bytes)
{
    FIELDFARE_TRY(replaceFile(path, bytes));
    if (!base::platform::syncDirectory(QFileInfo(path).absolutePath()))
        return Error{ErrorCode::Io, QStringLiteral("the folder of the key file could not be synced"), {path}};
    return {};
}

base::Result<void> secret_file::overwriteAndRemove(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return {};
    if (file.open(QIODevice::ReadWrite)) {
        file.write(base::SystemRandom().bytes(file.size()));
        file.flush();
        base::platform::syncFile(file.handle());
        file.close();
    }
    if (!file.remove())
        return Error{ErrorCode::PermissionDenied, file.errorString(), {path}};
    base::platform::syncDirectory(QFileInfo(path).absolutePath());
    return {};
}

} // namespace fieldfare::storage
