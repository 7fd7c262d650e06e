// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The course of an import: its phases, chunks, and where it stands. What becomes of a row: importer_rows.cpp.
#include "core/exchange/importer.h"

#include "core/base/hash.h"
#include "core/exchange/column_matching.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Field;
using model::Record;

namespace {

// A chunk is one transaction, with the cursor behind its last row; tags and what a row brings along need some room.
constexpr size_t kMostChanges = 400;
constexpr size_t kMostBulkChanges = 5000;
static_assert(kMostBulkChanges * 2 <= store::Store::kLargestChunk);
constexpr size_t kFewestChanges = 20;
constexpr qint64 kInteractiveMs = 15;
constexpr int kMostRows = 2000; // looked at in one step, when nothing is to be written
constexpr size_t kKeysAStep = 200;
constexpr size_t kBulkKeysAStep = 2000;

} // namespace

Importer::Importer(store::Store &store, ImportPlan plan, Pace pace)
    : m_store(store), m_plan(std::move(plan)), m_pace(pace), m_lookups(store), m_keys(store, *m_plan.entity, m_plan.keyField())
{
    m_choices.resize(m_plan.columns.size());
    for (size_t i = 0; i < m_plan.columns.size(); ++i) {
        const Field *field = m_plan.columns[i].field;
        if (field == nullptr)
            continue;
        if (field->type == model::FieldType::Tags)
            m_tagsColumn = int(i);
        else if (field->isReference() && field->targets.size() == 1 && field->targets.first() == m_plan.entity->id())
            m_linkColumn = int(i);
    }
    m_scopeColumn = scopeColumn();
}

Importer::~Importer() = default;

Result<std::unique_ptr<Importer>> Importer::begin(store::Store &store, ImportPlan plan, Pace pace)
{
    if (const Field *key = plan.keyField(); key != nullptr && !CellReader::isDirect(*key))
        return {ErrorCode::InvalidArgument, QCoreApplication::translate("Details", "%1 cannot be the key: it is a choice or a reference").arg(key->name), {key->name}};
    std::unique_ptr<Importer> importer(new Importer(store, std::move(plan), pace));
    if (pace == Pace::Bulk && !importer->m_plan.options.dryRun) {
        FIELDFARE_ASSIGN(importer->m_bulk, store::beginBulkWriting(store));
    }
    FIELDFARE_TRY(importer->resume());
    importer->m_idBytes = base::sha256(importer->m_report.action.toBytes());
    const ImportOptions &options = importer->m_plan.options;
    if (!options.rejectsFile.isEmpty()) {
        QStringList headings;
        for (const PlannedColumn &column : importer->m_plan.columns)
            headings.append(column.heading);
        FIELDFARE_ASSIGN(importer->m_rejects, RejectsFile::open(options.rejectsFile, headings, importer->m_cursor.rejectsBytes));
    }
    importer->m_source = std::make_unique<RowSource>(importer->m_plan, CellReader(importer->m_plan.currency, options.zone));
    importer->m_source->start(importer->m_cursor.records);
    return importer;
}

Result<void> Importer::resume()
{
    m_cursor.fingerprint = m_plan.fingerprint;
    m_report.action = m_store.newId();
    if (m_plan.options.dryRun)
        return {};
    FIELDFARE_ASSIGN(const auto unfinished, m_store.unfinishedActions());
    for (const store::ActionEntry &action : unfinished) {
        const auto cursor = ImportCursor::fromBytes(action.resumeCursor);
        if (action.cause != store::Cause::Import || !cursor || cursor->fingerprint != m_plan.fingerprint || !action.undoneBy.isNull())
            continue;
        m_cursor = *cursor;
        m_report = cursor->counts;
        m_report.action = action.id;
        m_report.resumed = true;
        m_isOpen = true;
        break;
    }
    return {};
}

Result<void> Importer::settle()
{
    return m_bulk ? m_bulk->lostCommit() : Result<void>();
}

Importer::Progress Importer::progress() const
{
    if (!m_keys.isReady())
        return {m_keys.done(), m_keys.total(), true};
    return {m_cursor.phase == ImportCursor::Phase::Links ? m_plan.records : m_cursor.records, m_plan.records, false};
}

/// The next batch of rows, with the records that they will update. False at the end of the file.
Result<bool> Importer::fill()
{
    if (m_next < m_batch.size())
        return true;
    FIELDFARE_ASSIGN(m_batch, m_source->next());
    m_next = 0;
    if (m_batch.empty())
        return false;
    FIELDFARE_TRY(prefetch());
    return true;
}

Result<void> Importer::prefetch()
{
    std::vector<Id> ids;
    const bool isLinking = m_cursor.phase == ImportCursor::Phase::Links;
    for (size_t i = m_next; i < m_batch.size(); ++i) {
        const ParsedRow &row = m_batch[i];
        if (row.isBlank || row.values.empty())
            continue;
        bool isKnown = false;
        Id id = recordFor(row, isKnown);
        if (!isKnown && isLinking)
            id = idOfRecord(m_cursor.records + qint64(i - m_next));
        if (!id.isNull() && !(m_plan.options.dryRun && m_existing.contains(id)))
            ids.push_back(id);
    }
    if (!m_plan.options.dryRun)
        m_existing.clear();
    if (ids.empty())
        return {};
    FIELDFARE_ASSIGN(std::vector<Record> records, m_store.records(m_plan.entity->id(), ids, m_tagsColumn >= 0));
    for (Record &record : records) {
        const Id id = record.id;
        m_existing.insert(id, std::move(record));
    }
    return {};
}

Result<bool> Importer::step()
{
    if (m_report.finished)
        return false;
    if (!m_keys.isReady()) {
        FIELDFARE_TRY(m_keys.readSome(m_pace == Pace::Bulk ? kBulkKeysAStep : kKeysAStep));
        return true;
    }
    QElapsedTimer timer;
    timer.start();
    // In bulk the chunk alone decides, but it is looked up now and then whether somebody wants to stop.
    const int mostRows = m_pace == Pace::Bulk ? int(2 * kMostBulkChanges) : kMostRows;
    for (int rows = 0; rows < mostRows; ++rows) {
        FIELDFARE_ASSIGN(const bool more, fill());
        if (!more) {
            const bool needsLinks = m_cursor.phase == ImportCursor::Phase::Rows && m_cursor.deferred > 0;
            if (!needsLinks) {
                FIELDFARE_TRY(commitChunk(true));
                m_report.finished = true;
                return false;
            }
            FIELDFARE_TRY(commitChunk(false));
            m_cursor.phase = ImportCursor::Phase::Links;
            m_cursor.records = 0;
            m_source = std::make_unique<RowSource>(m_plan, CellReader(m_plan.currency, m_plan.options.zone));
            m_source->start(0);
            return true;
        }
        ParsedRow &row = m_batch[m_next];
        const bool isLinking = m_cursor.phase == ImportCursor::Phase::Links;
        FIELDFARE_ASSIGN(const bool taken, isLinking ? takeLink(row) : takeRow(row));
        if (taken) {
            ++m_next;
            ++m_cursor.records;
        }
        if (!taken || m_changes.size() >= m_chunkChanges)
            break;
    }
    FIELDFARE_TRY(commitChunk(false));
    if (m_next < m_batch.size())
        FIELDFARE_TRY(prefetch());
    if (m_pace == Pace::Interactive) {
        const double factor = std::clamp(double(kInteractiveMs) / double(std::max<qint64>(1, timer.elapsed())), 0.5, 1.5);
        m_chunkChanges = std::clamp(size_t(double(m_chunkChanges) * factor), kFewestChanges, kMostChanges);
    } else {
        m_chunkChanges = std::min(2 * m_chunkChanges, kMostBulkChanges); // something to see, and to resume from, soon
    }
    return true;
}

Result<void> Importer::commitChunk(bool last)
{
    if (m_rejects) {
        FIELDFARE_ASSIGN(m_cursor.rejectsBytes, m_rejects->flush());
    }
    if (m_changes.empty() && !(last && m_isOpen))
        return {};
    if (m_plan.options.dryRun) {
        m_changes.clear();
        return {};
    }
    m_cursor.counts = m_report;
    store::ChangeSet set;
    set.label = QCoreApplication::translate("Import", "Import %1").arg(QFileInfo(m_plan.options.file).fileName());
    set.cause = store::Cause::Import;
    set.action = m_report.action;
    set.changes = std::exchange(m_changes, {});
    set.chunkChanges = set.changes.size();
    set.skipRefused = true;
    set.finished = last;
    if (!last)
        set.resumeCursor = m_cursor.toBytes();
    // The next rows are looked at while this chunk is being written. Should that fail, the import ends here, before the next
    // chunk, and what it goes on from is the cursor of the chunk before.
    set.durableLater = !last;
    FIELDFARE_TRY(settle());
    FIELDFARE_ASSIGN(const store::CommitReport report, m_store.commit(std::move(set)));
    m_isOpen = true;
    FIELDFARE_TRY(takeProblems(report));
    if (last && m_rejects) {
        FIELDFARE_TRY(m_rejects->flush());
    }
    m_changeRows.clear();
    m_touched.clear();
    return {};
}

/// Rows that a rule of the store refused although they looked right here.
Result<void> Importer::takeProblems(const store::CommitReport &report)
{
    QSet<size_t> seen;
    for (const store::ChangeProblem &problem : report.problems) {
        const auto it = std::lower_bound(m_changeRows.cbegin(), m_changeRows.cend(), problem.change,
                                         [](const TakenRow &row, size_t change) { return row.change < change; });
        if (it == m_changeRows.cend() || it->change != problem.change || seen.contains(problem.change))
            continue;
        seen.insert(problem.change);
        (it->isUpdate ? m_report.updated : m_report.created) -= 1;
        ParsedRow row;
        row.record = it->record;
        FIELDFARE_TRY(reject(row, -1, model::describeProblem(*m_plan.entity, problem.problem)));
    }
    return {};
}

} // namespace fieldfare::exchange
