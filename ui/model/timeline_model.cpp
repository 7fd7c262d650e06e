// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/timeline_model.h"

#include "core/store/query/list_reader.h"
#include "core/store/views.h"
#include "ui/model/layout_hints.h"
#include "ui/model/name_book.h"

#include <algorithm>
#include <set>

namespace fieldfare::ui {

using model::Entity;
using model::Field;
using store::HistoryEntry;
using store::HistoryKind;
using store::RowView;

namespace {

constexpr int kRelatedLimit = 200;
constexpr int kHistoryLimit = 400;
constexpr qsizetype kShortValue = 24; // longer values are only named

QStringList names(const char *list)
{
    return list == nullptr ? QStringList() : QString::fromLatin1(list).split(QLatin1Char(','));
}

struct Related {
    std::vector<std::pair<model::EntityId, RowView>> rows;
};

struct Own {
    std::vector<HistoryEntry> history;
    QList<model::FieldKey> waiting;
};

base::Result<Related> readRelated(store::ReadContext &reading, const model::Reference &record)
{
    Related related;
    std::set<base::Id> seen;
    store::ListReader reader(reading.connection(), reading.catalog(), reading.filterContext());
    for (const Entity &entity : reading.catalog()->entities()) {
        if (entity.has(model::System))
            continue;
        for (const Field &field : entity.fields()) {
            if (field.type != model::FieldType::Reference || field.has(model::Removed) || !field.targets.contains(record.entity))
                continue;
            store::ListQuery query;
            query.entity = entity.id();
            query.filter = store::Filter::comparison(field.name, store::FilterOperator::Equal, record.id.toString());
            FIELDFARE_ASSIGN(std::vector<RowView> rows, reader.firstRows(query, kRelatedLimit));
            for (RowView &row : rows) {
                if (seen.insert(row.record.id).second)
                    related.rows.emplace_back(entity.id(), std::move(row));
            }
        }
    }
    return related;
}

} // namespace

TimelineModel::TimelineModel(store::DatabaseThread &database, const DisplayText &texts, QObject *parent)
    : QAbstractListModel(parent), m_database(database), m_texts(texts), m_read(database)
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &TimelineModel::read);
    connect(&database, &store::DatabaseThread::rowsChanged, this, [this](model::EntityId entity, const QList<base::Id> &ids) {
        if (m_record.id.isNull() || (entity == m_record.entity && !ids.isEmpty() && !ids.contains(m_record.id)))
            return;
        m_soon.start();
    });
    connect(&texts.names(), &NameBook::changed, this, [this] {
        if (!m_record.id.isNull())
            m_soon.start();
    });
}

void TimelineModel::open(const model::Reference &record)
{
    ++m_opened;
    m_record = record;
    m_related.clear();
    m_changes.clear();
    arrange();
    read();
}

void TimelineModel::close()
{
    ++m_opened;
    m_read.cancel();
    m_record = {};
    m_related.clear();
    m_changes.clear();
    arrange();
}

void TimelineModel::setShow(Show show)
{
    m_show = show;
    arrange();
}

void TimelineModel::read()
{
    if (m_record.id.isNull())
        return;
    m_catalog = m_database.catalog();
    const model::Reference record = m_record;
    const std::uint64_t opened = m_opened;
    m_read.read<Related>([record](store::ReadContext &reading) { return readRelated(reading, record); }, this,
                         [this, opened](base::Result<Related> related) {
                             if (opened != m_opened || !related.ok())
                                 return;
                             takeRelated(related->rows);
                             arrange();
                             Q_EMIT filled();
                         });
    m_database.write<Own>(
        [record](store::Store &store) -> base::Result<Own> {
            Own own;
            FIELDFARE_ASSIGN(own.history, store.history(record.entity, record.id, kHistoryLimit));
            FIELDFARE_ASSIGN(const std::vector<model::FieldKey> waiting, store.waitingFields(record.entity, record.id));
            own.waiting = QList<model::FieldKey>(waiting.begin(), waiting.end());
            return own;
        },
        this,
        [this, opened](base::Result<Own> own) {
            if (opened != m_opened || !own.ok())
                return;
            takeHistory(own->history, own->waiting);
            arrange();
            Q_EMIT filled();
        });
}

QString TimelineModel::lineOf(const Entity &entity, const RowView &row) const
{
    const layout::EntityHint &hint = layout::of(entity);
    QStringList parts;
    for (const QString &name : names(hint.timelineText != nullptr ? hint.timelineText : hint.subtitle)) {
        const Field *field = entity.field(name);
        if (field == nullptr || row.record.value(*field).isEmpty())
            continue;
        QString text = row.referenceTitle(*field);
        if (!text.isEmpty())
            text = m_texts.names().shown(row.record.value(*field), text);
        else
            text = m_texts.value(*field, row.record.value(*field));
        if (!text.isEmpty() && hint.timelineAt != nullptr && field->type == model::FieldType::Choice) // a word by itself says little
            text = tr("%1: %2").arg(field->label(), text);
        if (!text.isEmpty())
            parts.append(text);
    }
    return parts.join(hint.timelineAt != nullptr ? QStringLiteral(" ") : QStringLiteral(" · "));
}

void TimelineModel::takeRelated(const std::vector<std::pair<model::EntityId, RowView>> &rows)
{
    m_related.clear();
    for (const auto &[id, row] : rows) {
        const Entity *entity = m_catalog->entity(id);
        if (entity == nullptr)
            continue;
        const layout::EntityHint &hint = layout::of(*entity);
        Entry entry;
        entry.record = {id, row.record.id};
        const Field *at = hint.timelineAt ? entity->field(QString::fromLatin1(hint.timelineAt)) : nullptr;
        entry.at = at != nullptr ? row.record.value(*at).integerOr(row.record.createdAt) : row.record.createdAt;
        const Field *iconField = hint.iconField && at ? entity->field(QString::fromLatin1(hint.iconField)) : nullptr;
        entry.iconName = iconField ? layout::keyIcon(row.record.value(*iconField).textOrEmpty()) : layout::entityIcon(*entity);
        const QString title = entity->titleField() ? oneLine(row.record.value(*entity->titleField()).textOrEmpty()) : QString();
        if (at == nullptr)
            entry.title = tr("New %1: %2").arg(m_texts.isChinese() ? entity->label() : entity->label().toLower(), title);
        else
            entry.title = title.isEmpty() && iconField ? m_texts.value(*iconField, row.record.value(*iconField)) : title;
        entry.body = lineOf(*entity, row).simplified();
        if (row.has(store::NotAccepted))
            entry.mark = StateMark::NotAccepted;
        else if (row.has(store::InConflict))
            entry.mark = StateMark::Conflict;
        else if (row.has(store::Waiting) && m_texts.names().hasServer())
            entry.mark = StateMark::Waiting;
        m_related.push_back(std::move(entry));
    }
}

QString TimelineModel::person(const base::Id &user) const
{
    if (user.isNull())
        return tr("the program");
    if (user == m_texts.names().ownUser())
        return tr("you");
    const QString name = m_texts.names().userName(user);
    return name.isEmpty() ? tr("somebody") : name;
}

TimelineModel::Entry TimelineModel::changeEntry(const std::vector<const HistoryEntry *> &lines, const QList<model::FieldKey> &waiting) const
{
    const Entity *entity = m_catalog->entity(m_record.entity);
    const HistoryEntry &newest = *lines.front();
    Entry entry;
    entry.at = newest.at;
    entry.isChange = true;
    entry.iconName = QStringLiteral("edit");
    switch (newest.kind) {
    case HistoryKind::Create:
        entry.iconName = QStringLiteral("plus");
        entry.title = tr("Created by %1").arg(person(newest.user));
        return entry;
    case HistoryKind::Trash:
        entry.iconName = QStringLiteral("trash");
        entry.title = tr("Moved to the trash by %1").arg(person(newest.user));
        return entry;
    case HistoryKind::Restore:
        entry.iconName = QStringLiteral("undo");
        entry.title = tr("Taken out of the trash by %1").arg(person(newest.user));
        return entry;
    case HistoryKind::Remove:
        entry.iconName = QStringLiteral("trash");
        entry.title = tr("Removed by %1").arg(person(newest.user));
        return entry;
    case HistoryKind::Set:
        break;
    }
    // A field changed twice counts once: from its oldest value to its newest.
    QList<model::FieldKey> order;
    QHash<model::FieldKey, std::pair<model::Value, model::Value>> moves;
    for (const HistoryEntry *line : lines) {
        if (!moves.contains(line->field)) {
            order.append(line->field);
            moves.insert(line->field, {line->before, line->after});
        } else {
            moves[line->field].first = line->before;
        }
        if (line->n != 0 && waiting.contains(line->field) && m_texts.names().hasServer())
            entry.mark = StateMark::Waiting;
    }
    QStringList parts;
    for (const model::FieldKey &key : order) {
        const Field *field = entity ? entity->field(key) : nullptr;
        if (field == nullptr)
            continue;
        const QString before = m_texts.value(*field, moves[key].first);
        const QString after = m_texts.value(*field, moves[key].second);
        if (moves[key].first == moves[key].second) // changed and taken back
            continue;
        if (after.isEmpty() || after.size() > kShortValue || before.size() > kShortValue)
            parts.append(field->label());
        else if (before.isEmpty())
            parts.append(tr("%1: %2").arg(field->label(), after));
        else
            parts.append(QStringLiteral("%1 %2 → %3").arg(field->label(), before, after));
    }
    entry.title = order.size() == 1 ? tr("%1 changed by %2").arg(entity == nullptr || entity->field(order.first()) == nullptr ? tr("A field") : entity->field(order.first())->label(), person(newest.user))
                                    : tr("%n field(s) changed by %1", nullptr, int(order.size())).arg(person(newest.user));
    entry.body = parts.join(tr(", ", "between changed fields"));
    return entry;
}

void TimelineModel::takeHistory(const std::vector<HistoryEntry> &history, const QList<model::FieldKey> &waiting)
{
    std::vector<const HistoryEntry *> lines;
    for (const HistoryEntry &line : history)
        lines.push_back(&line);
    std::stable_sort(lines.begin(), lines.end(), [](const HistoryEntry *a, const HistoryEntry *b) { return a->seq > b->seq; });
    m_changes.clear();
    for (size_t i = 0; i < lines.size();) {
        std::vector<const HistoryEntry *> one{lines.at(i)};
        size_t next = i + 1;
        while (next < lines.size() && lines.at(i)->kind == HistoryKind::Set && lines.at(next)->kind == HistoryKind::Set
               && lines.at(next)->user == lines.at(i)->user && lines.at(i)->at - lines.at(next)->at <= kOneEntryMs)
            one.push_back(lines.at(next++));
        m_changes.push_back(changeEntry(one, waiting));
        i = next;
    }
}

void TimelineModel::arrange()
{
    std::vector<Entry> entries;
    if (m_show != Show::Changes) {
        const auto isTalk = [this](const Entry &entry) {
            const Entity *entity = m_catalog ? m_catalog->entity(entry.record.entity) : nullptr;
            return entity != nullptr && layout::of(*entity).timelineAt != nullptr;
        };
        std::copy_if(m_related.begin(), m_related.end(), std::back_inserter(entries),
                     [this, &isTalk](const Entry &entry) { return m_show == Show::All || isTalk(entry); });
    }
    if (m_show != Show::Interactions)
        entries.insert(entries.end(), m_changes.begin(), m_changes.end());
    std::stable_sort(entries.begin(), entries.end(), [](const Entry &a, const Entry &b) { return a.at > b.at; });
    beginResetModel();
    m_rows.clear();
    QDate day;
    for (Entry &entry : entries) {
        const QDate date = m_texts.dateOf(entry.at);
        if (date != day) {
            day = date;
            Row heading;
            heading.heading = date == m_texts.today() ? tr("Today") : m_texts.longDate(date);
            m_rows.push_back(heading);
        }
        Row row;
        row.entry = std::move(entry);
        m_rows.push_back(std::move(row));
    }
    endResetModel();
}

int TimelineModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant TimelineModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(size_t(index.row()));
    const bool isHeading = !row.heading.isEmpty();
    switch (role) {
    case TimelineKindRole:
        return int(isHeading ? TimelineKind::DayHeading : TimelineKind::Entry);
    case Qt::DisplayRole:
    case TimelineTitleRole:
        return isHeading ? row.heading : row.entry.title;
    case TimelineTimeRole:
        return isHeading ? QString() : m_texts.time(row.entry.at);
    case TimelineBodyRole:
        return row.entry.body;
    case IconNameRole:
        return row.entry.iconName;
    case StateMarkRole:
        return int(row.entry.mark);
    case ReferenceRole:
        return row.entry.record.id.isNull() ? QVariant() : QVariant::fromValue(row.entry.record);
    case Qt::AccessibleTextRole:
        return isHeading ? row.heading : QStringList{m_texts.time(row.entry.at), row.entry.title, row.entry.body}.join(QStringLiteral(", "));
    default:
        return {};
    }
}

} // namespace fieldfare::ui
