// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/csv_reader.h"

#include "core/exchange/csv_delimiter.h"

#include <QIODevice>

#include <algorithm>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Result;

namespace {

constexpr qsizetype kBlockSize = 256 * 1024;
constexpr qsizetype kSampleLength = 64 * 1024;
constexpr char16_t kQuote = u'"';

} // namespace

CsvReader::CsvReader(QIODevice &device, CsvOptions options) : m_device(device), m_options(std::move(options)) {}

Result<void> CsvReader::open()
{
    if (m_options.encoding.isEmpty()) {
        FIELDFARE_ASSIGN(m_encoding, detectEncoding(m_device));
    } else {
        m_encoding = {m_options.encoding, 100};
    }
    FIELDFARE_ASSIGN(m_decoder, TextDecoder::create(m_encoding.name));
    while (!m_isAtEnd && available() < kSampleLength)
        FIELDFARE_TRY(refill());

    const FoundDelimiter found = findDelimiter(QStringView(m_buffer).first(std::min(m_buffer.size(), kSampleLength)),
                                               m_isAtEnd && m_buffer.size() <= kSampleLength);
    if (m_options.delimiter == 0) {
        m_options.delimiter = found.delimiter;
        m_isDelimiterCertain = found.isCertain;
    } else {
        m_isDelimiterCertain = true;
    }
    if (found.skip > 0) {
        m_position = found.skip;
        ++m_line;
    }
    return {};
}

DecodingReport CsvReader::decodingReport() const
{
    return m_decoder ? m_decoder->report() : DecodingReport{};
}

const char16_t *CsvReader::data() const
{
    return reinterpret_cast<const char16_t *>(m_buffer.constData()) + m_position;
}

/// Drops what has been read, then decodes one more block. Offsets from m_position stay valid, pointers do not.
Result<void> CsvReader::refill()
{
    if (m_isAtEnd)
        return {};
    if (m_position > 0) {
        m_buffer.remove(0, m_position);
        m_position = 0;
    }
    m_block.resize(kBlockSize);
    const qint64 got = m_device.read(m_block.data(), kBlockSize);
    if (got < 0)
        return {ErrorCode::Io, m_device.errorString()};
    m_bytesRead += got;
    m_isAtEnd = got == 0;
    m_decoder->decode(QByteArrayView(m_block.constData(), static_cast<qsizetype>(got)), m_isAtEnd, m_buffer);
    return {};
}

Result<bool> CsvReader::next(CsvRecord &record)
{
    record.reset(m_line);
    while (available() == 0) {
        if (m_isAtEnd)
            return false;
        FIELDFARE_TRY(refill());
    }
    qsizetype offset = 0;
    while (true) {
        while (offset == available() && !m_isAtEnd)
            FIELDFARE_TRY(refill());
        const bool isQuoted = offset < available() && data()[offset] == kQuote;
        FIELDFARE_ASSIGN(const FieldEnd end, isQuoted ? readQuoted(record, offset) : readUnquoted(record, offset));
        if (end == FieldEnd::RecordEnd)
            break;
    }
    m_position += offset;
    checkShape(record);
    return true;
}

Result<CsvReader::FieldEnd> CsvReader::readUnquoted(CsvRecord &record, qsizetype &offset)
{
    const char16_t delimiter = m_options.delimiter;
    qsizetype start = offset;
    while (true) {
        const char16_t *p = data() + offset;
        const char16_t *const end = data() + available();
        while (p != end && *p != delimiter && *p != u'\n' && *p != u'\r')
            ++p;
        offset = p - data();
        const qsizetype length = record.m_text.size() - record.openFieldStart() + offset - start;
        if (length > m_options.maxFieldLength || offset > m_options.maxRecordLength) {
            record.setProblem(length > m_options.maxFieldLength ? CsvProblem::FieldTooLong : CsvProblem::RecordTooLong,
                              m_line);
            const qsizetype keep =
                std::max<qsizetype>(0, offset - start - std::max<qsizetype>(0, length - m_options.maxFieldLength));
            record.m_text.append(QStringView(data() + start, keep));
            endField(record);
            FIELDFARE_TRY(skipLine(offset));
            return FieldEnd::RecordEnd;
        }
        if (p != end || m_isAtEnd)
            break;
        FIELDFARE_TRY(refill());
    }
    record.m_text.append(QStringView(data() + start, offset - start));
    endField(record);
    if (offset == available())
        return FieldEnd::RecordEnd;
    if (data()[offset] == delimiter) {
        ++offset;
        return FieldEnd::Delimiter;
    }
    FIELDFARE_TRY(takeLineEnd(offset));
    return FieldEnd::RecordEnd;
}

Result<CsvReader::FieldEnd> CsvReader::readQuoted(CsvRecord &record, qsizetype &offset)
{
    const qsizetype open = offset;
    const qint64 openLine = m_line;
    qsizetype firstLineEnd = -1;  // where the line after the opening quote's begins
    qsizetype segment = ++offset; // text not yet appended to the record
    while (true) {
        const char16_t *p = data() + offset;
        const char16_t *const end = data() + available();
        while (p != end && *p != kQuote && *p != u'\n' && *p != u'\r')
            ++p;
        offset = p - data();
        if (offset - open > m_options.maxFieldLength || offset > m_options.maxRecordLength)
            return recover(record, offset, open, firstLineEnd, openLine);
        if (offset == available()) {
            if (m_isAtEnd)
                return recover(record, offset, open, firstLineEnd, openLine);
            FIELDFARE_TRY(refill());
            continue;
        }
        if (data()[offset] != kQuote) {
            FIELDFARE_TRY(takeLineEnd(offset));
            if (firstLineEnd < 0)
                firstLineEnd = offset;
            continue;
        }
        while (offset + 1 == available() && !m_isAtEnd)
            FIELDFARE_TRY(refill());
        if (offset + 1 < available() && data()[offset + 1] == kQuote) {
            record.m_text.append(QStringView(data() + segment, offset + 1 - segment));
            offset += 2;
            segment = offset;
            continue;
        }
        record.m_text.append(QStringView(data() + segment, offset - segment));
        ++offset;
        return endQuoted(record, offset, open, firstLineEnd, openLine);
    }
}

/// After the closing quote: a delimiter, a line end, the end of the text, or a mistake.
Result<CsvReader::FieldEnd> CsvReader::endQuoted(CsvRecord &record, qsizetype &offset, qsizetype open,
                                                 qsizetype firstLineEnd, qint64 openLine)
{
    if (offset == available()) {
        endField(record);
        return FieldEnd::RecordEnd;
    }
    const char16_t c = data()[offset];
    if (c == m_options.delimiter) {
        endField(record);
        ++offset;
        return FieldEnd::Delimiter;
    }
    if (c == u'\n' || c == u'\r') {
        endField(record);
        FIELDFARE_TRY(takeLineEnd(offset));
        return FieldEnd::RecordEnd;
    }
    if (firstLineEnd >= 0)
        return recover(record, offset, open, firstLineEnd, openLine);
    record.setProblem(CsvProblem::StrayQuote, openLine);
    record.m_text.append(QChar(kQuote));
    return readUnquoted(record, offset);
}

/// The quote at `open` was a mistake: the record ends with its line.
Result<CsvReader::FieldEnd> CsvReader::recover(CsvRecord &record, qsizetype &offset, qsizetype open,
                                               qsizetype firstLineEnd, qint64 openLine)
{
    record.setProblem(CsvProblem::UnclosedQuote, openLine);
    record.m_text.truncate(record.openFieldStart());
    QStringView raw(data() + open, (firstLineEnd >= 0 ? firstLineEnd : offset) - open);
    while (raw.endsWith(u'\n') || raw.endsWith(u'\r'))
        raw.chop(1);
    record.m_text.append(raw.first(std::min(raw.size(), m_options.maxFieldLength)));
    endField(record);

    if (firstLineEnd < 0) {
        FIELDFARE_TRY(skipLine(offset));
        return FieldEnd::RecordEnd;
    }
    offset = firstLineEnd;
    m_line = openLine + 1;
    return FieldEnd::RecordEnd;
}

/// Reads over the rest of the line without keeping it. Sets m_position, so that offset is then 0.
Result<void> CsvReader::skipLine(qsizetype &offset)
{
    while (true) {
        const char16_t *const begin = data() + offset;
        const char16_t *const end = data() + available();
        const char16_t *const p = std::find_if(begin, end, [](char16_t c) { return c == u'\n' || c == u'\r'; });
        m_position += p - data();
        offset = 0;
        if (p != end)
            break;
        if (m_isAtEnd)
            return {};
        FIELDFARE_TRY(refill());
    }
    return takeLineEnd(offset);
}

/// `offset` is at a CR or LF; steps over it, and over the LF of a CR LF.
Result<void> CsvReader::takeLineEnd(qsizetype &offset)
{
    const bool isCr = data()[offset] == u'\r';
    ++offset;
    ++m_line;
    if (!isCr)
        return {};
    while (offset == available() && !m_isAtEnd)
        FIELDFARE_TRY(refill());
    if (offset < available() && data()[offset] == u'\n')
        ++offset;
    return {};
}

void CsvReader::endField(CsvRecord &record)
{
    if (record.size() < m_options.maxColumns) {
        record.m_ends.push_back(record.m_text.size());
        return;
    }
    record.m_text.truncate(record.openFieldStart());
    record.setProblem(CsvProblem::TooManyColumns, m_line);
}

void CsvReader::checkShape(CsvRecord &record)
{
    if (record.problem() != CsvProblem::None || record.isBlank())
        return;
    if (m_options.expectedColumns == 0) {
        m_options.expectedColumns = record.size();
        return;
    }
    if (record.size() < m_options.expectedColumns) {
        record.setProblem(CsvProblem::ShortRow, record.line());
        return;
    }
    for (qsizetype i = m_options.expectedColumns; i < record.size(); ++i) {
        // Spreadsheets write empty cells after the last column: nothing is lost by passing over them.
        if (!record.field(i).isEmpty()) {
            record.setProblem(CsvProblem::LongRow, record.line());
            return;
        }
    }
}

} // namespace fieldfare::exchange
