// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/record_transfer.h"

#include "core/model/entities/entities.h"
#include "core/model/value_text.h"
#include "core/store/bulk_writing.h"
#include "core/store/query/list_reader.h"

#include <algorithm>

namespace fieldfare::domain {

using base::ErrorCode;
using base::Id;
using base::Result;
using changes::LocalChange;
using changes::OperationKind;
using model::Entity;
using model::Field;
using model::FieldKey;
using model::Record;
using model::Reference;
using model::Value;

namespace {

constexpr size_t kBatchRows = 1000;
constexpr size_t kChunkChanges = 5000; ///< A transaction; nobody waits for this database.

/// Calls `use` with batches of the entity's rows, in the order in which they came into this file: what is pointed to is then
/// mostly there before what points.
Result<void> readAll(store::Store &store, const Entity &entity, store::TrashedRows trashed,
                     const std::function<Result<void>(const std::vector<Record> &)> &use)
{
    store::ListReader reader(store.connection(), store.catalog(), {});
    FIELDFARE_ASSIGN(const store::RowOrder order, reader.order({.entity = entity.id(), .trashed = trashed}));
    std::vector<std::int64_t> rids = *order;
    std::sort(rids.begin(), rids.end());
    const std::span<const std::int64_t> all(rids);
    for (size_t at = 0; at < all.size(); at += kBatchRows) {
        FIELDFARE_ASSIGN(auto rows, reader.rows(entity.id(), all.subspan(at, std::min(kBatchRows, all.size() - at))));
        std::vector<Record> records;
        records.reserve(rows.size());
        for (store::RowView &row : rows)
            records.push_back(std::move(row.record));
        FIELDFARE_TRY(use(records));
    }
    return {};
}

/// A custom field that was retired, or lies in the trash, keeps its column.
bool isHidden(const Field &field)
{
    return field.has(model::Hidden) || field.has(model::Removed);
}

bool isTransferred(const Entity &entity)
{
    return !entity.has(model::ServerOnly);
}

/// What a company has one of by its name, such as a pipeline: not records of work, and not those whose id is their name already.
bool isSetting(const Entity &entity)
{
    return entity.has(model::System) && !entity.has(model::NamedId) && isTransferred(entity) && entity.titleField() != nullptr
        && entity.id() != model::entities::kCustomField.id;
}

/// Joins two others and has no name: taken away means gone.
bool isMembership(const Entity &entity)
{
    return entity.has(model::System) && entity.titleField() == nullptr && entity.parentField() != nullptr;
}

/// "C-000123" or "C-7-12": of the series that a device or a profile without a server counts, so that another one may give it.
bool isOfSeries(const Entity &entity, const QString &number)
{
    const QString prefix = entity.numberPrefix() + QLatin1Char('-');
    if (!number.startsWith(prefix, Qt::CaseInsensitive))
        return false;
    const QStringList parts = number.mid(prefix.size()).split(QLatin1Char('-'));
    const auto isDigits = [](const QString &part) {
        return !part.isEmpty() && std::all_of(part.begin(), part.end(), [](QChar c) { return c >= QLatin1Char('0') && c <= QLatin1Char('9'); });
    };
    return parts.size() <= 2 && std::all_of(parts.begin(), parts.end(), isDigits);
}

QString settingName(const Entity &entity, const Record &record, const Id &parent)
{
    const QString title = model::foldedName(record.value(*entity.titleField()).textOrEmpty());
    return title.isEmpty() ? QString() : parent.toString() + QLatin1Char('/') + title;
}

Id parentOf(const Entity &entity, const Record &record)
{
    const Field *field = entity.parentField();
    return field != nullptr ? record.value(*field).referenceId() : Id();
}

NamedRecord nameOf(const Entity &entity, const Record &record)
{
    const Field *number = entity.numberField();
    const Field *title = entity.titleField();
    return {record.id, number != nullptr ? record.value(*number).textOrEmpty() : QString(),
            title != nullptr ? record.value(*title).textOrEmpty() : QString()};
}

} // namespace

RecordTransfer::RecordTransfer(store::Store &from, store::Store &to, TransferOptions options, Progress progress)
    : m_from(from), m_to(to), m_options(std::move(options)), m_progress(std::move(progress))
{
}

Result<std::vector<std::pair<model::EntityId, qint64>>> RecordTransfer::numbersNeeded(store::Store &from)
{
    const model::CatalogPointer catalog = from.catalog();
    store::ListReader reader(from.connection(), catalog, {});
    std::vector<std::pair<model::EntityId, qint64>> needed;
    for (const Entity &entity : catalog->entities()) {
        if (entity.numberPrefix().isEmpty())
            continue;
        FIELDFARE_ASSIGN(const std::int64_t rows, reader.count({.entity = entity.id(), .trashed = store::TrashedRows::All}));
        needed.emplace_back(entity.id(), rows);
    }
    return needed;
}

Result<TransferReport> RecordTransfer::run()
{
    const model::CatalogPointer catalog = m_from.catalog();
    FIELDFARE_ASSIGN(const store::BulkWriting bulk, store::beginBulkWriting(m_to));
    m_report.action = m_to.newId();
    FIELDFARE_TRY(count());
    FIELDFARE_TRY(mapUsers());
    for (const Entity &entity : catalog->entities()) {
        if (isTransferred(entity))
            FIELDFARE_TRY(transfer(entity));
    }
    FIELDFARE_TRY(finish());
    m_report.counts.removeIf([](const TransferCounts &entry) { return entry.records == 0; });
    if (!m_isOpen)
        m_report.action = Id();
    return m_report;
}

Result<void> RecordTransfer::count()
{
    const model::CatalogPointer catalog = m_from.catalog();
    store::ListReader reader(m_from.connection(), catalog, {});
    for (const Entity &entity : catalog->entities()) {
        if (!isTransferred(entity))
            continue;
        FIELDFARE_ASSIGN(const std::int64_t rows, reader.count({.entity = entity.id(), .trashed = store::TrashedRows::All}));
        m_total += rows;
    }
    return {};
}

/// Oneself is who was enrolled; others are known by their sign-in names.
Result<void> RecordTransfer::mapUsers()
{
    const Entity *users = m_from.catalog()->entity(model::entities::kUser.id);
    FIELDFARE_ASSIGN(const store::ProfileInfo own, m_from.profileInfo());
    FIELDFARE_ASSIGN(const store::ProfileInfo there, m_to.profileInfo());
    const auto take = [&](const std::vector<Record> &records) -> Result<void> {
        for (const Record &record : records) {
            const auto found = m_to.resolve(users->id(), record.value(*users->field(QStringLiteral("name"))).textOrEmpty());
            if (found.ok())
                m_others.insert(record.id, *found);
            else if (found.error().code != ErrorCode::NotFound && found.error().code != ErrorCode::InvalidArgument)
                return found.error();
        }
        return {};
    };
    FIELDFARE_TRY(readAll(m_from, *users, store::TrashedRows::All, take));
    m_others.insert(own.user, there.user);
    return {};
}

Result<void> RecordTransfer::transfer(const Entity &entity)
{
    m_report.counts.append(TransferCounts{.entity = entity.id()});
    DuplicateSearch search(entity);
    m_search = nullptr;
    if (DuplicateSearch::isFor(entity)) {
        FIELDFARE_TRY(findDuplicates(entity, search));
        m_search = &search;
    }
    m_sameNames.clear();
    if (isSetting(entity))
        FIELDFARE_TRY(readSettings(entity));
    const auto takeAll = [&](const std::vector<Record> &records) -> Result<void> {
        std::vector<Id> ids;
        for (const Record &record : records)
            ids.push_back(record.id);
        FIELDFARE_ASSIGN(const std::vector<Record> present, m_to.records(entity.id(), ids));
        m_present.clear();
        for (const Record &record : present)
            m_present.insert(record.id, record.trashed);
        for (const Record &record : records)
            FIELDFARE_TRY(takeRecord(entity, record));
        m_done += qint64(records.size());
        if (m_progress && m_progress(m_done, m_total))
            return {ErrorCode::Cancelled, QStringLiteral("the transfer was stopped")};
        return {};
    };
    FIELDFARE_TRY(readAll(m_from, entity, store::TrashedRows::All, takeAll));
    m_search = nullptr;
    return flush(false); // a custom field must be there before its values
}

Result<void> RecordTransfer::findDuplicates(const Entity &entity, DuplicateSearch &search)
{
    const auto add = [&](const std::vector<Record> &records) -> Result<void> {
        for (const Record &record : records) {
            const Id parent = parentOf(entity, record);
            if (!record.trashed)
                search.addOwn(record, m_matches.value(parent, m_others.value(parent, parent)));
        }
        return {};
    };
    const auto look = [&](const std::vector<Record> &records) -> Result<void> {
        for (const Record &record : records)
            search.look(record);
        return m_progress && m_progress(m_done, m_total) ? Result<void>(ErrorCode::Cancelled, QStringLiteral("the transfer was stopped")) : Result<void>();
    };
    FIELDFARE_TRY(readAll(m_from, entity, store::TrashedRows::All, add));
    return readAll(m_to, entity, store::TrashedRows::Hide, look);
}

Result<void> RecordTransfer::readSettings(const Entity &entity)
{
    return readAll(m_to, entity, store::TrashedRows::Hide, [&](const std::vector<Record> &records) -> Result<void> {
        for (const Record &record : records) {
            const QString name = settingName(entity, record, parentOf(entity, record));
            if (!name.isEmpty())
                m_sameNames.insert(name, record.id);
        }
        return {};
    });
}

Result<void> RecordTransfer::takeRecord(const Entity &entity, const Record &record)
{
    ++counts().records;
    if (takePresent(entity, record) || takeSetting(entity, record))
        return {};
    if (entity.id() == model::entities::kCustomField.id && takeDefinition(record))
        return {};
    if (record.trashed && isMembership(entity)) {
        ++counts().left;
        return {};
    }
    FIELDFARE_ASSIGN(const bool isSkipped, takeDuplicate(entity, record));
    return isSkipped ? Result<void>() : takeNew(entity, record);
}

/// The server's row stands. A name that it has in the trash and that is in use here is in use again.
bool RecordTransfer::takePresent(const Entity &entity, const Record &record)
{
    const auto present = m_present.constFind(record.id);
    if (present == m_present.constEnd())
        return false;
    ++counts().present;
    m_known.insert(record.id);
    if (entity.has(model::NamedId) && *present && !record.trashed) {
        LocalChange restore;
        restore.kind = OperationKind::Restore;
        restore.entity = entity.id();
        restore.record = record.id;
        m_changes.push_back(std::move(restore));
    }
    return true;
}

bool RecordTransfer::takeSetting(const Entity &entity, const Record &record)
{
    if (m_sameNames.isEmpty())
        return false;
    const Id parent = parentOf(entity, record);
    const QString name = settingName(entity, record, m_others.value(parent, parent));
    const auto same = m_sameNames.constFind(name);
    if (name.isEmpty() || same == m_sameNames.constEnd())
        return false;
    ++counts().present;
    m_others.insert(record.id, *same);
    m_known.insert(*same);
    return true;
}

/// A custom field of the same name, type and list of choices is the same field; with another type or list it gets another name.
bool RecordTransfer::takeDefinition(const Record &record)
{
    const Entity &definitions = *m_from.catalog()->entity(model::entities::kCustomField.id);
    const auto textOf = [&](const char *field) { return record.value(*definitions.field(QString::fromLatin1(field))).textOrEmpty(); };
    const FieldKey key(record.id);
    const Entity *own = m_from.catalog()->entity(textOf("entity"));
    const Entity *there = m_to.catalog()->entity(textOf("entity"));
    const Field *ownField = own != nullptr ? own->field(key) : nullptr;
    const QString name = textOf("name");
    const Field *present = there != nullptr ? there->field(name) : nullptr;
    if (ownField == nullptr || present == nullptr)
        return false;
    if (present->key.isCustom() && present->type == ownField->type && present->choiceList == ownField->choiceList
        && isHidden(*present) == isHidden(*ownField)) {
        m_fields.insert(key, present->key);
        m_others.insert(record.id, present->key.custom);
        ++counts().present;
        return true;
    }
    QString free;
    for (int n = 2; free.isEmpty() || there->field(free) != nullptr || own->field(free) != nullptr; ++n)
        free = name + QLatin1Char('_') + QString::number(n);
    m_fieldNames.insert(key, free);
    m_report.renamedFields.append({name, free});
    return false;
}

Result<bool> RecordTransfer::takeDuplicate(const Entity &entity, const Record &record)
{
    const DuplicateSearch::Match *match = m_search != nullptr ? m_search->match(record.id) : nullptr;
    if (match == nullptr)
        return false;
    ++counts().duplicates;
    m_matches.insert(record.id, match->present);
    if (m_report.duplicates.size() < TransferReport::kMostLines) {
        FIELDFARE_ASSIGN(const Record present, m_to.record(entity.id(), match->present, false));
        m_report.duplicates.append({entity.id(), match->by, nameOf(entity, record), nameOf(entity, present)});
    }
    if (m_options.duplicates == DuplicatePolicy::Keep)
        return false;
    ++counts().skipped;
    m_others.insert(record.id, match->present);
    m_known.insert(match->present);
    return true;
}

Result<void> RecordTransfer::takeNew(const Entity &entity, const Record &record)
{
    LocalChange change;
    change.kind = OperationKind::Create;
    change.entity = entity.id();
    change.record = record.id;
    Deferred later{{entity.id(), record.id}, {}};
    for (const Field &field : entity.fields()) {
        const Value &value = record.value(field);
        if (value.isEmpty() || !field.isReplicated())
            continue;
        if (const Reference *reference = value.reference()) {
            FIELDFARE_TRY(takeReference(field, *reference, change, later));
            continue;
        }
        if (field.has(model::Number)) {
            FIELDFARE_TRY(giveNumber(entity, record, value.textOrEmpty(), change));
            continue;
        }
        const bool isFieldName = entity.id() == model::entities::kCustomField.id && field.has(model::Title);
        change.values.push_back({keyThere(field), isFieldName ? Value(m_fieldNames.value(FieldKey(record.id), value.textOrEmpty())) : value});
    }
    m_known.insert(record.id);
    m_changes.push_back(std::move(change));
    if (!later.values.empty())
        m_deferred.push_back(std::move(later));
    ++counts().taken;
    if (record.trashed) {
        ++counts().trashed;
        m_trash.push_back({entity.id(), record.id});
    }
    return m_changes.size() >= kChunkChanges ? flush(false) : Result<void>();
}

Result<void> RecordTransfer::takeReference(const Field &field, const Reference &reference, LocalChange &change, Deferred &later)
{
    bool isLater = false;
    FIELDFARE_ASSIGN(const auto target, mapped(reference, isLater));
    if (target)
        change.values.push_back({keyThere(field), Value(*target)});
    else if (isLater)
        later.values.push_back({keyThere(field), Value(reference)});
    else
        ++m_report.droppedReferences;
    return {};
}

/// What stands for the record in the target; nothing when it is not there, or not yet: then it is to come later. The server
/// puts aside what refers to nobody, so that such a reference must not leave here.
Result<std::optional<Reference>> RecordTransfer::mapped(const Reference &reference, bool &isLater)
{
    const Reference there{reference.entity, m_others.value(reference.id, reference.id)};
    if (m_known.contains(there.id))
        return std::optional(there);
    FIELDFARE_ASSIGN(const auto present, m_to.records(there.entity, std::span(&there.id, 1)));
    if (!present.empty()) {
        m_known.insert(there.id);
        return std::optional(there);
    }
    const Entity *entity = m_from.catalog()->entity(reference.entity);
    if (entity == nullptr || !isTransferred(*entity))
        return std::optional<Reference>();
    FIELDFARE_ASSIGN(const auto own, m_from.records(reference.entity, std::span(&reference.id, 1)));
    isLater = !own.empty();
    return std::optional<Reference>();
}

/// The number itself, or none: the store gives the next one of the series.
Result<void> RecordTransfer::giveNumber(const Entity &entity, const Record &record, const QString &number, LocalChange &change)
{
    FIELDFARE_ASSIGN(const bool isKept, keepsNumber(entity, number));
    if (isKept) {
        change.values.push_back({entity.numberField()->key, Value(number)});
        return {};
    }
    FIELDFARE_ASSIGN(const auto former, formerNumberField(entity));
    if (former)
        change.values.push_back({*former, Value(number)});
    m_awaitingNumbers.emplace_back(m_changes.size(), Renumbering{entity.id(), nameOf(entity, record), number});
    ++counts().renumbered;
    return {};
}

/// Where a former number stays searchable: a custom field of the company, made when it is first needed. Its id derives from its
/// name, so that all who join mean the same one; an action of its own, as undoing one's records must not take it from others.
/// None where the company has another use for the name.
Result<std::optional<FieldKey>> RecordTransfer::formerNumberField(const Entity &entity)
{
    const QString name = QStringLiteral("former_number");
    const Field *present = m_to.catalog()->entity(entity.id())->field(name);
    if (present == nullptr) {
        const Entity &definitions = *m_to.catalog()->entity(model::entities::kCustomField.id);
        LocalChange change;
        change.kind = OperationKind::Create;
        change.entity = definitions.id();
        change.record = Id::fromName(definitions.name(), entity.name() + QLatin1Char('/') + name);
        const auto set = [&](const char *field, const Value &value) { change.values.push_back({definitions.field(QString::fromLatin1(field))->key, value}); };
        set("entity", Value(entity.name()));
        set("name", Value(name));
        set("type", Value(QStringLiteral("text")));
        set("label_en", Value(QStringLiteral("Former number")));
        set("label_zh", Value(QString::fromUtf8("原编号")));
        set("searchable", Value(std::int64_t(1)));
        store::ChangeSet definition;
        definition.label = QStringLiteral("Former number");
        definition.cause = store::Cause::Seed;
        definition.isTaken = true;
        definition.changes.push_back(std::move(change));
        FIELDFARE_TRY(m_to.commit(std::move(definition)));
        present = m_to.catalog()->entity(entity.id())->field(name);
    }
    const bool fits = present != nullptr && present->type == model::FieldType::Text && !isHidden(*present);
    return fits ? std::optional(present->key) : std::nullopt;
}

Result<bool> RecordTransfer::keepsNumber(const Entity &entity, const QString &number)
{
    if (isOfSeries(entity, number))
        return false;
    store::ListReader reader(m_to.connection(), m_to.catalog(), {});
    const store::Filter same = store::Filter::comparison(entity.numberField()->name, store::FilterOperator::Equal, number);
    FIELDFARE_ASSIGN(const auto taken, reader.firstRids({.entity = entity.id(), .filter = same, .trashed = store::TrashedRows::All}, 1));
    return taken.empty();
}

Result<void> RecordTransfer::flush(bool isLast)
{
    if (m_changes.empty() && !(isLast && m_isOpen))
        return {};
    store::ChangeSet set;
    set.label = m_options.label;
    set.cause = store::Cause::Import;
    set.action = m_report.action;
    set.changes = std::exchange(m_changes, {});
    set.isTaken = true;
    set.chunkChanges = store::Store::kLargestChunk;
    set.finished = isLast;
    FIELDFARE_ASSIGN(const store::CommitReport report, m_to.commit(std::move(set)));
    m_isOpen = true;
    for (auto &[index, renumbering] : std::exchange(m_awaitingNumbers, {})) {
        renumbering.record.number = report.results.at(index).number;
        if (m_report.renumbered.size() < TransferReport::kMostLines)
            m_report.renumbered.append(std::move(renumbering));
    }
    return {};
}

/// What pointed forward, then the trash: whatever hangs on a trashed record was made before, so that the server asks nobody.
Result<void> RecordTransfer::finish()
{
    for (const Deferred &deferred : std::exchange(m_deferred, {})) {
        LocalChange change;
        change.entity = deferred.record.entity;
        change.record = deferred.record.id;
        for (const changes::FieldValue &entry : deferred.values) {
            bool isLater = false;
            FIELDFARE_ASSIGN(const auto target, mapped(*entry.value.reference(), isLater));
            if (target)
                change.values.push_back({entry.field, Value(*target)});
            else
                ++m_report.droppedReferences;
        }
        if (!change.values.empty())
            m_changes.push_back(std::move(change));
        if (m_changes.size() >= kChunkChanges)
            FIELDFARE_TRY(flush(false));
    }
    FIELDFARE_TRY(flush(false));
    std::reverse(m_trash.begin(), m_trash.end());
    for (const Reference &record : std::exchange(m_trash, {})) {
        LocalChange trash;
        trash.kind = OperationKind::Trash;
        trash.entity = record.entity;
        trash.record = record.id;
        m_changes.push_back(std::move(trash));
        if (m_changes.size() >= kChunkChanges)
            FIELDFARE_TRY(flush(false));
    }
    return flush(true);
}

} // namespace fieldfare::domain
