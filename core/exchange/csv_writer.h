// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QStringList>

class QIODevice;

namespace fieldfare::exchange {

struct CsvWriterOptions {
    char16_t delimiter = u',';
    bool withByteOrderMark = false; ///< Excel needs it to see UTF-8.
    /// Puts an apostrophe before a field that a spreadsheet would run as a formula (it begins with = + - @, tab or CR,
    /// also full-width). Plain numbers and phone numbers are left alone. Off, because it changes the data: what is
    /// exported and imported again would not be the same.
    bool guardFormulas = false;
};

/// Writes CSV as RFC 4180 has it: UTF-8, CR LF, fields quoted where needed. NUL characters are left out.
/// The device is owned by the caller, open for writing, and outlives the writer. One thread at a time.
class CsvWriter {
public:
    explicit CsvWriter(QIODevice &device, CsvWriterOptions options = {});

    /// Fails with Io (or DiskFull where the device says so); the file is then incomplete.
    [[nodiscard]] base::Result<void> writeRow(const QStringList &fields);

    /// Hands the last rows to the device. Rows not flushed are lost with the writer.
    [[nodiscard]] base::Result<void> finish();

    /// What guardFormulas does to one field.
    [[nodiscard]] static QString guarded(const QString &field);

private:
    void appendField(const QString &field, bool isOnly);
    base::Result<void> flush();

    QIODevice &m_device;
    CsvWriterOptions m_options;
    QString m_row;
    QByteArray m_pending;
};

} // namespace fieldfare::exchange
