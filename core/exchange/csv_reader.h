// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/exchange/csv_record.h"
#include "core/exchange/text_decoder.h"

#include <QByteArray>
#include <QString>

#include <optional>

class QIODevice;

namespace fieldfare::exchange {

struct CsvOptions {
    QByteArray encoding = {};      ///< Empty: found by detectEncoding().
    char16_t delimiter = 0;        ///< 0: found by findDelimiter() in the first 64 K characters.
    qsizetype expectedColumns = 0; ///< 0: as many as the first record that is neither blank nor broken.
    qsizetype maxColumns = 1000;
    qsizetype maxFieldLength = 1024 * 1024;      ///< In UTF-16 units.
    qsizetype maxRecordLength = 8 * 1024 * 1024; ///< In UTF-16 units, quotes and delimiters included.
};

/// Reads CSV (RFC 4180) record by record from a device, in memory bounded by the limits above whatever the file holds.
/// The device is owned by the caller, open for reading, and must outlive the reader; one thread at a time.
///
/// Accepted beyond RFC 4180: LF and CR as line ends (also mixed), other delimiters, a first line "sep=;", quotes inside
/// a field that does not begin with one (kept as text: 5" disk). Spaces belong to the field. An empty line is a record
/// of one empty field. The line end after the last record is optional. NUL characters are dropped.
///
/// Recovery from broken quotes. A record with them is handed out marked as broken; what follows is read as usual:
///  - Text after a closing quote on the line where its field began: the rest up to the next delimiter or line end is
///    taken as it stands, quotes too (StrayQuote).
///  - A quoted field over several lines that runs into the end of the file, over maxFieldLength or maxRecordLength, or
///    whose closing quote is followed by text: the quote at its beginning is taken as the mistake (UnclosedQuote). The
///    record ends with the line on which that field began, and reading goes on with the next line.
/// Going back keeps time linear: between the opening quote and the place of the mistake there was no single quote, so
/// no field of the lines read again opens one, and no character is gone back over twice.
class CsvReader {
public:
    explicit CsvReader(QIODevice &device, CsvOptions options = {});

    /// Finds encoding and delimiter. Fails with EncodingUnknown or Io. Call once, before next().
    [[nodiscard]] base::Result<void> open();

    /// Reads the next record; false at the end. Fails with Io only: damage in the text is in record.problem().
    [[nodiscard]] base::Result<bool> next(CsvRecord &record);

    [[nodiscard]] char16_t delimiter() const { return m_options.delimiter; }
    /// False if the sample left a doubt, or nothing to choose from.
    [[nodiscard]] bool isDelimiterCertain() const { return m_isDelimiterCertain; }
    [[nodiscard]] const DetectedEncoding &encoding() const { return m_encoding; }
    /// Columns a record is expected to have; 0 before the first.
    [[nodiscard]] qsizetype expectedColumns() const { return m_options.expectedColumns; }
    /// What decoding has lost so far (reading goes ahead of next() by one block).
    [[nodiscard]] DecodingReport decodingReport() const;
    /// Bytes taken from the device, for progress.
    [[nodiscard]] qint64 bytesRead() const { return m_bytesRead; }

private:
    enum class FieldEnd { Delimiter, RecordEnd };

    [[nodiscard]] const char16_t *data() const;
    [[nodiscard]] qsizetype available() const { return m_buffer.size() - m_position; }
    base::Result<void> refill();
    base::Result<FieldEnd> readUnquoted(CsvRecord &record, qsizetype &offset);
    base::Result<FieldEnd> readQuoted(CsvRecord &record, qsizetype &offset);
    base::Result<FieldEnd> endQuoted(CsvRecord &record, qsizetype &offset, qsizetype open, qsizetype firstLineEnd,
                                     qint64 openLine);
    base::Result<FieldEnd> recover(CsvRecord &record, qsizetype &offset, qsizetype open, qsizetype firstLineEnd,
                                   qint64 openLine);
    base::Result<void> skipLine(qsizetype &offset);
    base::Result<void> takeLineEnd(qsizetype &offset);
    void endField(CsvRecord &record);
    void checkShape(CsvRecord &record);

    QIODevice &m_device;
    CsvOptions m_options;
    DetectedEncoding m_encoding;
    std::optional<TextDecoder> m_decoder;
    QByteArray m_block;
    QString m_buffer;         ///< Decoded text; the record being read begins at m_position.
    qsizetype m_position = 0; ///< Offsets in the functions above count from here.
    qint64 m_line = 1;        ///< Line of the next character to be read.
    qint64 m_bytesRead = 0;
    bool m_isAtEnd = false;
    bool m_isDelimiterCertain = false;
};

} // namespace fieldfare::exchange
