// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/edit_model.h"

#include "core/model/unit_separator.h"
#include "core/store/query/list_reader.h"
#include "core/store/query/open_conflicts.h"

namespace fieldfare::ui {

using changes::FieldValue;
using model::Field;
using model::FieldKey;
using model::Value;

namespace {

/// Tags have no column: their names are checked by the store when it makes the memberships.
std::optional<model::Problem> check(const Field &field, const Value &value)
{
    return field.type == model::FieldType::Tags ? std::nullopt : model::checkField(field, value);
}

Value tagsValue(const QStringList &tags)
{
    return Value(tags.join(model::kUnitSeparator));
}

} // namespace

EditModel::EditModel(store::DatabaseThread &database, QObject *parent) : QObject(parent), m_database(database), m_read(database)
{
    connect(&database, &store::DatabaseThread::rowsChanged, this, &EditModel::onRowsChanged);
    connect(&database, &store::DatabaseThread::stateChanged, this, [this] {
        if (m_isLoaded && !m_isNew)
            readMarks();
    });
}

void EditModel::keepDraft()
{
    if (m_entity == nullptr || !m_isLoaded || m_edited.isEmpty() || isUntouched())
        return;
    if (m_saving == nullptr) {
        m_drafts.insert({m_entity->id(), m_id}, Draft{m_edited, m_storedAtEdit});
        return;
    }
    // Most of it is saved in a moment: it must not fill the next form, nor count as a draft after that.
    m_saving->left = Draft{m_edited, m_storedAtEdit};
    ++m_leftWhileSaving;
}

void EditModel::takeDraft()
{
    const Draft draft = m_drafts.take({m_entity->id(), m_id});
    for (auto it = draft.edited.cbegin(); it != draft.edited.cend(); ++it) {
        const Field *field = m_entity->field(it.key());
        if (field == nullptr || *it == stored(*field) || m_edited.contains(it.key()))
            continue;
        m_edited.insert(it.key(), *it);
        m_storedAtEdit.insert(it.key(), draft.storedAtEdit.value(it.key()));
    }
}

void EditModel::setEntity(model::EntityId entity)
{
    keepDraft();
    ++m_opened;
    m_catalog = m_database.catalog();
    m_entity = m_catalog->entity(entity);
    Q_ASSERT(m_entity != nullptr);
    m_row = {};
    m_row.record.entity = entity;
    m_mayEdit = true;
    m_edited.clear();
    m_storedAtEdit.clear();
    m_unreadable.clear();
    m_problems.clear();
    m_waiting.clear();
    m_conflicts.clear();
    m_isLoaded = false;
    m_saving.reset();
}

void EditModel::open(model::EntityId entity, const base::Id &id)
{
    setEntity(entity);
    m_id = id;
    m_isNew = false;
    read();
    readMarks();
}

void EditModel::openNew(model::EntityId entity, const std::vector<FieldValue> &first, const std::vector<FieldValue> &defaults)
{
    setEntity(entity);
    m_id = {};
    m_isNew = true;
    m_isLoaded = true;
    if (first.empty())
        takeDraft(); // what was begun and left
    const bool begunBefore = !m_edited.isEmpty();
    for (const std::vector<FieldValue> *values : {&first, &defaults}) {
        for (const FieldValue &value : *values) {
            if (!value.value.isEmpty() && !m_edited.contains(value.field))
                m_edited.insert(value.field, value.value);
        }
    }
    m_untouched = begunBefore ? decltype(m_edited)() : m_edited;
    Q_EMIT loaded();
    Q_EMIT dirtyChanged();
}

void EditModel::close()
{
    m_read.cancel();
    keepDraft();
    ++m_opened;
    m_isLoaded = false;
    m_saving.reset();
    m_id = {};
    m_isNew = false;
    m_edited.clear();
    m_storedAtEdit.clear();
    m_unreadable.clear();
    m_problems.clear();
}

model::Reference EditModel::reference() const
{
    return {m_entity ? m_entity->id() : model::EntityId(0), m_id};
}

void EditModel::read()
{
    using Rows = std::vector<store::RowView>;
    const model::EntityId entity = m_entity->id();
    const base::Id id = m_id;
    m_read.read<Rows>(
        [entity, id](store::ReadContext &reading) {
            store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
            return reader.rowsById(entity, std::span(&id, 1));
        },
        this,
        [this](base::Result<Rows> rows) {
            if (!rows.ok()) {
                Q_EMIT refused(rows.error()); // nothing is known about the record: what is shown and typed stays
                return;
            }
            if (rows->empty()) {
                keepDraft(); // it may come back: erased records do not, others change hands
                m_isLoaded = false;
                Q_EMIT gone();
                return;
            }
            takeRow(std::move(rows->front()));
        });
}

void EditModel::readMarks()
{
    const model::EntityId entity = m_entity->id();
    const base::Id id = m_id;
    const std::uint64_t opened = m_opened;
    m_database.write<Marks>(
        [entity, id](store::Store &store) -> base::Result<Marks> {
            Marks marks;
            FIELDFARE_ASSIGN(const std::vector<FieldKey> waiting, store.waitingFields(entity, id));
            marks.waiting = QSet<FieldKey>(waiting.begin(), waiting.end());
            FIELDFARE_ASSIGN(marks.conflicts, store::openConflicts(store.connection(), {entity, id}));
            FIELDFARE_ASSIGN(marks.mayEdit, store.isPermitted(rights::Action::Edit, {entity, id}));
            return marks;
        },
        this,
        [this, opened](base::Result<Marks> marks) {
            if (opened != m_opened || !marks.ok())
                return;
            if (m_database.profileInfo().serverUrl.isEmpty())
                marks->waiting.clear(); // nobody to send it to
            if (m_waiting == marks->waiting && m_conflicts == marks->conflicts && m_mayEdit == marks->mayEdit)
                return;
            m_mayEdit = marks->mayEdit;
            m_waiting = marks->waiting;
            m_conflicts = marks->conflicts;
            Q_EMIT marksChanged();
        });
}

void EditModel::takeRow(store::RowView row)
{
    const bool first = !m_isLoaded;
    const store::RowView before = std::exchange(m_row, std::move(row));
    m_isLoaded = true;
    if (first) {
        takeDraft();
        Q_EMIT loaded();
        Q_EMIT dirtyChanged();
        return;
    }
    for (const Field &field : m_entity->fields()) {
        const bool changed = field.type == model::FieldType::Tags ? before.record.tags != m_row.record.tags
                                                                  : !(before.record.value(field) == m_row.record.value(field));
        const bool renamed = field.isReference() && before.referenceTitle(field) != m_row.referenceTitle(field);
        if (!changed && !renamed)
            continue;
        // What was typed became what is stored: saved, or somebody had the same idea.
        if (const auto edited = m_edited.constFind(field.key); edited != m_edited.constEnd() && *edited == stored(field)) {
            m_edited.remove(field.key);
            m_storedAtEdit.remove(field.key);
            m_problems.remove(field.key);
        }
        Q_EMIT fieldChanged(field.key);
    }
    Q_EMIT dirtyChanged();
}

Value EditModel::stored(const Field &field) const
{
    if (field.type == model::FieldType::Tags)
        return tagsValue(m_row.record.tags);
    return m_row.record.value(field);
}

Value EditModel::value(const Field &field) const
{
    const auto it = m_edited.constFind(field.key);
    return it == m_edited.constEnd() ? stored(field) : *it;
}

void EditModel::edit(const Field &field, const Value &value)
{
    if (!m_isLoaded || field.has(model::ReadOnly) || field.type == model::FieldType::Computed)
        return;
    Value clean = value;
    if (const QString *text = value.text(); text != nullptr && field.type != model::FieldType::Tags)
        clean = Value(model::cleaned(field, *text));
    const bool wasUnreadable = m_unreadable.remove(field.key);
    if (!wasUnreadable && clean == this->value(field))
        return;
    if (!m_edited.contains(field.key))
        m_storedAtEdit.insert(field.key, stored(field));
    if (clean == stored(field)) {
        m_edited.remove(field.key);
        m_storedAtEdit.remove(field.key);
    } else {
        m_edited.insert(field.key, clean);
    }
    const std::optional<model::Problem> found = check(field, clean);
    if (found)
        m_problems.insert(field.key, *found);
    else
        m_problems.remove(field.key);
    Q_EMIT fieldChanged(field.key);
    Q_EMIT dirtyChanged();
}

void EditModel::editUnreadable(const Field &field)
{
    if (!m_isLoaded || m_unreadable.contains(field.key))
        return;
    m_unreadable.insert(field.key);
    m_problems.insert(field.key, model::Problem{field.key, model::ProblemCode::WrongType, {}});
    Q_EMIT fieldChanged(field.key);
    Q_EMIT dirtyChanged();
}

int EditModel::dirtyCount() const
{
    int count = int(m_edited.size());
    for (const FieldKey &key : m_unreadable)
        count += m_edited.contains(key) ? 0 : 1;
    return count;
}

std::optional<model::Problem> EditModel::problem(const Field &field) const
{
    const auto it = m_problems.constFind(field.key);
    return it == m_problems.constEnd() ? std::nullopt : std::optional(*it);
}

std::optional<Value> EditModel::changedMeanwhile(const Field &field) const
{
    const auto it = m_storedAtEdit.constFind(field.key);
    if (it == m_storedAtEdit.constEnd() || *it == stored(field))
        return std::nullopt;
    return stored(field);
}

bool EditModel::checkAll()
{
    for (const Field &field : m_entity->fields()) {
        if (field.has(model::Removed) || field.has(model::ReadOnly) || m_unreadable.contains(field.key))
            continue;
        std::optional<model::Problem> found;
        if (field.has(model::Required) && value(field).isEmpty() && (m_isNew || isDirty(field)))
            found = model::Problem{field.key, model::ProblemCode::RequiredMissing, {}};
        else if (isDirty(field))
            found = check(field, value(field));
        const bool had = m_problems.contains(field.key);
        if (found)
            m_problems.insert(field.key, *found);
        else
            m_problems.remove(field.key);
        if (found || had)
            Q_EMIT fieldChanged(field.key);
    }
    return m_problems.isEmpty();
}

bool EditModel::apply(const QString &label)
{
    if (!m_isLoaded || m_saving || !checkAll())
        return false;
    if (!m_isNew && m_edited.isEmpty())
        return true;
    changes::LocalChange change;
    change.kind = m_isNew ? changes::OperationKind::Create : changes::OperationKind::Set;
    change.entity = m_entity->id();
    change.record = m_id;
    for (const Field &field : m_entity->fields()) {
        if (const auto it = m_edited.constFind(field.key); it != m_edited.constEnd())
            change.values.push_back({field.key, *it});
    }
    store::ChangeSet set;
    set.label = label;
    set.changes.push_back(change);
    m_saving = std::make_shared<Saving>();
    m_saving->change = std::move(change);
    m_saving->isNew = m_isNew;
    m_database.commit(std::move(set), this, [this, saving = m_saving](base::Result<store::CommitReport> report) {
        const bool isOpen = saving == m_saving;
        if (isOpen)
            m_saving.reset();
        const bool hasId = report.ok() && !report->results.empty();
        const base::Id id = hasId ? report->results.front().record : saving->change.record;
        if (!isOpen)
            settleLeft(*saving, id, report.ok());
        else if (report.ok())
            takeSaved(saving->change, id);
        if (report.ok())
            Q_EMIT saved({saving->change.entity, id}, report->action, saving->isNew);
        else
            Q_EMIT refused(report.error());
    });
    return true;
}

void EditModel::takeSaved(const changes::LocalChange &change, const base::Id &id)
{
    // Only what was sent is clean now; what was typed meanwhile stays.
    for (const FieldValue &value : change.values) {
        if (m_edited.value(value.field) == value.value) {
            m_edited.remove(value.field);
            m_storedAtEdit.remove(value.field);
            if (const Field *field = m_entity->field(value.field); field != nullptr && field->type != model::FieldType::Tags)
                m_row.record.setValue(*field, value.value);
        }
    }
    m_id = id;
    m_isNew = false;
    read();
    readMarks();
    for (const FieldValue &value : change.values)
        Q_EMIT fieldChanged(value.field);
    Q_EMIT dirtyChanged();
}

/// Another record is open when the answer comes. What was not saved becomes the draft of the record, and shows when that is
/// the one that was opened.
void EditModel::settleLeft(Saving &saving, const base::Id &id, bool isSaved)
{
    if (!saving.left)
        return;
    --m_leftWhileSaving;
    Draft &draft = *saving.left;
    for (const FieldValue &value : saving.change.values) {
        if (isSaved && draft.edited.value(value.field) == value.value) {
            draft.edited.remove(value.field);
            draft.storedAtEdit.remove(value.field);
        }
    }
    if (!draft.edited.isEmpty()) {
        const DraftKey key{saving.change.entity, id};
        const bool isOpen = m_entity != nullptr && m_isLoaded && !id.isNull() && key == DraftKey{m_entity->id(), m_id};
        m_drafts.insert(key, std::move(draft));
        if (isOpen) {
            takeDraft();
            for (const Field &field : m_entity->fields())
                Q_EMIT fieldChanged(field.key);
        }
    }
    Q_EMIT dirtyChanged();
}

void EditModel::revert()
{
    const QSet<FieldKey> edited(m_edited.keyBegin(), m_edited.keyEnd());
    const QSet<FieldKey> fields = edited | m_unreadable | QSet<FieldKey>(m_problems.keyBegin(), m_problems.keyEnd());
    m_edited.clear();
    m_storedAtEdit.clear();
    m_unreadable.clear();
    m_problems.clear();
    for (const FieldKey &field : fields)
        Q_EMIT fieldChanged(field);
    Q_EMIT dirtyChanged();
}

void EditModel::revert(const Field &field)
{
    m_edited.remove(field.key);
    m_storedAtEdit.remove(field.key);
    m_unreadable.remove(field.key);
    m_problems.remove(field.key);
    Q_EMIT fieldChanged(field.key);
    Q_EMIT dirtyChanged();
}

void EditModel::onRowsChanged(model::EntityId entity, const QList<base::Id> &ids)
{
    if (m_isNew || m_entity == nullptr || m_id.isNull() || entity != m_entity->id())
        return;
    if (!ids.isEmpty() && !ids.contains(m_id))
        return;
    read();
    readMarks();
}

} // namespace fieldfare::ui
