// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/list_reader.h"
#include "core/store/thread/following_read.h"
#include "core/store/thread/latest_read.h"

#include <QHash>
#include <QObject>

#include <optional>

namespace fieldfare::store {

/// A list of any length for one view, without SQL on the view's thread: the first page at once, then the order of all rows
/// in the background, then pages as row() asks for them. Lives on the UI thread; the DatabaseThread must outlive it.
///
/// Watches the store: when rows of its entity change, the shown pages and the order are read again; the former rows stay on
/// screen until then. Answers to superseded queries are dropped by number.
/// A row whose part of the file is damaged is there as Unreadable; the database tells damageFound().
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
    /// count() is final for now. `isAnother`: indexes may have moved; otherwise it was read anew and came out the same.
    void orderChanged(bool isAnother);
    void rowsReady(qint64 first, qint64 last); ///< Inclusive.
    void found(qint64 index);
    void failed(const fieldfare::base::Error &error);

private:
    struct CachedRow {
        RowView view;
        std::uint64_t readAt = 0; ///< m_dataAge when it was asked for
    };
    struct NewOrder {
        RowOrder order;
        RowOrder compared; ///< The one that was known when this was asked for,
        bool isSame = false; ///< and whether this one equals it.
    };
    struct FirstPage {
        std::vector<std::int64_t> rids;
        ListReader::ReadableRows rows;
    };

    void readFirstPage();
    void readOrder();
    void readPage(qint64 page);
    void takeRows(ListReader::ReadableRows readable, std::uint64_t readAt);
    void takeOrder(RowOrder order, bool isAnother);
    void dropOldRows();
    void onRowsChanged(model::EntityId entity, const QList<base::Id> &ids);
    void rereadShownPages();
    void answerFinds();
    [[nodiscard]] const std::vector<std::int64_t> &rids() const;

    DatabaseThread &m_database;
    ListQuery m_query;
    std::uint64_t m_generation = 0;   ///< Goes up with each query: answers to older ones are dropped.
    std::uint64_t m_dataAge = 0;      ///< Goes up with each change of the data: older rows are shown, but read anew.
    std::vector<std::int64_t> m_firstRids;
    RowOrder m_order;
    QHash<std::int64_t, CachedRow> m_rows;
    QHash<qint64, std::uint64_t> m_askedPages; ///< Page to the m_dataAge it was last asked at.
    QList<qint64> m_shownPages;                ///< Those that row() was called for lately, newest last.
    LatestRead m_firstRead;
    FollowingRead m_orderRead;
    LatestRead m_findRead;
    std::optional<base::Id> m_wantedId;
    std::optional<QString> m_wantedPrefix;
};

} // namespace fieldfare::store
