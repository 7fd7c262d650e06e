// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model/record_list_model.h"

#include "ui/model/name_book.h"

#include <limits>

namespace fieldfare::ui {

using layout::Running;
using model::Field;
using model::FieldType;
using store::RowView;

namespace {

constexpr qint64 kHourMs = 3'600'000;

bool alignsRight(const Field &field, layout::Cell kind)
{
    return field.isNumeric() || field.valueType() == FieldType::Money || kind == layout::Cell::Ago;
}

Lifecycle lifecycleOf(const QString &key)
{
    if (key == QStringLiteral("lead"))
        return Lifecycle::Lead;
    if (key == QStringLiteral("prospect"))
        return Lifecycle::Prospect;
    if (key == QStringLiteral("customer"))
        return Lifecycle::Customer;
    return key == QStringLiteral("churned") ? Lifecycle::Churned : Lifecycle::None;
}

} // namespace

RecordListModel::RecordListModel(store::DatabaseThread &database, const DisplayText &texts, model::EntityId entity, QObject *parent)
    : QAbstractTableModel(parent), m_database(database), m_texts(texts), m_catalog(database.catalog()),
      m_entity(m_catalog->entity(entity)), m_window(database), m_totalRead(database)
{
    Q_ASSERT(m_entity != nullptr);
    m_fields = layout::defaultListFields(*m_entity);
    connect(&m_window, &store::RowWindow::firstPageReady, this, [this] {
        beginResetModel();
        m_growing.stop();
        m_rows = wantedRows();
        m_hasFirstPage = true;
        endResetModel();
        Q_EMIT firstPageReady();
        Q_EMIT countsChanged();
    });
    connect(&m_window, &store::RowWindow::orderChanged, this, &RecordListModel::takeOrder);
    connect(&m_window, &store::RowWindow::rowsReady, this, [this](qint64 first, qint64 last) {
        if (m_rows > 0)
            Q_EMIT dataChanged(index(int(first), 0), index(int(std::min<qint64>(last, m_rows - 1)), columnCount() - 1));
    });
    connect(&m_window, &store::RowWindow::found, this, [this](qint64 row) {
        growTo(int(std::min<qint64>(row + 1, wantedRows()))); // the order that it was found in may have been followed by a shorter one
        Q_EMIT found(int(row));
    });
    connect(&m_window, &store::RowWindow::failed, this, &RecordListModel::failed);
    connect(&texts.names(), &NameBook::changed, this, [this] {
        if (m_rows > 0)
            Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    });
    connect(&database, &store::DatabaseThread::rowsChanged, this, [this](model::EntityId changed) {
        if (changed == m_entity->id())
            readTotal();
    });
    m_growing.setSingleShot(true);
    connect(&m_growing, &QTimer::timeout, this, &RecordListModel::growSome);
    readTotal();
}

void RecordListModel::takeOrder(bool isAnother)
{
    Q_EMIT orderAboutToChange();
    // Rows come and go at the end, and all are shown anew: a view keeps its place, and its current record by find().
    const int rows = wantedRows();
    if (rows > m_rows) {
        growSome();
    } else if (rows < m_rows) {
        beginRemoveRows({}, rows, m_rows - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (m_rows > 0)
        Q_EMIT dataChanged(index(0, 0), index(m_rows - 1, columnCount() - 1));
    Q_EMIT countsChanged();
    Q_EMIT orderChanged(isAnother);
}

int RecordListModel::wantedRows() const
{
    return int(std::min<qint64>(m_window.count(), std::numeric_limits<int>::max()));
}

void RecordListModel::growTo(int rows)
{
    if (rows <= m_rows)
        return;
    beginInsertRows({}, m_rows, rows - 1);
    m_rows = rows;
    endInsertRows();
}

void RecordListModel::growSome()
{
    growTo(std::min(m_rows + kRowsAStep, wantedRows()));
    if (m_rows < wantedRows())
        m_growing.start();
    else
        Q_EMIT countsChanged();
}

void RecordListModel::readTotal()
{
    const model::EntityId entity = m_entity->id();
    m_totalRead.read<std::int64_t>(
        [entity](store::ReadContext &reading) {
            store::ListQuery all;
            all.entity = entity;
            return store::ListReader(reading.connection(), reading.catalog(), reading.filterContext()).count(all);
        },
        this,
        [this](base::Result<std::int64_t> count) {
            if (!count.ok() || m_total == *count)
                return;
            m_total = *count;
            Q_EMIT countsChanged();
        });
}

void RecordListModel::setQuery(const store::ListQuery &query)
{
    Q_ASSERT(query.entity == m_entity->id());
    m_window.setQuery(query);
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, columnCount() - 1);
    Q_EMIT countsChanged();
}

void RecordListModel::setFields(const QStringList &names)
{
    QList<const Field *> fields;
    for (const QString &name : names) {
        if (const Field *field = m_entity->field(name); field != nullptr && !fields.contains(field))
            fields.append(field);
    }
    if (fields.isEmpty())
        fields = layout::defaultListFields(*m_entity);
    if (fields == m_fields)
        return;
    beginResetModel();
    m_fields = fields;
    endResetModel();
}

QStringList RecordListModel::fieldNames() const
{
    QStringList names;
    for (const Field *field : m_fields)
        names.append(field->name);
    return names;
}

const Field *RecordListModel::fieldAt(int column) const
{
    return m_fields.value(column - 1, nullptr);
}

int RecordListModel::columnOf(const QString &field) const
{
    for (int i = 0; i < m_fields.size(); ++i) {
        if (m_fields.at(i)->name == field)
            return i + 1;
    }
    return -1;
}

const RowView *RecordListModel::rowAt(int row) const
{
    return row < 0 || row >= m_rows ? nullptr : m_window.row(row);
}

base::Id RecordListModel::idAt(int row) const
{
    const RowView *view = rowAt(row);
    return view == nullptr ? base::Id() : view->record.id;
}

int RecordListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

int RecordListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_fields.size()) + 1;
}

StateMark RecordListModel::mark(const RowView &row) const
{
    if (row.has(store::NotAccepted))
        return StateMark::NotAccepted;
    if (row.has(store::InConflict))
        return StateMark::Conflict;
    return row.has(store::Waiting) && m_texts.names().hasServer() ? StateMark::Waiting : StateMark::None;
}

namespace {

/// Only what is drawn fetches a page; sizes and flags do not.
bool needsRow(int role)
{
    return role == Qt::DisplayRole || role == NotFetchedRole || role >= Qt::UserRole || role == Qt::AccessibleTextRole || role == Qt::ToolTipRole;
}

} // namespace

QVariant RecordListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Field *field = fieldAt(index.column());
    if (role == Qt::TextAlignmentRole)
        return alignment(field);
    return needsRow(role) ? valueFor(m_window.row(index.row()), field, role) : QVariant();
}

void RecordListModel::multiData(const QModelIndex &index, QModelRoleDataSpan roles) const
{
    const bool isValid = checkIndex(index, CheckIndexOption::IndexIsValid);
    const Field *field = isValid ? fieldAt(index.column()) : nullptr;
    const bool asksForRow = isValid && std::any_of(roles.begin(), roles.end(), [](const QModelRoleData &asked) { return needsRow(asked.role()); });
    const RowView *row = asksForRow ? m_window.row(index.row()) : nullptr;
    for (QModelRoleData &asked : roles) {
        if (isValid && asked.role() == Qt::TextAlignmentRole)
            asked.setData(alignment(field));
        else if (isValid && needsRow(asked.role()))
            asked.setData(valueFor(row, field, asked.role()));
        else
            asked.clearData();
    }
}

QVariant RecordListModel::alignment(const Field *field) const
{
    const bool right = field != nullptr && alignsRight(*field, layout::of(*m_entity, *field).cell);
    return int((right ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
}

QVariant RecordListModel::valueFor(const RowView *row, const Field *field, int role) const
{
    if (role == NotFetchedRole)
        return row == nullptr;
    if (row == nullptr)
        return {};
    if (row->has(store::Unreadable))
        return ofUnreadable(field, role);
    if (role == RecordIdRole)
        return QVariant::fromValue(row->record.id);
    if (role == StateMarkRole)
        return int(mark(*row));
    return field != nullptr ? cell(*row, *field, role) : QVariant();
}

QVariant RecordListModel::ofUnreadable(const Field *field, int role)
{
    if (field == nullptr || !field->has(model::Title))
        return {};
    if (role == ToneRole)
        return int(Tone::Late);
    if (role == Qt::ToolTipRole)
        return tr("This part of the data file is damaged. Check and repair it in the settings, under Data quality.");
    return role == Qt::DisplayRole || role == Qt::AccessibleTextRole ? QVariant(tr("Cannot be read")) : QVariant();
}

QVariant RecordListModel::cell(const RowView &row, const Field &field, int role) const
{
    const layout::Cell kind = layout::of(*m_entity, field).cell;
    switch (role) {
    case Qt::DisplayRole:
        return cellText(row, field, kind);
    case Qt::AccessibleTextRole:
        return field.label() + QStringLiteral(": ") + cellText(row, field, kind);
    case LifecycleRole:
        if (kind == layout::Cell::Lifecycle)
            return int(lifecycleOf(row.record.value(field).textOrEmpty()));
        return {};
    case SeverityRole:
        if (kind == layout::Cell::Severity) {
            const QList<ChoiceEntry> &choices = m_texts.names().choices(field.choiceList);
            const QString key = row.record.value(field).textOrEmpty();
            for (int i = 0; i < choices.size(); ++i) {
                if (choices.at(i).key == key)
                    return int(choices.size()) - i; // the list goes up, 1 is the worst
            }
        }
        return {};
    case ToneRole:
        return int(tone(row, field, kind));
    case TimeUsedRole:
        return kind == layout::Cell::TimeLeft ? timeUsed(row, field) : QVariant();
    case PausedRole:
        return kind == layout::Cell::TimeLeft && running(row) == Running::Paused;
    case IconNameRole:
        if (field.has(model::Title)) {
            const char *iconField = layout::of(*m_entity).iconField;
            const Field *by = iconField ? m_entity->field(QString::fromLatin1(iconField)) : nullptr;
            return by ? layout::keyIcon(row.record.value(*by).textOrEmpty()) : QString();
        }
        return {};
    default:
        return {};
    }
}

QString RecordListModel::cellText(const RowView &row, const Field &field, layout::Cell kind) const
{
    return oneLine(valueText(row, field, kind));
}

QString RecordListModel::valueText(const RowView &row, const Field &field, layout::Cell kind) const
{
    const model::Value &value = row.record.value(field);
    if (field.type == FieldType::Tags)
        return row.record.tags.join(tr(", ", "between tags"));
    if (field.isReference()) {
        if (const QString title = row.referenceTitle(field); !title.isEmpty())
            return m_texts.names().shown(value, title);
    }
    if (kind == layout::Cell::Severity)
        return {};
    if (kind == layout::Cell::Ago && value.integer())
        return m_texts.ago(*value.integer());
    if (kind == layout::Cell::TimeLeft && value.integer()) {
        const Running state = running(row);
        return state == Running::Over ? QString() : state == Running::Paused ? tr("paused") : m_texts.timeLeft(*value.integer());
    }
    if (const model::Money *amount = value.money()) {
        // The company's currency stands in the head of the column.
        if (amount->currencyCode() == m_database.profileInfo().currency) {
            const QString text = m_texts.money(*amount, false);
            return text.at(0).isDigit() || text.at(0) == QLatin1Char('-') ? text.section(QLatin1Char(' '), 0, 0) : text.mid(1);
        }
        return m_texts.money(*amount, false);
    }
    return m_texts.value(field, value);
}

Running RecordListModel::running(const RowView &row) const
{
    const Field *by = layout::runningField(*m_entity);
    return by == nullptr ? Running::Yes : layout::runningBy(*m_entity, row.record.value(*by).textOrEmpty());
}

QVariant RecordListModel::timeUsed(const RowView &row, const Field &field) const
{
    const model::Value &due = row.record.value(field);
    if (due.integer() == nullptr || running(row) == Running::Over)
        return {};
    const double all = double(*due.integer() - row.record.createdAt);
    const double used = double(m_texts.nowMs() - row.record.createdAt);
    return all <= 0 ? 1.0 : std::clamp(used / all, 0.0, 1.0);
}

Tone RecordListModel::tone(const RowView &row, const Field &field, layout::Cell kind) const
{
    const model::Value &value = row.record.value(field);
    if (field.has(model::Number) || kind == layout::Cell::Ago)
        return Tone::Muted;
    if ((kind != layout::Cell::Due && kind != layout::Cell::TimeLeft) || value.integer() == nullptr)
        return Tone::Normal;
    if (running(row) != Running::Yes)
        return Tone::Muted; // what is done is late no more
    if (field.valueType() == FieldType::Date)
        return QDate(1970, 1, 1).addDays(*value.integer()) < m_texts.today() ? Tone::Late : Tone::Normal;
    const qint64 left = *value.integer() - m_texts.nowMs();
    if (left < 0)
        return Tone::Late;
    return left <= kHourMs ? Tone::DueSoon : Tone::Normal;
}

QVariant RecordListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    const Field *field = fieldAt(section);
    if (field == nullptr)
        return role == Qt::AccessibleTextRole ? QVariant(tr("State")) : QVariant();
    if (role == Qt::DisplayRole) {
        QString label = layout::columnLabel(*m_entity, *field);
        if (field->valueType() == FieldType::Money) {
            const QString sign = m_texts.money(model::Money::of(0, m_database.profileInfo().currency), false);
            label += tr(", ", "before the currency") + (sign.at(0).isDigit() ? sign.section(QLatin1Char(' '), 1) : sign.left(1));
        }
        return label;
    }
    if (role == Qt::TextAlignmentRole)
        return int((alignsRight(*field, layout::of(*m_entity, *field).cell) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleTextRole)
        return field->help().isEmpty() ? field->label() : field->label() + QLatin1Char('\n') + field->help();
    return {};
}

void RecordListModel::sort(int column, Qt::SortOrder order)
{
    const Field *field = fieldAt(column);
    if (field == nullptr || field->type == FieldType::Tags)
        return;
    store::ListQuery query = m_window.query();
    query.entity = m_entity->id();
    query.sorts = {{field->name, order == Qt::DescendingOrder}};
    setQuery(query);
}

int RecordListModel::sortColumn() const
{
    const QList<store::SortKey> &sorts = m_window.query().sorts;
    return sorts.isEmpty() ? -1 : columnOf(sorts.first().field);
}

} // namespace fieldfare::ui
