// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/list_reader.h"
#include "core/store/thread/latest_read.h"

#include <QHash>
#include <QObject>

#include <map>

namespace fieldfare::store {

/// A list of any length for one view, without SQL on the view's thread: the first page at once, then the order of all rows
/// in the background, then pages as row() asks for them. Lives on the UI thread; the DatabaseThread must outlive it.
///
/// Watches the store: rows that change are read anew; when rows may have moved, come or gone, the order is read again
/// and orderChanged() is emitted. Answers to superseded queries are dropped by number.
class RowWindow : public QObject {
    Q_OBJECT
public:
    explicit RowWindow(DatabaseThread &database, QObject *parent = nullptr);
    ~RowWindow() override;

    /// Starts over. The former rows stay readable until firstPageReady() of the new query.
    void setQuery(const ListQuery &query);
    [[nodiscard]] const ListQuery &query() const { return m_query; }
    /// Reads the same query again.
    void refresh();

    /// Rows known so far: those of the first page until the order is there, then all.
    [[nodiscard]] qint64 count() const;
    /// True once count() is the number of all rows.
    [[nodiscard]] bool isComplete() const { return m_order != nullptr; }
    /// Null while its page is on the way: rowsReady() tells. The pointer is good until control returns to the event loop.
    [[nodiscard]] const RowView *row(qint64 index);
    /// 0 outside.
    [[nodiscard]] std::int64_t ridAt(qint64 index) const;

    /// Answers by found(index), -1 when the row is not in the list. Waits for the order.
    void find(const base::Id &id);
    /// As find(), for the first row at or after a prefix of the sorted text.
    void findPrefix(const QString &prefix);

Q_SIGNALS:
    void firstPageReady();
    void orderChanged();                       ///< count() is final for now; indexes may have moved.
    void rowsReady(qint64 first, qint64 last); ///< Inclusive.
    void found(qint64 index);
    void failed(const fieldfare::base::Error &error);

private:
    struct Page {
        std::vector<RowView> rows;
        bool requested = false;
        std::uint64_t lastUse = 0;
    };
    struct FirstPage {
        std::vector<std::int64_t> rids;
        std::vector<RowView> rows;
    };

    void readFirstPage();
    void readOrder();
    void readPage(qint64 page);
    void takeRows(qint64 page, std::vector<RowView> rows);
    void dropOldPages();
    void onRowsChanged(model::EntityId entity, const QList<base::Id> &ids);
    [[nodiscard]] const std::vector<std::int64_t> &rids() const;

    DatabaseThread &m_database;
    ListQuery m_query;
    std::uint64_t m_generation = 0;
    std::vector<std::int64_t> m_firstRids;
    RowOrder m_order;
    std::map<qint64, Page> m_pages;
    std::uint64_t m_useCount = 0;
    LatestRead m_firstRead;
    LatestRead m_orderRead;
    LatestRead m_findRead;
    std::optional<base::Id> m_pendingFind;
    std::optional<QString> m_pendingPrefix;
};

} // namespace fieldfare::store
