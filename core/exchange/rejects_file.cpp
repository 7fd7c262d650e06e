// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/rejects_file.h"

#include "core/exchange/column_matching.h"

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;

Result<std::unique_ptr<RejectsFile>> RejectsFile::open(const QString &path, const QStringList &headings, qint64 bytes)
{
    std::unique_ptr<RejectsFile> file(new RejectsFile(path));
    const bool goesOn = bytes > 0 && file->m_file.exists() && file->m_file.size() >= bytes;
    if (!file->m_file.open(goesOn ? QIODevice::ReadWrite : QIODevice::WriteOnly | QIODevice::Truncate))
        return {ErrorCode::PermissionDenied, file->m_file.errorString(), {path}};
    if (goesOn && (!file->m_file.resize(bytes) || !file->m_file.seek(bytes)))
        return {ErrorCode::Io, file->m_file.errorString(), {path}};
    file->m_writer = std::make_unique<CsvWriter>(file->m_file);
    if (!goesOn) {
        QStringList row{QString::fromLatin1(kLineColumn), QString::fromLatin1(kReasonColumn)};
        FIELDFARE_TRY(file->m_writer->writeRow(row + headings));
    }
    return file;
}

Result<void> RejectsFile::add(const CsvRecord &record, const QString &reason)
{
    QStringList row{QString::number(record.line()), reason};
    return m_writer->writeRow(row + record.toStringList());
}

Result<qint64> RejectsFile::flush()
{
    FIELDFARE_TRY(m_writer->finish());
    if (!m_file.flush())
        return {ErrorCode::Io, m_file.errorString(), {m_file.fileName()}};
    return m_file.pos();
}

} // namespace fieldfare::exchange
