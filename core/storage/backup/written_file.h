// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArrayView>
#include <QFile>

namespace fieldfare::storage {

/// A new file that is written from front to end and is on the disk when it was finished. One thread.
class WrittenFile {
public:
    /// Nothing there yet is read; what lies there is overwritten. DiskFull (where a name needs room, too), PermissionDenied.
    [[nodiscard]] static base::Result<std::unique_ptr<WrittenFile>> create(const QString &path);

    /// DiskFull (also for a limit of file size or a quota), Io.
    [[nodiscard]] base::Result<void> write(QByteArrayView bytes);
    /// Synced and closed on return. As write().
    [[nodiscard]] base::Result<void> finish();

    /// All of it at once.
    [[nodiscard]] static base::Result<void> put(const QString &path, QByteArrayView bytes);

private:
    explicit WrittenFile(const QString &path) : m_file(path) {}

    QFile m_file;
};

} // namespace fieldfare::storage
