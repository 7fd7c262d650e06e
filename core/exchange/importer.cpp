// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/importer.h"

#include "core/base/hash.h"
#include "core/exchange/column_matching.h"
#include "core/model/value_text.h"
#include "core/store/change_preparation.h"
#include "core/store/query/list_reader.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFileInfo>

namespace fieldfare::exchange {

using base::ErrorCode;
using base::Id;
using base::Result;
using model::Field;
using model::Record;
using model::Value;

namespace {

// A chunk is one transaction, with the cursor behind its last row; tags and what a row brings along need some room.
constexpr size_t kMostChanges = 400;
constexpr size_t kMostBulkChanges = 5000;
static_assert(kMostBulkChanges * 2 <= store::Store::kLargestChunk);
constexpr size_t kFewestChanges = 20;
constexpr qsizetype kMostRemembered = 1000;
constexpr qint64 kInteractiveMs = 15;
constexpr int kMostRows = 2000; // looked at in one step, when nothing is to be written

} // namespace

struct Importer::RowValues {
    std::vector<changes::FieldValue> values;
    std::vector<changes::LocalChange> creates;
    bool isRejected = false;
};

Importer::Importer(store::Store &store, ImportPlan plan, Pace pace)
    : m_store(store), m_plan(std::move(plan)), m_pace(pace), m_lookups(store)
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
        return {ErrorCode::InvalidArgument, QStringLiteral("%1 cannot be the key: it is a choice or a reference").arg(key->name), {key->name}};
    std::unique_ptr<Importer> importer(new Importer(store, std::move(plan), pace));
    if (pace == Pace::Bulk && !importer->m_plan.options.dryRun) {
        FIELDFARE_ASSIGN(importer->m_bulk, store::beginBulkWriting(store));
    }
    FIELDFARE_TRY(importer->resume());
    importer->m_idBytes = base::sha256(importer->m_report.action.toBytes());
    FIELDFARE_TRY(importer->loadKeys());
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

Result<void> Importer::loadKeys()
{
    const Field *key = m_plan.keyField();
    if (key == nullptr)
        return {};
    store::ListReader reader(m_store.connection(), m_plan.catalog, {});
    FIELDFARE_ASSIGN(const store::RowOrder order, reader.order({.entity = m_plan.entity->id()}));
    const std::span<const std::int64_t> rids(*order);
    for (size_t at = 0; at < rids.size(); at += 1000) {
        FIELDFARE_ASSIGN(const auto rows, reader.rows(m_plan.entity->id(), rids.subspan(at, std::min<size_t>(1000, rids.size() - at))));
        for (const store::RowView &row : rows) {
            const Value &value = row.record.value(*key);
            if (value.isEmpty())
                continue;
            const QString text = model::foldedName(model::toPortableText(value));
            m_keys.insert(text, m_keys.contains(text) ? Id() : row.record.id);
        }
    }
    return {};
}

Result<void> Importer::settle()
{
    return m_bulk ? m_bulk->lostCommit() : Result<void>();
}

Importer::Progress Importer::progress() const
{
    return {m_cursor.phase == ImportCursor::Phase::Links ? m_plan.records : m_cursor.records, m_plan.records};
}

Id Importer::idOfRecord(qint64 number) const
{
    // UUIDv7 of the action's millisecond, with the record's number where a generator counts: a resumed import, and the second
    // phase, come to the same id.
    QByteArray bytes;
    bytes.reserve(Id::kSize);
    bytes.append(reinterpret_cast<const char *>(m_report.action.data().data()), 6);
    bytes += char(0x70 | ((number >> 28) & 0x0F));
    bytes += char((number >> 20) & 0xFF);
    bytes += char(0x80 | ((number >> 14) & 0x3F));
    bytes += char((number >> 6) & 0xFF);
    bytes += char(((number & 0x3F) << 2) | (m_idBytes.at(5) & 0x03));
    bytes.append(m_idBytes.constData(), 5);
    return Id::fromBytes(bytes);
}

QString Importer::keyText(const ParsedRow &row) const
{
    const Value &value = row.values[size_t(m_plan.keyColumn)];
    return value.isEmpty() ? QString() : model::foldedName(model::toPortableText(value));
}

Id Importer::recordFor(const ParsedRow &row, bool &isKnown) const
{
    isKnown = false;
    if (m_plan.keyColumn < 0)
        return {};
    const PlannedColumn &column = m_plan.columns[size_t(m_plan.keyColumn)];
    if (column.isId) {
        const auto id = Id::fromString(row.values[size_t(m_plan.keyColumn)].textOrEmpty());
        isKnown = id.has_value();
        return id.value_or(Id());
    }
    const QString text = keyText(row);
    const auto it = text.isEmpty() ? m_keys.constEnd() : m_keys.constFind(text);
    isKnown = it != m_keys.constEnd();
    return isKnown ? it.value() : Id();
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
    QElapsedTimer timer;
    timer.start();
    // In bulk the chunk alone decides, but it is looked up now and then whether somebody wants to stop.
    const int mostRows = m_pace == Pace::Bulk ? int(2 * kMostBulkChanges) : kMostRows;
    for (int rows = 0; rows < mostRows; ++rows) {
        FIELDFARE_ASSIGN(const bool more, fill());
        if (!more) {
            const bool needsLinks = m_cursor.phase == ImportCursor::Phase::Rows && m_cursor.deferred > 0 && !m_plan.options.dryRun;
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

Result<void> Importer::lookUpColumn(ParsedRow &row, size_t index, const Id &scope, RowValues &values)
{
    const PlannedColumn &column = m_plan.columns[index];
    const Field &field = *column.field;
    Value &cell = row.values[index];
    if (cell.isEmpty())
        return {};
    if (CellReader::isDirect(field) || field.type == model::FieldType::Tags) {
        const bool isAskedAgain = int(index) == m_plan.keyColumn || int(index) == m_tagsColumn;
        values.values.push_back({field.key, isAskedAgain ? cell : std::move(cell)});
        return {};
    }
    const QString text = cell.textOrEmpty();
    if (const auto known = m_choices[index].constFind(text); known != m_choices[index].constEnd()) {
        values.values.push_back({field.key, *known});
        return {};
    }
    const bool isLink = int(index) == m_linkColumn && m_cursor.phase == ImportCursor::Phase::Rows;
    const bool mayCreate = column.unknown == UnknownPolicy::Create && !isLink;
    FIELDFARE_ASSIGN(auto answer, field.type == model::FieldType::Choice ? m_lookups.choice(field, text, mayCreate)
                                                                        : m_lookups.reference(field, text, mayCreate, scope));
    if (answer.outcome == RecordLookups::Outcome::Found || answer.outcome == RecordLookups::Outcome::Created) {
        values.creates.insert(values.creates.end(), answer.creates.begin(), answer.creates.end());
        values.values.push_back({field.key, answer.value});
        if (field.type == model::FieldType::Choice && m_choices[index].size() < kMostRemembered)
            m_choices[index].insert(text, answer.value);
        return {};
    }
    if (isLink && answer.outcome == RecordLookups::Outcome::Unknown) {
        ++m_cursor.deferred;
        return {};
    }
    const QString reason = answer.outcome == RecordLookups::Outcome::Ambiguous
        ? QStringLiteral("%1: several records are called \"%2\"").arg(field.name, text.left(80))
        : QStringLiteral("%1: \"%2\" is not known").arg(field.name, text.left(80));
    if (m_cursor.phase == ImportCursor::Phase::Links && int(index) != m_linkColumn) {
        values.isRejected = column.unknown == UnknownPolicy::Reject; // and said so in the first phase
        return {};
    }
    if (column.unknown == UnknownPolicy::Reject && m_cursor.phase == ImportCursor::Phase::Rows) {
        values.isRejected = true;
        return reject(row, int(index), reason);
    }
    warn(row, int(index), reason + QStringLiteral("; left empty"));
    return {};
}

/// In the phase of links: what the first phase rejected stays as it was. Asks again, but brings nothing along.
Result<bool> Importer::wasRejected(ParsedRow &row)
{
    RowValues values;
    Id scope;
    if (m_scopeColumn >= 0) {
        FIELDFARE_TRY(lookUpColumn(row, size_t(m_scopeColumn), {}, values));
        scope = values.values.empty() ? Id() : values.values.back().value.referenceId();
    }
    for (size_t i = 0; i < m_plan.columns.size() && !values.isRejected; ++i) {
        const PlannedColumn &column = m_plan.columns[i];
        if (column.field != nullptr && column.unknown == UnknownPolicy::Reject && int(i) != m_linkColumn)
            FIELDFARE_TRY(lookUpColumn(row, i, scope, values));
    }
    return values.isRejected;
}

/// Names of a small owned child are looked for under the row's own parent: a stage's in its pipeline. The column of that parent.
int Importer::scopeColumn() const
{
    const auto columnOf = [this](model::EntityId target) {
        const auto it = std::find_if(m_plan.columns.cbegin(), m_plan.columns.cend(),
                                     [target](const PlannedColumn &column) { return column.field != nullptr && column.field->targets.contains(target); });
        return it == m_plan.columns.cend() ? -1 : int(it - m_plan.columns.cbegin());
    };
    for (const PlannedColumn &column : m_plan.columns) {
        if (column.field == nullptr || column.field->targets.size() != 1)
            continue;
        const model::Entity *target = m_plan.catalog->entity(column.field->targets.first());
        const Field *parent = target != nullptr && target->has(model::System) ? target->parentField() : nullptr;
        if (parent != nullptr && parent->targets.size() == 1)
            return columnOf(parent->targets.first());
    }
    return -1;
}

Result<void> Importer::lookUp(ParsedRow &row, RowValues &values)
{
    values.values.reserve(m_plan.columns.size() + 1); // and its number
    Id scope;
    if (m_scopeColumn >= 0) {
        FIELDFARE_TRY(lookUpColumn(row, size_t(m_scopeColumn), {}, values));
        if (!values.values.empty())
            scope = values.values.back().value.referenceId();
    }
    for (size_t i = 0; i < m_plan.columns.size() && !values.isRejected; ++i) {
        if (m_plan.columns[i].field != nullptr && int(i) != m_scopeColumn)
            FIELDFARE_TRY(lookUpColumn(row, i, scope, values));
    }
    return {};
}

/// False: the row touches a record of this chunk, which has to be committed first.
Result<bool> Importer::takeRow(ParsedRow &row)
{
    if (row.isBlank) {
        ++m_report.blank;
        return true;
    }
    bool isKnown = false;
    Id id;
    if (row.reason.isEmpty()) {
        id = recordFor(row, isKnown);
        if (isKnown && m_touched.contains(id) && !m_plan.options.dryRun)
            return false;
    }
    ++m_report.read;
    if (!row.reason.isEmpty()) {
        FIELDFARE_TRY(reject(row, row.reasonColumn, row.reason));
        return true;
    }
    const bool keyIsId = m_plan.keyColumn >= 0 && m_plan.columns[size_t(m_plan.keyColumn)].isId;
    if (keyIsId && !isKnown && !row.values[size_t(m_plan.keyColumn)].isEmpty()) {
        FIELDFARE_TRY(reject(row, m_plan.keyColumn, QStringLiteral("\"%1\" is not an id").arg(row.values[size_t(m_plan.keyColumn)].textOrEmpty().left(80))));
        return true;
    }
    if (isKnown && id.isNull()) {
        FIELDFARE_TRY(reject(row, m_plan.keyColumn, QStringLiteral("several records have this key")));
        return true;
    }
    if (row.record.problem() == CsvProblem::ShortRow || row.record.problem() == CsvProblem::LongRow)
        warn(row, -1, row.record.problem() == CsvProblem::ShortRow ? QStringLiteral("fewer columns than the heading") : QStringLiteral("more columns than the heading"));
    for (const int column : std::as_const(row.roundedColumns))
        warn(row, column, QStringLiteral("rounded to the decimals that fit"));
    RowValues values;
    FIELDFARE_TRY(lookUp(row, values));
    if (values.isRejected) {
        append(values); // rows behind this one may count on what it would have brought along
        return true;
    }
    if (const auto it = m_existing.constFind(id); isKnown && it != m_existing.constEnd())
        FIELDFARE_TRY(update(row, it.value(), std::move(values)));
    else
        FIELDFARE_TRY(create(row, isKnown ? id : idOfRecord(m_cursor.records), std::move(values)));
    return true;
}

Result<bool> Importer::takeLink(ParsedRow &row)
{
    if (row.isBlank || row.values.empty() || !row.reason.isEmpty() || row.values[size_t(m_linkColumn)].isEmpty())
        return true;
    bool isKnown = false;
    Id id = recordFor(row, isKnown);
    if (!isKnown)
        id = idOfRecord(m_cursor.records);
    const auto it = m_existing.constFind(id);
    if (it == m_existing.constEnd())
        return true; // rejected, or its key is not alone
    if (m_touched.contains(id))
        return false;
    FIELDFARE_ASSIGN(const bool isRejected, wasRejected(row));
    if (isRejected)
        return true;
    RowValues values;
    FIELDFARE_TRY(lookUpColumn(row, size_t(m_linkColumn), {}, values));
    if (values.values.empty() || values.values.front().value == it->value(*m_plan.columns[size_t(m_linkColumn)].field))
        return true;
    changes::LocalChange set;
    set.kind = changes::OperationKind::Set;
    set.entity = m_plan.entity->id();
    set.record = id;
    set.values = values.values;
    append(values);
    m_changes.push_back(std::move(set));
    m_touched.insert(id);
    return true;
}

void Importer::append(RowValues &values)
{
    m_report.alsoCreated += qint64(values.creates.size());
    m_changes.insert(m_changes.end(), values.creates.begin(), values.creates.end());
}

Result<void> Importer::create(ParsedRow &row, const Id &id, RowValues values)
{
    for (const Field &field : m_plan.entity->fields()) {
        if (!field.has(model::Required) || field.has(model::Removed) || !field.isReplicated())
            continue;
        const bool isGiven = std::any_of(values.values.begin(), values.values.end(), [&](const changes::FieldValue &value) { return value.field == field.key; });
        if (!isGiven) {
            append(values);
            return reject(row, -1, QStringLiteral("%1: a value is required").arg(field.name));
        }
    }
    append(values);
    ++m_report.created;
    if (m_plan.keyField() != nullptr) {
        if (const QString key = keyText(row); !key.isEmpty())
            m_keys.insert(key, id);
    }
    if (m_plan.options.dryRun) {
        Record record;
        record.entity = m_plan.entity->id();
        record.id = id;
        for (const changes::FieldValue &value : values.values)
            record.setValue(*m_plan.entity->field(value.field), value.value);
        if (m_plan.keyColumn >= 0)
            m_existing.insert(id, std::move(record));
        return {};
    }
    changes::LocalChange change;
    change.kind = changes::OperationKind::Create;
    change.entity = m_plan.entity->id();
    change.record = id;
    change.values = std::move(values.values);
    if (m_tagsColumn >= 0 && !row.values[size_t(m_tagsColumn)].isEmpty())
        change.group = m_store.newId();
    m_changeRows.push_back({m_changes.size(), std::move(row.record), false});
    m_changes.push_back(std::move(change));
    m_touched.insert(id);
    return {};
}

Result<void> Importer::update(ParsedRow &row, const Record &existing, RowValues values)
{
    append(values);
    const auto isSame = [&](const changes::FieldValue &value) {
        const Field &field = *m_plan.entity->field(value.field);
        if (field.type != model::FieldType::Tags)
            return existing.value(field) == value.value;
        QStringList names = store::tagNames(value.value.textOrEmpty());
        names.sort(Qt::CaseInsensitive);
        return names == existing.tags;
    };
    std::erase_if(values.values, isSame);
    if (values.values.empty()) {
        ++m_report.unchanged;
        return {};
    }
    ++m_report.updated;
    if (m_plan.options.dryRun) {
        for (const changes::FieldValue &value : values.values)
            m_existing[existing.id].setValue(*m_plan.entity->field(value.field), value.value);
        return {};
    }
    changes::LocalChange change;
    change.kind = changes::OperationKind::Set;
    change.entity = m_plan.entity->id();
    change.record = existing.id;
    change.values = std::move(values.values);
    if (change.values.size() > 1)
        change.group = m_store.newId();
    m_changeRows.push_back({m_changes.size(), std::move(row.record), true});
    m_touched.insert(existing.id);
    m_changes.push_back(std::move(change));
    return {};
}

Result<void> Importer::reject(const ParsedRow &row, int column, const QString &reason)
{
    ++m_report.rejected;
    const QString heading = column < 0 ? QString() : m_plan.columns[size_t(column)].heading;
    if (m_report.findings.size() < ImportReport::kMaxFindings)
        m_report.findings.append({row.record.line(), heading, reason, true});
    return m_rejects ? m_rejects->add(row.record, heading.isEmpty() ? reason : heading + QStringLiteral(": ") + reason) : Result<void>();
}

void Importer::warn(const ParsedRow &row, int column, const QString &text)
{
    ++m_report.warnings;
    if (m_report.findings.size() < ImportReport::kMaxFindings)
        m_report.findings.append({row.record.line(), column < 0 ? QString() : m_plan.columns[size_t(column)].heading, text, false});
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
