// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_plan.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace fieldfare::exchange {

/// One record of the file with its cells as values, as far as that needs no store.
struct ParsedRow {
    CsvRecord record;                 ///< As it stood in the file.
    std::vector<model::Value> values; ///< By column; text for choices, references and tags; empty for columns not imported.
    QString reason;                   ///< Not empty: rejected, English.
    int reasonColumn = -1;
    QList<int> roundedColumns;
    bool isBlank = false;
};

/// Reads and converts a planned file on a thread of its own, some batches ahead of whoever takes them. Made and used on one
/// thread. The plan must outlive it. The destructor stops the thread.
class RowSource {
public:
    static constexpr size_t kBatchRows = 500;
    static constexpr size_t kBatchesAhead = 4;

    RowSource(const ImportPlan &plan, CellReader cells) : m_plan(plan), m_cells(std::move(cells)) {}
    ~RowSource();
    RowSource(const RowSource &) = delete;
    RowSource &operator=(const RowSource &) = delete;

    /// Begins after so many records (blank ones counted, the heading not).
    void start(qint64 skipRecords);
    /// The next batch; empty at the end. Waits for it. Fails with Io.
    base::Result<std::vector<ParsedRow>> next();

private:
    void run(qint64 skipRecords);
    base::Result<void> readAll(qint64 skipRecords);
    void convert(ParsedRow &row) const;
    /// False when nobody wants more.
    bool hand(std::vector<ParsedRow> batch);

    const ImportPlan &m_plan;
    CellReader m_cells;
    std::mutex m_mutex;
    std::condition_variable m_filled;
    std::condition_variable m_taken;
    std::deque<std::vector<ParsedRow>> m_batches;
    std::optional<base::Error> m_error;
    bool m_isAtEnd = false;
    bool m_isStopping = false;
    std::thread m_thread;
};

} // namespace fieldfare::exchange
