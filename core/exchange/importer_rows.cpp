// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of an import: what a row names, which record it is, what becomes of it. Chunks and phases: importer.cpp.
#include "core/exchange/importer.h"

#include "core/model/value_text.h"
#include "core/store/change_preparation.h"

#include <QCoreApplication>

namespace fieldfare::exchange {

using base::Id;
using base::Result;
using model::Field;
using model::Record;
using model::Value;

namespace {

constexpr qsizetype kMostRemembered = 1000;

} // namespace

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
    const auto known = m_keys.find(row.values[size_t(m_plan.keyColumn)]);
    isKnown = known.has_value();
    return known.value_or(Id());
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
        if (!answer.creates.empty())
            values.named.emplace_back(index, text.simplified());
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
        ? QCoreApplication::translate("Details", "%1: several records are called \"%2\"").arg(field.name, text.left(80))
        : QCoreApplication::translate("Details", "%1: \"%2\" is not known").arg(field.name, text.left(80));
    if (m_cursor.phase == ImportCursor::Phase::Links && int(index) != m_linkColumn) {
        values.isRejected = column.unknown == UnknownPolicy::Reject; // and said so in the first phase
        return {};
    }
    if (column.unknown == UnknownPolicy::Reject && m_cursor.phase == ImportCursor::Phase::Rows) {
        values.isRejected = true;
        return reject(row, int(index), reason);
    }
    warn(row, int(index), reason + QCoreApplication::translate("Details", "; left empty"));
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
        FIELDFARE_TRY(reject(row, m_plan.keyColumn, QCoreApplication::translate("Details", "\"%1\" is not an id").arg(row.values[size_t(m_plan.keyColumn)].textOrEmpty().left(80))));
        return true;
    }
    if (isKnown && id.isNull()) {
        FIELDFARE_TRY(reject(row, m_plan.keyColumn, QCoreApplication::translate("Details", "several records have this key")));
        return true;
    }
    if (row.record.problem() == CsvProblem::ShortRow || row.record.problem() == CsvProblem::LongRow)
        warn(row, -1, row.record.problem() == CsvProblem::ShortRow ? QCoreApplication::translate("Details", "fewer columns than the heading") : QCoreApplication::translate("Details", "more columns than the heading"));
    for (const int column : std::as_const(row.roundedColumns))
        warn(row, column, QCoreApplication::translate("Details", "rounded to the decimals that fit"));
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
    if (m_plan.options.dryRun)
        return true;
    m_changes.push_back(std::move(set));
    m_touched.insert(id);
    return true;
}

void Importer::append(RowValues &values)
{
    for (const auto &[column, name] : values.named)
        m_report.noteCreation(m_plan.columns[column].field->name, name);
    values.named.clear();
    m_changes.insert(m_changes.end(), values.creates.begin(), values.creates.end());
}

/// The tags of a row that is taken: the store makes those that are new.
Result<void> Importer::nameTags(const ParsedRow &row, RowValues &values)
{
    if (m_tagsColumn < 0)
        return {};
    FIELDFARE_ASSIGN(const QStringList names, m_lookups.newTags(row.values[size_t(m_tagsColumn)].textOrEmpty()));
    for (const QString &name : names)
        values.named.emplace_back(size_t(m_tagsColumn), name);
    return {};
}

Result<void> Importer::create(ParsedRow &row, const Id &id, RowValues values)
{
    for (const Field &field : m_plan.entity->fields()) {
        if (!field.has(model::Required) || field.has(model::Removed) || !field.isReplicated())
            continue;
        const bool isGiven = std::any_of(values.values.begin(), values.values.end(), [&](const changes::FieldValue &value) { return value.field == field.key; });
        if (!isGiven) {
            append(values);
            return reject(row, -1, QCoreApplication::translate("Details", "%1: a value is required").arg(field.name));
        }
    }
    FIELDFARE_TRY(nameTags(row, values));
    append(values);
    ++m_report.created;
    if (m_plan.keyField() != nullptr)
        m_keys.add(row.values[size_t(m_plan.keyColumn)], id);
    if (m_plan.options.dryRun) {
        Record record;
        record.entity = m_plan.entity->id();
        record.id = id;
        for (const changes::FieldValue &value : values.values)
            record.setValue(*m_plan.entity->field(value.field), value.value);
        if (const Field *title = m_plan.entity->titleField(); title != nullptr && m_linkColumn >= 0)
            m_lookups.noteCreated(record.entity, record.value(*title).textOrEmpty(), id);
        if (m_plan.keyColumn >= 0 || m_linkColumn >= 0)
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
    FIELDFARE_TRY(nameTags(row, values));
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

} // namespace fieldfare::exchange
