// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/exchange/import_cursor.h"
#include "core/exchange/import_keys.h"
#include "core/exchange/import_plan.h"
#include "core/exchange/record_lookups.h"
#include "core/exchange/rejects_file.h"
#include "core/exchange/row_source.h"
#include "core/store/bulk_writing.h"

#include <QSet>

namespace fieldfare::exchange {

/// Writes a planned file into the store: one action, one transaction a chunk, each with the cursor from which a killed import
/// goes on when the same one is begun again (or undo() takes it back). Lives on the store's thread; the caller calls step()
/// until it says that nothing is left, and may do other things, or stop for good, between two steps.
///
/// An empty cell leaves an existing field as it is. A record whose key several records have is rejected. References to records
/// of the same entity that come later in the file are set in a second phase, when all rows are in.
class Importer {
public:
    enum class Pace {
        Interactive, ///< Chunks of about 15 ms, so that somebody at the screen does not wait.
        Bulk,        ///< Chunks of up to 5000 changes, for a program that has the file for itself: 0.2 s each.
    };
    struct Progress {
        qint64 done = 0;  ///< Records of the file, blank ones counted.
        qint64 total = 0;
        bool isReadingKeys = false; ///< The two count records of the profile, whose keys have to be known first.
    };

    /// Takes up an unfinished import of the same file, content and mapping. Fails as planImport() for files, and as the store.
    static base::Result<std::unique_ptr<Importer>> begin(store::Store &store, ImportPlan plan, Pace pace);
    ~Importer();

    /// One chunk, or a piece of the profile's keys before the first. False when everything is done, and on disk. After an error the import stays unfinished.
    base::Result<bool> step();
    /// Waits until what report() counts is on disk, for whoever stops before the end: with Pace::Bulk the last chunk may be on
    /// its way still. Fails if it did not get there; the import then goes on from before it.
    base::Result<void> settle();
    [[nodiscard]] const ImportReport &report() const { return m_report; }
    [[nodiscard]] Progress progress() const;

private:
    static constexpr size_t kFirstChunk = 250;

    Importer(store::Store &store, ImportPlan plan, Pace pace);
    base::Result<void> resume();
    [[nodiscard]] int scopeColumn() const;
    base::Result<bool> fill();
    base::Result<void> prefetch();
    base::Result<bool> takeRow(ParsedRow &row);
    base::Result<bool> takeLink(ParsedRow &row);
    base::Result<bool> wasRejected(ParsedRow &row);
    struct RowValues {
        std::vector<changes::FieldValue> values;
        std::vector<changes::LocalChange> creates;
        std::vector<std::pair<size_t, QString>> named; ///< What is created: the column that named it, and how.
        bool isRejected = false;
    };
    base::Result<void> lookUp(ParsedRow &row, RowValues &values);
    base::Result<void> lookUpColumn(ParsedRow &row, size_t column, const base::Id &scope, RowValues &values);
    /// The record of a row: by its key, by its id, or a new one by its place in the file. Null: several have the key.
    [[nodiscard]] base::Id recordFor(const ParsedRow &row, bool &isKnown) const;
    [[nodiscard]] base::Id idOfRecord(qint64 number) const;
    base::Result<void> create(ParsedRow &row, const base::Id &id, RowValues values);
    base::Result<void> update(ParsedRow &row, const model::Record &existing, RowValues values);
    base::Result<void> reject(const ParsedRow &row, int column, const QString &reason);
    void warn(const ParsedRow &row, int column, const QString &text);
    void append(RowValues &values);
    base::Result<void> nameTags(const ParsedRow &row, RowValues &values);
    base::Result<void> commitChunk(bool last);
    base::Result<void> takeProblems(const store::CommitReport &report);

    store::Store &m_store;
    const ImportPlan m_plan;
    const Pace m_pace;
    std::optional<store::BulkWriting> m_bulk; ///< With Pace::Bulk.
    RecordLookups m_lookups;
    std::unique_ptr<RowSource> m_source;
    std::unique_ptr<RejectsFile> m_rejects;
    ImportReport m_report;
    ImportCursor m_cursor;
    QByteArray m_idBytes;             ///< SHA-256 of the action: what is not counted in idOfRecord().
    bool m_isOpen = false;            ///< The action stands in the store.
    ImportKeys m_keys;
    QHash<base::Id, model::Record> m_existing; ///< Of the batch; with a dry run all that would be.
    std::vector<QHash<QString, model::Value>> m_choices; ///< By column: cells that were looked up, as they are written.
    std::vector<ParsedRow> m_batch;
    size_t m_next = 0;
    size_t m_chunkChanges = kFirstChunk;
    std::vector<changes::LocalChange> m_changes;
    struct TakenRow {
        size_t change = 0; ///< Index in m_changes.
        CsvRecord record;
        bool isUpdate = false;
    };
    std::vector<TakenRow> m_changeRows; ///< In the order of m_changes.
    QSet<base::Id> m_touched;         ///< Records of the chunk.
    int m_tagsColumn = -1;
    int m_linkColumn = -1;            ///< The reference to the same entity.
    int m_scopeColumn = -1;
};

} // namespace fieldfare::exchange
