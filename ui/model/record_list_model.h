// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/row_window.h"
#include "ui/model/display_text.h"
#include "ui/model/layout_hints.h"
#include "ui/model/list_roles.h"

#include <QAbstractTableModel>
#include <QTimer>

namespace fieldfare::ui {

/// The rows of one entity for a table: column 0 holds the state mark, the others one field each. Rows come in pages in the
/// background; those on the way answer NotFetchedRole. Any length: nothing is copied from the window.
///
/// Follows the store: changed rows are shown anew; when rows come, go or move, orderChanged() tells, after which the view
/// finds its current record again by find(). UI thread; `database` and `texts` must outlive it.
class RecordListModel final : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        RecordIdRole = Qt::UserRole + 1, ///< base::Id
        SeverityRole,                    ///< 1 is the worst; of a severity cell
        TimeUsedRole,                    ///< double, 0 to 1; of a time-left cell whose time runs or is paused
        PausedRole,                      ///< bool, likewise
    };
    static constexpr int kMarkColumn = 0;

    RecordListModel(store::DatabaseThread &database, const DisplayText &texts, model::EntityId entity, QObject *parent = nullptr);

    [[nodiscard]] const model::Entity &entity() const { return *m_entity; }
    [[nodiscard]] const model::CatalogPointer &catalog() const { return m_catalog; }

    /// Reads other rows, or the same in another order. The entity stays.
    void setQuery(const store::ListQuery &query);
    [[nodiscard]] const store::ListQuery &query() const { return m_window.query(); }
    void refresh() { m_window.refresh(); }

    /// The fields shown, from column 1 on; unknown names are left out.
    void setFields(const QStringList &names);
    [[nodiscard]] QStringList fieldNames() const;
    /// Null for the mark column.
    [[nodiscard]] const model::Field *fieldAt(int column) const;
    [[nodiscard]] int columnOf(const QString &field) const;

    /// Null while the row is on the way.
    [[nodiscard]] const store::RowView *rowAt(int row) const;
    /// Null id while the row is on the way.
    [[nodiscard]] base::Id idAt(int row) const;
    /// Of any row, also of one that is on the way; 0 outside.
    [[nodiscard]] std::int64_t ridAt(int row) const { return m_window.ridAt(row); }
    /// Answers by found().
    void find(const base::Id &id) { m_window.find(id); }
    void findPrefix(const QString &prefix) { m_window.findPrefix(prefix); }

    /// True once rowCount() is the number of all rows of the query.
    [[nodiscard]] bool isComplete() const { return m_window.isComplete() && m_rows == wantedRows(); }
    [[nodiscard]] bool hasFirstPage() const { return m_hasFirstPage; }
    /// Rows of the entity without any filter; -1 while they are counted.
    [[nodiscard]] qint64 total() const { return m_total; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    /// What a list asks of a cell to draw it, with one look at the row.
    void multiData(const QModelIndex &index, QModelRoleDataSpan roles) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    /// One key; sorting by the mark is not possible.
    void sort(int column, Qt::SortOrder order) override;
    /// The column of the first sort key, -1 without.
    [[nodiscard]] int sortColumn() const;

Q_SIGNALS:
    void firstPageReady();
    /// rowCount(), isComplete() or total() changed.
    void countsChanged();
    /// Rows move; between the two signals a row number may mean another record than before.
    void orderAboutToChange();
    void orderChanged(bool isAnother); ///< As RowWindow::orderChanged().
    void found(int row); ///< -1 when the list does not have it.
    void failed(const fieldfare::base::Error &error);

private:
    void takeOrder(bool isAnother);
    [[nodiscard]] int wantedRows() const;
    void growTo(int rows);
    void growSome();
    void readTotal();
    QVariant alignment(const model::Field *field) const;
    QVariant valueFor(const store::RowView *row, const model::Field *field, int role) const;
    /// Of a row whose part of the file is damaged: says so in the column of the title.
    static QVariant ofUnreadable(const model::Field *field, int role);
    QVariant cell(const store::RowView &row, const model::Field &field, int role) const;
    /// Of one line.
    QString cellText(const store::RowView &row, const model::Field &field, layout::Cell kind) const;
    QString valueText(const store::RowView &row, const model::Field &field, layout::Cell kind) const;
    Tone tone(const store::RowView &row, const model::Field &field, layout::Cell kind) const;
    [[nodiscard]] layout::Running running(const store::RowView &row) const;
    QVariant timeUsed(const store::RowView &row, const model::Field &field) const;
    StateMark mark(const store::RowView &row) const;

    store::DatabaseThread &m_database;
    const DisplayText &m_texts;
    model::CatalogPointer m_catalog; // keeps m_entity and m_fields alive
    const model::Entity *m_entity;
    QList<const model::Field *> m_fields;
    mutable store::RowWindow m_window;
    store::FollowingRead m_totalRead;
    /// A view keeps something for each row, and makes it for a million rows in 20 ms: they come in steps of 2 ms.
    static constexpr int kRowsAStep = 100'000;
    QTimer m_growing;
    int m_rows = 0;
    qint64 m_total = -1;
    bool m_hasFirstPage = false;
};

} // namespace fieldfare::ui
