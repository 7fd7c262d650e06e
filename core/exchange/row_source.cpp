// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/row_source.h"

#include "core/model/validation.h"

#include <QCoreApplication>
#include <QFile>

namespace fieldfare::exchange {

using base::Result;

namespace {

QString brokenReason(CsvProblem problem)
{
    switch (problem) {
    case CsvProblem::TooManyColumns:
        return QCoreApplication::translate("Details", "too many columns");
    case CsvProblem::FieldTooLong:
        return QCoreApplication::translate("Details", "a field is too long");
    case CsvProblem::RecordTooLong:
        return QCoreApplication::translate("Details", "the record is too long");
    case CsvProblem::StrayQuote:
        return QCoreApplication::translate("Details", "text follows a closing quotation mark");
    case CsvProblem::UnclosedQuote:
        return QCoreApplication::translate("Details", "a quotation mark is not closed");
    default:
        return QCoreApplication::translate("Details", "the record cannot be read");
    }
}

} // namespace

RowSource::~RowSource()
{
    {
        const std::lock_guard guard(m_mutex);
        m_isStopping = true;
    }
    m_taken.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void RowSource::start(qint64 skipRecords)
{
    m_thread = std::thread([this, skipRecords] { run(skipRecords); });
}

Result<std::vector<ParsedRow>> RowSource::next()
{
    std::unique_lock lock(m_mutex);
    m_filled.wait(lock, [this] { return !m_batches.empty() || m_isAtEnd; });
    if (!m_batches.empty()) {
        std::vector<ParsedRow> batch = std::move(m_batches.front());
        m_batches.pop_front();
        lock.unlock();
        m_taken.notify_one();
        return batch;
    }
    if (m_error)
        return *m_error;
    return std::vector<ParsedRow>();
}

void RowSource::run(qint64 skipRecords)
{
    const Result<void> result = readAll(skipRecords);
    {
        const std::lock_guard guard(m_mutex);
        if (!result.ok())
            m_error = result.error();
        m_isAtEnd = true;
    }
    m_filled.notify_one();
}

Result<void> RowSource::readAll(qint64 skipRecords)
{
    QFile file(m_plan.options.file);
    if (!file.open(QIODevice::ReadOnly))
        return {base::ErrorCode::Io, file.errorString(), {m_plan.options.file}};
    CsvReader reader(file, m_plan.csv);
    FIELDFARE_TRY(reader.open());
    CsvRecord record;
    do {
        FIELDFARE_ASSIGN(const bool more, reader.next(record));
        if (!more)
            return {};
    } while (record.isBlank());
    for (qint64 i = 0; i < skipRecords; ++i) {
        FIELDFARE_ASSIGN(const bool more, reader.next(record));
        if (!more)
            return {};
    }
    std::vector<ParsedRow> batch;
    for (;;) {
        ParsedRow row;
        FIELDFARE_ASSIGN(const bool more, reader.next(row.record));
        if (!more)
            break;
        convert(row);
        batch.push_back(std::move(row));
        if (batch.size() == kBatchRows && !hand(std::exchange(batch, {})))
            return {};
    }
    hand(std::move(batch));
    return {};
}

void RowSource::convert(ParsedRow &row) const
{
    row.isBlank = row.record.isBlank();
    if (row.isBlank)
        return;
    if (isBroken(row.record.problem())) {
        row.reason = brokenReason(row.record.problem());
        return;
    }
    row.values.resize(m_plan.columns.size());
    for (size_t i = 0; i < m_plan.columns.size(); ++i) {
        const PlannedColumn &column = m_plan.columns[i];
        const QStringView cell = row.record.field(qsizetype(i));
        if (cell.isEmpty() || (column.field == nullptr && !column.isId))
            continue;
        if (column.isId || !CellReader::isDirect(*column.field)) {
            row.values[i] = model::Value(cell.trimmed().toString());
            continue;
        }
        bool isRounded = false;
        auto read = m_cells.read(*column.field, cell, column.format, isRounded);
        if (!read.ok()) {
            row.reason = read.error().detail;
            row.reasonColumn = int(i);
            return;
        }
        if (isRounded)
            row.roundedColumns.append(int(i));
        row.values[i] = std::move(read).value();
        if (const QString *text = row.values[i].text())
            row.values[i] = model::Value(model::cleaned(*column.field, *text));
        if (const auto problem = model::checkField(*column.field, row.values[i])) {
            row.reason = model::describeProblem(*m_plan.entity, *problem);
            row.reasonColumn = int(i);
            return;
        }
    }
}

bool RowSource::hand(std::vector<ParsedRow> batch)
{
    if (batch.empty())
        return true;
    {
        std::unique_lock lock(m_mutex);
        m_taken.wait(lock, [this] { return m_batches.size() < kBatchesAhead || m_isStopping; });
        if (m_isStopping)
            return false;
        m_batches.push_back(std::move(batch));
    }
    m_filled.notify_one();
    return true;
}

} // namespace fieldfare::exchange
