// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/list/entity_list.h"

#include "ui/widgets/controls/empty_state.h"
#include "ui/widgets/list/filter_bar.h"
#include "ui/widgets/list/list_cell_delegate.h"
#include "ui/widgets/list/record_table.h"
#include "ui/widgets/theme/fieldfare_style.h"
#include "ui/widgets/theme/icon.h"
#include "ui/widgets/theme/metrics.h"

#include <QFontInfo>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMenu>
#include <QStackedLayout>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <set>

namespace fieldfare::ui {

using model::Field;

namespace {

constexpr int kMostFollowed = 2'000; ///< Selected rows that are looked for again when the list moves.
constexpr int kMarkWidth = 24;
constexpr int kNameMinimum = 120;

QToolButton *barButton(const QString &text, const QString &iconName)
{
    auto *button = new QToolButton;
    button->setText(text);
    button->setIcon(icon(iconName));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setAutoRaise(true);
    setSmall(button);
    return button;
}

} // namespace

EntityList::EntityList(store::DatabaseThread &database, const DisplayText &texts, model::EntityId entity, QWidget *parent)
    : QWidget(parent), m_database(database), m_texts(texts), m_model(new RecordListModel(database, texts, entity, this)),
      m_filterBar(new FilterBar(database.catalog(), m_model->entity(), texts)), m_table(new RecordTable), m_delegate(new ListCellDelegate(this)),
      m_empty(new EmptyState(layout::entityIcon(m_model->entity()), QString(), QString())), m_stack(new QStackedLayout), m_othersRead(database)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_filterBar);
    column->addLayout(m_stack, 1);
    RowDelegate::prepareView(m_table, height::kRowCompact);
    m_table->setItemDelegate(m_delegate);
    m_table->setModel(m_model);
    m_table->setAccessibleName(m_model->entity().pluralLabel());
    m_stack->addWidget(m_table);
    auto *emptyZone = new QWidget;
    emptyZone->setBackgroundRole(QPalette::Base);
    emptyZone->setAutoFillBackground(true);
    auto *emptyColumn = new QVBoxLayout(emptyZone);
    emptyColumn->setContentsMargins(space::k24, space::k24, space::k24, space::k24);
    emptyColumn->addWidget(m_empty, 0, Qt::AlignTop | Qt::AlignLeft);
    emptyColumn->addStretch(1);
    m_stack->addWidget(emptyZone);
    makeBar();
    connectModel();
    if (const auto sorts = store::parseSorts(QString::fromLatin1(layout::of(m_model->entity()).sort)); sorts.ok())
        m_ownSorts = *sorts;
    m_sorts = m_ownSorts;
    takeColumns();
}

void EntityList::makeBar()
{
    m_sortButton = barButton(tr("Sort"), QStringLiteral("sort"));
    m_columnButton = barButton(tr("Columns"), QStringLiteral("columns"));
    m_sortButton->setToolTip(tr("Order of the list"));
    m_columnButton->setToolTip(tr("Choose columns"));
    m_filterBar->addTrailing(m_sortButton);
    m_filterBar->addTrailing(m_columnButton);
    connect(m_sortButton, &QToolButton::clicked, this, &EntityList::showSortMenu);
    connect(m_columnButton, &QToolButton::clicked, this, &EntityList::showColumnMenu);
    connect(m_filterBar, &FilterBar::filterChanged, this, [this] {
        applyQuery();
        Q_EMIT stateChanged();
    });
}

void EntityList::connectModel()
{
    QHeaderView *header = m_table->horizontalHeader();
    header->setSectionsClickable(true);
    header->setSectionsMovable(true);
    header->setFirstSectionMovable(false);
    header->setSortIndicatorShown(true);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QHeaderView::sectionClicked, this, &EntityList::sortBy);
    connect(header, &QHeaderView::customContextMenuRequested, this, &EntityList::showColumnMenu);
    connect(header, &QHeaderView::sectionResized, this, [this](int section, int, int width) {
        const Field *field = m_model->fieldAt(section);
        if (m_layingOut || field == nullptr || width == 0)
            return;
        m_widths.insert(field->name, width);
        Q_EMIT stateChanged();
    });
    connect(header, &QHeaderView::sectionMoved, this, [this] {
        if (!m_layingOut)
            Q_EMIT stateChanged();
    });
    connect(m_table, &RecordTable::widthChanged, this, &EntityList::layoutColumns);
    connect(m_table, &RecordTable::openRequested, this, [this] {
        if (!m_current.isNull())
            Q_EMIT opened(m_current);
    });
    connect(m_table, &RecordTable::removeRequested, this, &EntityList::removeRequested);
    connect(m_table, &RecordTable::prefixTyped, this, [this](const QString &prefix) {
        m_lookedFor = {};
        m_model->findPrefix(prefix);
    });
    connect(m_table, &QWidget::customContextMenuRequested, this,
            [this](const QPoint &at) { Q_EMIT menuRequested(m_table->viewport()->mapToGlobal(at)); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EntityList::onCurrentRow);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        keepSelection();
        Q_EMIT selectionChanged();
    });
    connect(m_model, &QAbstractItemModel::modelReset, this, &EntityList::takeColumns);
    connect(m_model, &RecordListModel::countsChanged, this, [this] {
        refreshEmptyState();
        Q_EMIT countsChanged();
    });
    connect(m_model, &RecordListModel::firstPageReady, this, [this] {
        m_isUnread = false;
        refreshEmptyState();
        if (!m_current.isNull())
            setCurrent(m_current);
    });
    // The list moved under its current record: follow it without scrolling away from what is looked at.
    connect(m_model, &RecordListModel::orderAboutToChange, this, [this] { m_isReordering = true; });
    connect(m_model, &RecordListModel::orderChanged, this, [this](bool isAnother) {
        m_isReordering = false;
        if (isAnother)
            followSelection();
        if (!m_current.isNull() && m_model->idAt(currentRow()) != m_current)
            look(m_current);
    });
    connect(m_model, &RecordListModel::found, this, &EntityList::onFound);
    connect(m_model, &QAbstractItemModel::dataChanged, this, [this] {
        // The page of a row that was reached before it was read.
        if (m_current.isNull() && currentRow() >= 0)
            onCurrentRow(m_table->currentIndex());
    });
    connect(m_model, &RecordListModel::failed, this, [this](const base::Error &error) {
        m_isUnread = !m_model->hasFirstPage();
        refreshEmptyState();
        Q_EMIT failed(error);
    });
}

void EntityList::setQuery(const store::Filter &filter, const QList<store::SortKey> &sorts, store::TrashedRows trashed)
{
    m_filterBar->setFilter(filter);
    m_sorts = sorts.isEmpty() ? m_ownSorts : sorts;
    m_trashed = trashed;
    applyQuery();
}

void EntityList::setFixedFilter(const store::Filter &fixed)
{
    m_fixed = fixed;
    applyQuery();
}

store::Filter EntityList::filter() const
{
    return m_filterBar->filter();
}

void EntityList::applyQuery()
{
    store::ListQuery query;
    query.entity = m_model->entity().id();
    query.filter = m_fixed && m_filterBar->filter();
    query.sorts = m_sorts;
    query.trashed = m_trashed;
    m_model->setQuery(query);
    showSortMark();
}

int EntityList::currentRow() const
{
    return m_table->currentIndex().isValid() ? m_table->currentIndex().row() : -1;
}

std::vector<base::Id> EntityList::selectedIds() const
{
    std::vector<base::Id> ids;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const base::Id id = m_model->idAt(row); !id.isNull())
                ids.push_back(id);
        }
    }
    return ids;
}

std::vector<std::int64_t> EntityList::selectedRids() const
{
    std::vector<std::int64_t> rids;
    rids.reserve(size_t(selectedCount()));
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection()) {
        for (int row = range.top(); row <= range.bottom(); ++row) {
            if (const std::int64_t rid = m_model->ridAt(row); rid != 0)
                rids.push_back(rid);
        }
    }
    std::sort(rids.begin(), rids.end());
    return rids;
}

int EntityList::selectedCount() const
{
    int count = 0;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        count += range.height();
    return count;
}

void EntityList::setCurrent(const base::Id &id)
{
    m_current = id;
    m_lostRow = -1;
    if (id.isNull()) {
        selectNone();
        return;
    }
    // Among the rows on screen without asking; otherwise the window looks for it.
    const int first = std::max(0, m_table->rowAt(0));
    const int last = std::min(m_model->rowCount() - 1, first + 100);
    for (int row = first; row <= last; ++row) {
        if (m_model->idAt(row) == id) {
            m_following = true;
            m_table->setCurrentIndex(m_model->index(row, 1));
            m_following = false;
            return;
        }
    }
    selectNone();
    look(id);
}

void EntityList::look(const base::Id &id)
{
    m_lookedFor = id;
    m_model->find(id);
}

void EntityList::selectNone()
{
    m_following = true;
    m_table->clearSelection();
    m_table->setCurrentIndex({});
    m_following = false;
}

void EntityList::keepSelection()
{
    if (m_isReordering)
        return;
    const int count = selectedCount();
    m_selected = count > 1 && count <= kMostFollowed ? selectedRids() : std::vector<std::int64_t>();
}

/// The view selects row numbers; a person selects records. Of more than are followed only the current one stays selected.
void EntityList::followSelection()
{
    if ((m_selected.empty() && selectedCount() <= 1) || (!m_selected.empty() && selectedRids() == m_selected))
        return;
    QItemSelection rows;
    for (int row = 0, first = -1; !m_selected.empty() && row <= m_model->rowCount(); ++row) {
        const bool isSelected = row < m_model->rowCount() && std::binary_search(m_selected.cbegin(), m_selected.cend(), m_model->ridAt(row));
        if (isSelected && first < 0)
            first = row;
        if (!isSelected && first >= 0)
            rows.select(m_model->index(std::exchange(first, -1), 0), m_model->index(row - 1, m_model->columnCount() - 1));
    }
    if (rows.isEmpty() && currentRow() >= 0 && m_model->idAt(currentRow()) == m_current)
        rows.select(m_table->currentIndex(), m_table->currentIndex());
    m_table->selectionModel()->select(rows, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
}

void EntityList::onFound(int row)
{
    const bool isById = !m_lookedFor.isNull();
    if (isById && m_lookedFor != m_current)
        return; // another row was chosen meanwhile
    if (row < 0 || row >= m_model->rowCount()) {
        if (!isById)
            return;
        if (currentRow() >= 0)
            m_lostRow = currentRow();
        selectNone();
        return;
    }
    m_following = isById || m_model->idAt(row) == m_current;
    if (isById && !m_selected.empty()) // one of several: they stay selected
        m_table->selectionModel()->setCurrentIndex(m_model->index(row, 1), QItemSelectionModel::NoUpdate);
    else
        m_table->setCurrentIndex(m_model->index(row, 1));
    m_following = false;
}

void EntityList::moveCurrent(int step)
{
    const int rows = m_model->rowCount();
    if (rows == 0)
        return;
    int row = currentRow() + step;
    if (currentRow() < 0 && m_lostRow >= 0)
        row = m_lostRow + (step > 0 ? step - 1 : step); // the next one has taken its place
    m_table->setCurrentIndex(m_model->index(std::clamp(row, 0, rows - 1), 1));
}

void EntityList::focusTable()
{
    m_table->setFocus(Qt::OtherFocusReason);
    // A current record that the list does not have stays: choosing another would open that one.
    if (m_current.isNull() && currentRow() < 0 && m_model->rowCount() > 0)
        m_table->setCurrentIndex(m_model->index(0, 1));
}

void EntityList::onCurrentRow(const QModelIndex &index)
{
    if (m_following || !index.isValid())
        return;
    const base::Id id = m_model->idAt(index.row());
    if (id == m_current && !id.isNull())
        return;
    m_current = id;
    m_lostRow = -1;
    if (!id.isNull())
        Q_EMIT currentChanged(id);
}

void EntityList::setFilterBarVisible(bool visible)
{
    m_filterBar->setVisible(visible);
}

void EntityList::setRowHeight(int height)
{
    m_table->verticalHeader()->setDefaultSectionSize(fitHeight(height, typeFont(Type::Body)));
}

void EntityList::takeColumns()
{
    const Field *title = m_model->entity().titleField();
    m_delegate->setNameColumn(title != nullptr ? m_model->columnOf(title->name) : -1);
    layoutColumns();
    showSortMark();
}

void EntityList::layoutColumns()
{
    const int columns = m_model->columnCount();
    const int room = m_table->viewport()->width();
    if (columns < 2 || room <= 0)
        return;
    m_layingOut = true;
    QHeaderView *header = m_table->horizontalHeader();
    const model::Entity &entity = m_model->entity();
    const double scale = QFontInfo(typeFont(Type::Body)).pixelSize() / 13.0; // hints are for a 13-px font
    const Field *title = entity.titleField();
    int name = title != nullptr ? m_model->columnOf(title->name) : -1;
    name = name < 0 ? 1 : name;
    std::set<std::pair<int, int>, std::greater<>> giveWay; // priority, column
    QList<int> widths(columns, 0);
    widths[0] = kMarkWidth;
    int others = kMarkWidth;
    for (int i = 1; i < columns; ++i) {
        const Field &field = *m_model->fieldAt(i);
        widths[i] = m_widths.value(field.name, qRound(layout::columnWidth(entity, field) * scale));
        const short priority = layout::of(entity, field).priority;
        if (i != name) {
            others += widths.at(i);
            giveWay.insert({priority == 0 && layout::of(entity, field).listOrder == 0 ? 9 : priority, i});
        }
    }
    // Columns hide by priority until the name has its least width.
    std::set<int> hidden;
    while (others + kNameMinimum > room && !giveWay.empty() && giveWay.begin()->first > 0) {
        const int column = giveWay.begin()->second;
        giveWay.erase(giveWay.begin());
        hidden.insert(column);
        others -= widths.at(column);
    }
    // What is left over goes to the name, half of it to the next text.
    int spare = std::max(0, room - others - widths.at(name));
    const int wanted = std::max(kNameMinimum, std::min(widths.at(name), room - others));
    int second = -1;
    for (int i = 1; i < columns && second < 0; ++i) {
        const Field &field = *m_model->fieldAt(i);
        if (i != name && !hidden.contains(i) && field.type == model::FieldType::Text && !field.has(model::Number) && !m_widths.contains(field.name))
            second = i;
    }
    const int forSecond = second > 0 ? spare / 2 : 0;
    for (int i = 0; i < columns; ++i) {
        header->setSectionHidden(i, hidden.contains(i));
        if (!hidden.contains(i))
            header->resizeSection(i, i == name ? wanted + spare - forSecond : widths.at(i) + (i == second ? forSecond : 0));
    }
    header->setSectionResizeMode(0, QHeaderView::Fixed);
    m_layingOut = false;
}

void EntityList::sortBy(int column)
{
    const Field *field = m_model->fieldAt(column);
    if (field == nullptr || field->type == model::FieldType::Tags)
        return;
    const bool again = !m_sorts.isEmpty() && m_sorts.first().field == field->name;
    chooseOrder({{field->name, again && !m_sorts.first().descending}});
}

void EntityList::chooseOrder(const QList<store::SortKey> &sorts)
{
    m_sorts = sorts;
    m_ownSorts = sorts;
    applyQuery();
    Q_EMIT stateChanged();
}

void EntityList::showSortMark()
{
    QHeaderView *header = m_table->horizontalHeader();
    const int column = m_sorts.isEmpty() ? -1 : m_model->columnOf(m_sorts.first().field);
    header->setSortIndicator(column, !m_sorts.isEmpty() && m_sorts.first().descending ? Qt::DescendingOrder : Qt::AscendingOrder);
    const Field *field = m_sorts.isEmpty() ? nullptr : m_model->entity().field(m_sorts.first().field);
    m_sortButton->setText(field != nullptr ? layout::columnLabel(m_model->entity(), *field) : tr("Newest first"));
}

void EntityList::showSortMenu()
{
    QMenu menu(this);
    for (const Field *field : layout::listFields(m_model->entity())) {
        if (field->type == model::FieldType::Tags || layout::columnLabel(m_model->entity(), *field).trimmed().isEmpty())
            continue;
        QAction *action = menu.addAction(field->label());
        action->setCheckable(true);
        action->setChecked(!m_sorts.isEmpty() && m_sorts.first().field == field->name);
        connect(action, &QAction::triggered, this, [this, name = field->name] {
            chooseOrder({{name, !m_sorts.isEmpty() && m_sorts.first().field == name && !m_sorts.first().descending}});
        });
    }
    menu.exec(m_sortButton->mapToGlobal(QPoint(0, m_sortButton->height() + 2)));
}

void EntityList::showColumnMenu()
{
    QMenu menu(this);
    const QStringList shown = m_model->fieldNames();
    const Field *title = m_model->entity().titleField();
    for (const Field *field : layout::listFields(m_model->entity())) {
        QAction *action = menu.addAction(field->label());
        action->setCheckable(true);
        action->setChecked(shown.contains(field->name));
        action->setEnabled(field != title);
        connect(action, &QAction::toggled, this, [this, name = field->name](bool on) {
            QStringList names = m_model->fieldNames();
            if (on)
                names.append(name);
            else
                names.removeAll(name);
            m_model->setFields(names);
            Q_EMIT stateChanged();
        });
    }
    menu.addSeparator();
    menu.addAction(tr("Standard columns"), this, [this] {
        m_widths.clear();
        m_model->setFields({});
        layoutColumns();
        Q_EMIT stateChanged();
    });
    menu.exec(QCursor::pos());
}

QByteArray EntityList::saveState() const
{
    QJsonObject widths;
    for (auto it = m_widths.cbegin(); it != m_widths.cend(); ++it)
        widths.insert(it.key(), it.value());
    QStringList fields;
    const QHeaderView *header = m_table->horizontalHeader();
    for (int visual = 1; visual < header->count(); ++visual) {
        if (const Field *field = m_model->fieldAt(header->logicalIndex(visual)))
            fields.append(field->name);
    }
    QStringList standard;
    for (const Field *field : layout::defaultListFields(m_model->entity()))
        standard.append(field->name);
    QJsonObject state;
    if (fields != standard) // a later version may show more by itself where nobody chose
        state.insert(QStringLiteral("fields"), QJsonArray::fromStringList(fields));
    state.insert(QStringLiteral("widths"), widths);
    state.insert(QStringLiteral("sort"), store::sortsText(m_ownSorts));
    return QJsonDocument(state).toJson(QJsonDocument::Compact);
}

void EntityList::restoreState(const QByteArray &bytes)
{
    const QJsonObject state = QJsonDocument::fromJson(bytes).object();
    const QJsonObject widths = state.value(QStringLiteral("widths")).toObject();
    for (auto it = widths.begin(); it != widths.end(); ++it)
        m_widths.insert(it.key(), std::clamp(it.value().toInt(), 24, 1000));
    QStringList fields;
    for (const auto &name : state.value(QStringLiteral("fields")).toArray())
        fields.append(name.toString());
    if (!fields.isEmpty())
        m_model->setFields(fields);
    if (const auto sorts = store::parseSorts(state.value(QStringLiteral("sort")).toString()); sorts.ok() && !sorts->isEmpty()) {
        m_ownSorts = *sorts;
        m_sorts = *sorts;
    }
    layoutColumns();
}

} // namespace fieldfare::ui
