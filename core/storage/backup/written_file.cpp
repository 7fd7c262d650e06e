// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/backup/written_file.h"

#include "core/base/disk_room.h"
#include "core/base/platform.h"

#include <cerrno>

namespace fieldfare::storage {

using base::Error;
using base::ErrorCode;
using base::Result;

Result<std::unique_ptr<WrittenFile>> WrittenFile::create(const QString &path)
{
    std::unique_ptr<WrittenFile> file(new WrittenFile(path));
    if (!file->m_file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered)) {
        const bool isFull = file->m_file.error() == QFile::ResourceError || !base::hasRoom(path.section(QLatin1Char('/'), 0, -2), 1);
        return Error{isFull ? ErrorCode::DiskFull : ErrorCode::PermissionDenied, file->m_file.errorString(), {path}};
    }
    file->m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    return file;
}

Result<void> WrittenFile::write(QByteArrayView bytes)
{
    errno = 0;
    if (m_file.write(bytes.data(), bytes.size()) == bytes.size())
        return {};
    // Qt tells a full disk only; a limit of file size or a used up quota is the same to a person.
    const bool isFull = errno == EFBIG || errno == ENOSPC || m_file.error() == QFile::ResourceError
        || !base::hasRoom(m_file.fileName().section(QLatin1Char('/'), 0, -2), std::max<qint64>(bytes.size(), base::kSpareBytes));
    return {isFull ? ErrorCode::DiskFull : ErrorCode::Io, m_file.errorString(), {m_file.fileName()}};
}

Result<void> WrittenFile::finish()
{
    if (!base::platform::syncFile(m_file.handle()))
        return {ErrorCode::Io, QStringLiteral("the file cannot be synced to the disk"), {m_file.fileName()}};
    m_file.close();
    return {};
}

Result<void> WrittenFile::put(const QString &path, QByteArrayView bytes)
{
    FIELDFARE_ASSIGN(const auto file, create(path));
    FIELDFARE_TRY(file->write(bytes));
    return file->finish();
}

} // namespace fieldfare::storage
