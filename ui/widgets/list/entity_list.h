// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/thread/latest_read.h"
#include "ui/model/record_list_model.h"

#include <QHash>
#include <QWidget>

class QStackedLayout;
class QToolButton;

namespace fieldfare::ui {

class EmptyState;
class FilterBar;
class RecordTable;
class RowDelegate;

/// The list of any entity: filter bar, table, and what stands there when it is empty. Rows come from a RecordListModel; the
/// list keeps its current record when rows move under it. State (columns, widths, order, filter) is one small text.
class EntityList final : public QWidget {
    Q_OBJECT
public:
    EntityList(store::DatabaseThread &database, const DisplayText &texts, model::EntityId entity, QWidget *parent = nullptr);

    [[nodiscard]] RecordListModel &model() const { return *m_model; }
    [[nodiscard]] RecordTable &table() const { return *m_table; }
    [[nodiscard]] FilterBar &filterBar() const { return *m_filterBar; }

    /// Filter and order of a view; the filter bar shows the filter. `fixed` is added without a chip (a parent's children).
    void setQuery(const store::Filter &filter, const QList<store::SortKey> &sorts, store::TrashedRows trashed = store::TrashedRows::Hide);
    void setFixedFilter(const store::Filter &fixed);
    /// An empty list offers to add a record only to who may.
    void setMayCreate(bool mayCreate);
    [[nodiscard]] store::Filter filter() const;

    [[nodiscard]] base::Id currentId() const { return m_current; }
    [[nodiscard]] int currentRow() const;
    /// The selected records whose rows are here: for few. selectedRids() has all.
    [[nodiscard]] std::vector<base::Id> selectedIds() const;
    /// All selected rows by their store's number, ascending; any number of them, without reading one.
    [[nodiscard]] std::vector<std::int64_t> selectedRids() const;
    [[nodiscard]] int selectedCount() const;
    /// Makes the record current; it is looked for when it is not among the rows shown. Null: none. While it is looked for,
    /// and when the list does not have it, no row is selected: what is done to the selection never hits another record.
    void setCurrent(const base::Id &id);
    /// From the current row, or from where it stood when its record has left the list.
    void moveCurrent(int step);
    void focusTable();

    /// Compact: no filter bar, fewer columns; for related lists.
    void setFilterBarVisible(bool visible);
    /// 24, 28 or 34.
    void setRowHeight(int height);

    [[nodiscard]] QByteArray saveState() const;
    void restoreState(const QByteArray &state);

Q_SIGNALS:
    void currentChanged(const fieldfare::base::Id &id);
    void opened(const fieldfare::base::Id &id);
    void removeRequested();
    void newRequested();
    void menuRequested(const QPoint &globalPosition);
    void countsChanged();
    void selectionChanged();
    void stateChanged();
    void failed(const fieldfare::base::Error &error);

private:
    void makeBar();
    void connectModel();
    void applyQuery();
    void takeColumns();
    void layoutColumns();
    void refreshEmptyState();
    void showEmptyByFilter(qint64 others);
    void countWithoutLast();
    void onCurrentRow(const QModelIndex &index);
    void onFound(int row);
    void look(const base::Id &id);
    void selectNone();
    void keepSelection();
    void followSelection();
    void sortBy(int column);
    void chooseOrder(const QList<store::SortKey> &sorts);
    void showSortMark();
    void showColumnMenu();
    void showSortMenu();

    store::DatabaseThread &m_database;
    const DisplayText &m_texts;
    RecordListModel *m_model;
    FilterBar *m_filterBar;
    RecordTable *m_table;
    RowDelegate *m_delegate;
    EmptyState *m_empty;
    QStackedLayout *m_stack;
    store::LatestRead m_othersRead;
    QToolButton *m_sortButton = nullptr;
    QToolButton *m_columnButton = nullptr;
    store::Filter m_fixed;
    bool m_mayCreate = true;
    QList<store::SortKey> m_sorts;    ///< In force.
    QList<store::SortKey> m_ownSorts; ///< What the person chose; a view with an order of its own does not change it.
    store::TrashedRows m_trashed = store::TrashedRows::Hide;
    QHash<QString, int> m_widths; // by field, where the person chose
    base::Id m_current;
    base::Id m_lookedFor; ///< By the last search of the model; null when it looked for a prefix.
    std::vector<std::int64_t> m_selected; ///< Rids of the selected rows while there are several but not too many, sorted.
    bool m_isReordering = false;
    bool m_isUnread = false; ///< Not even the first page could be read.
    int m_lostRow = -1;   ///< Where the current record stood before it left the list.
    bool m_layingOut = false;
    bool m_following = false; // the current row changes because its record moved
};

} // namespace fieldfare::ui
