// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/side_files.h"

#include "core/storage/secret_file.h"

#include <QFile>

namespace fieldfare::storage {

using base::ErrorCode;
using base::Result;

Result<void> side_files::removeOfDatabase(const QString &path)
{
    for (const QLatin1StringView ending : kOfDatabase) {
        QFile file(path + ending);
        if (file.exists() && !file.remove())
            return {ErrorCode::PermissionDenied, file.errorString(), {file.fileName()}};
    }
    return {};
}

Result<void> side_files::removeOfKeyFile(const QString &path)
{
    for (const QLatin1StringView ending : {QLatin1StringView(".previous"), QLatin1StringView(".new"), QLatin1StringView(".tries")})
        FIELDFARE_TRY(secret_file::overwriteAndRemove(path + ending));
    return {};
}

} // namespace fieldfare::storage
