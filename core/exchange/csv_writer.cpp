// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_writer.h"

#include <QIODevice>

#include <algorithm>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qsizetype kFlushAt = 64 * 1024;

bool isPartOfANumber(QChar c)
{
    return (c >= u'0' && c <= u'9') || QStringView(u" .,()-+").contains(c);
}

} // namespace

CsvWriter::CsvWriter(QIODevice &device, CsvWriterOptions options) : m_device(device), m_options(options)
{
    if (m_options.withByteOrderMark)
        m_pending = "\xEF\xBB\xBF";
}

Result<void> CsvWriter::writeRow(const QStringList &fields)
{
    m_row.resize(0);
    for (qsizetype i = 0; i < fields.size(); ++i) {
        if (i > 0)
            m_row.append(QChar(m_options.delimiter));
        appendField(m_options.guardFormulas ? guarded(fields[i]) : fields[i], fields.size() == 1);
    }
    m_row.append(u"\r\n");
    m_pending.append(m_row.toUtf8());
    return m_pending.size() >= kFlushAt ? flush() : Result<void>();
}

Result<void> CsvWriter::finish()
{
    return flush();
}

QString CsvWriter::guarded(const QString &field)
{
    if (field.isEmpty() || !QStringView(u"=+-@\t\r＝＋－＠").contains(field.front()))
        return field;
    const bool isSigned = field.front() == u'+' || field.front() == u'-';
    if (isSigned && std::all_of(field.cbegin(), field.cend(), isPartOfANumber))
        return field;
    return u'\'' + field;
}

void CsvWriter::appendField(const QString &field, bool isOnly)
{
    bool needsQuotes = isOnly && field.isEmpty(); // otherwise the row would be an empty line
    if (!field.isEmpty()) {
        // Some readers trim unquoted fields: outer spaces are kept by quotes.
        // A file that begins with sep= would be taken to name its delimiter.
        needsQuotes = field.front().isSpace() || field.back().isSpace() ||
                      field.startsWith(u"sep=", Qt::CaseInsensitive) ||
                      std::any_of(field.cbegin(), field.cend(), [this](QChar c) {
                          return c == QChar(m_options.delimiter) || c == u'"' || c == u'\n' || c == u'\r';
                      });
    }
    if (needsQuotes)
        m_row.append(u'"');
    for (const QChar c : field) {
        if (c.isNull())
            continue;
        if (c == u'"')
            m_row.append(c);
        m_row.append(c);
    }
    if (needsQuotes)
        m_row.append(u'"');
}

Result<void> CsvWriter::flush()
{
    if (m_pending.isEmpty())
        return {};
    const qint64 written = m_device.write(m_pending);
    if (written != m_pending.size())
        return {ErrorCode::Io, m_device.errorString()};
    m_pending.clear();
    return {};
}

} // namespace fieldfare::exchange
