// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/csv_record.h"
#include "core/exchange/csv_writer.h"

#include <QFile>

#include <memory>

namespace fieldfare::exchange {

/// The records that an import did not take: line, reason, then the original columns, so that the file can be mended and
/// imported again as it is. UTF-8 with commas, whatever the original was.
class RejectsFile {
public:
    /// Makes the file anew, or goes on after `bytes` of it. Fails with Io, PermissionDenied.
    static base::Result<std::unique_ptr<RejectsFile>> open(const QString &path, const QStringList &headings, qint64 bytes);

    base::Result<void> add(const CsvRecord &record, const QString &reason);
    /// Hands everything to the system and tells the file's length.
    base::Result<qint64> flush();

private:
    explicit RejectsFile(const QString &path) : m_file(path) {}

    QFile m_file;
    std::unique_ptr<CsvWriter> m_writer;
};

} // namespace fieldfare::exchange
