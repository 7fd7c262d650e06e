// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/database_address.h"

#include "core/storage/backup/written_file.h"

#include <QFile>
#include <QFileInfo>

namespace fieldfare::server::database_address {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

constexpr qint64 kMostBytes = 8000;

} // namespace

QString path(const QString &folder)
{
    return folder + QStringLiteral("/database");
}

Result<std::optional<PostgresUrl>> read(const QString &folder)
{
    QFile file(path(folder));
    if (!file.exists())
        return std::optional<PostgresUrl>();
#if !defined(Q_OS_WIN)
    constexpr QFileDevice::Permissions kOthers =
        QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
    if (QFileInfo(file).permissions() & kOthers)
        return Error{ErrorCode::PermissionDenied, QStringLiteral("others may read or write the file with the address of the database"), {file.fileName()}};
#endif
    if (!file.open(QIODevice::ReadOnly))
        return Error{ErrorCode::Io, file.errorString(), {file.fileName()}};
    FIELDFARE_ASSIGN(PostgresUrl url, PostgresUrl::parse(QString::fromUtf8(file.read(kMostBytes)).trimmed()));
    return std::optional<PostgresUrl>(std::move(url));
}

Result<void> write(const QString &folder, const PostgresUrl &url)
{
    return storage::WrittenFile::put(path(folder), url.text().toUtf8() + '\n');
}

} // namespace fieldfare::server::database_address
