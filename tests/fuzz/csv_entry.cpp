// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/csv_entry.h"

#include "core/exchange/csv_reader.h"
#include "core/exchange/csv_writer.h"
#include "core/exchange/date_order.h"
#include "core/exchange/number_format.h"

#include <QBuffer>

using namespace fieldfare::exchange;

namespace {

QByteArray g_input; ///< What runs now, for the message.

void require(bool condition, const char *what)
{
    if (!condition)
        qFatal("CSV invariant broken: %s; input in hex: %s", what, g_input.toHex().constData());
}

CsvOptions optionsFrom(std::uint8_t choice)
{
    CsvOptions options;
    static const char *const encodings[] = {"", "UTF-8", "GB18030", "UTF-16LE"};
    options.encoding = encodings[choice & 3];
    static constexpr char16_t delimiters[] = {0, u',', u';', u'\t'};
    options.delimiter = delimiters[choice >> 2 & 3];
    if (choice & 16) {
        options.maxFieldLength = 12;
        options.maxRecordLength = 40;
        options.maxColumns = 4;
    }
    return options;
}

void requireRoundTrip(const QList<QStringList> &rows)
{
    QBuffer buffer;
    buffer.open(QIODevice::ReadWrite);
    CsvWriterOptions writing;
    writing.withByteOrderMark = true; // so that a first field beginning with U+FEFF is not taken for one
    CsvWriter writer(buffer, writing);
    for (const QStringList &row : rows)
        require(writer.writeRow(row).ok(), "write");
    require(writer.finish().ok(), "finish");
    buffer.seek(0);
    CsvOptions reading;
    reading.encoding = "UTF-8";
    reading.delimiter = u',';
    CsvReader reader(buffer, reading);
    require(reader.open().ok(), "reopen");
    CsvRecord record;
    for (const QStringList &row : rows) {
        const auto more = reader.next(record);
        require(more.ok() && *more, "row missing");
        require(!isBroken(record.problem()), "row broken");
        require(record.toStringList() == row, "row differs");
    }
    const auto more = reader.next(record);
    require(more.ok() && !*more, "row too many");
}

} // namespace

void runCsvEntry(const std::uint8_t *data, std::size_t size)
{
    if (size == 0)
        return;
    g_input = QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const CsvOptions options = optionsFrom(data[0]);
    QByteArray bytes = g_input.sliced(1);
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    CsvReader reader(buffer, options);
    if (!reader.open().ok())
        return;
    CsvRecord record;
    QList<QStringList> sound;
    qint64 lastLine = 0;
    std::size_t records = 0;
    while (true) {
        const auto more = reader.next(record);
        require(more.ok(), "a buffer cannot fail");
        if (!*more)
            break;
        require(++records <= 2 * size, "more records than bytes");
        require(record.line() > lastLine, "lines do not grow");
        lastLine = record.line();
        require(record.size() >= 1 && record.size() <= options.maxColumns, "columns");
        for (qsizetype i = 0; i < record.size(); ++i) {
            require(record.field(i).size() <= options.maxFieldLength + 1, "field length");
            require(!record.field(i).contains(QChar(0)), "NUL");
        }
        (void)parseDateText(record.field(0), DateOrder::DayMonthYear);
        (void)parseMoney(record.field(0), DecimalMark::Dot, QStringLiteral("USD"));
        if (!isBroken(record.problem())) {
            QStringList row = record.toStringList();
            for (QString &field : row)
                field = QString::fromUtf8(field.toUtf8()); // lone surrogates cannot be written
            sound.append(row);
        }
    }
    requireRoundTrip(sound);
}
