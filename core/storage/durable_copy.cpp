// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/durable_copy.h"

#include "core/base/disk_room.h"
#include "core/base/platform.h"

#include <QFile>

namespace fieldfare::storage {

using base::ErrorCode;
using base::Result;

Result<void> copyDurably(const QString &from, const QString &to)
{
    QFile source(from);
    if (!base::hasRoom(to.section(QLatin1Char('/'), 0, -2), source.size() + base::kSpareBytes))
        return {ErrorCode::DiskFull, QStringLiteral("no room for a copy"), {to}};
    QFile::remove(to);
    if (!source.copy(to))
        return {ErrorCode::Io, source.errorString(), {to}};
    QFile copy(to);
    if (!copy.open(QIODevice::ReadWrite) || !base::platform::syncFile(copy.handle()))
        return {ErrorCode::Io, QStringLiteral("the copy cannot be synced"), {to}};
    return {};
}

} // namespace fieldfare::storage
