// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/query/row_window.h"

#include <algorithm>

namespace fieldfare::store {

using base::Result;

namespace {

constexpr qint64 kPage = ListReader::kPageRows;
constexpr qsizetype kKeptRows = 40 * kPage;
constexpr qsizetype kShownPages = 3; ///< A view shows two pages at most, and one may come into sight.

ListReader reader(ReadContext &reading)
{
    return ListReader(reading.connection(), reading.catalog(), reading.filterContext());
}

} // namespace

RowWindow::RowWindow(DatabaseThread &database, QObject *parent)
    : QObject(parent), m_database(database), m_firstRead(database), m_orderRead(database), m_findRead(database)
{
    connect(&database, &DatabaseThread::rowsChanged, this, &RowWindow::onRowsChanged);
    connect(&database, &DatabaseThread::stateChanged, this, &RowWindow::rereadShownPages); // marks
}

RowWindow::~RowWindow() = default;

void RowWindow::setQuery(const ListQuery &query)
{
    m_query = query;
    refresh();
}

void RowWindow::refresh()
{
    ++m_generation;
    ++m_dataAge;
    m_askedPages.clear();
    m_findRead.cancel();
    m_wantedId.reset();
    m_wantedPrefix.reset();
    readFirstPage();
}

void RowWindow::readFirstPage()
{
    const std::uint64_t readAt = m_dataAge;
    m_orderRead.cancel();
    m_firstRead.read<FirstPage>(
        [query = m_query](ReadContext &reading) -> Result<FirstPage> {
            FirstPage page;
            FIELDFARE_ASSIGN(page.rids, reader(reading).firstRids(query, kPage));
            FIELDFARE_ASSIGN(page.rows, reader(reading).readableRows(query.entity, page.rids));
            return page;
        },
        this,
        [this, readAt](Result<FirstPage> answer) {
            if (!answer.ok()) {
                Q_EMIT failed(answer.error());
                return;
            }
            m_order.reset();
            m_rows.clear();
            m_shownPages.clear();
            m_firstRids = std::move(answer->rids);
            m_askedPages.insert(0, readAt);
            takeRows(std::move(answer->rows), readAt);
            const bool isAll = qint64(m_firstRids.size()) < kPage;
            if (isAll)
                m_order = std::make_shared<const std::vector<std::int64_t>>(m_firstRids);
            Q_EMIT firstPageReady();
            if (isAll)
                takeOrder(m_order, true); // the first page brings its own order
            else
                readOrder();
        });
}

void RowWindow::readOrder()
{
    m_orderRead.read<NewOrder>(
        [query = m_query, before = m_order](ReadContext &reading) -> Result<NewOrder> {
            NewOrder answer;
            FIELDFARE_ASSIGN(answer.order, reader(reading).order(query));
            answer.compared = before;
            answer.isSame = before != nullptr && *before == *answer.order; // megabytes: not for the thread of the window
            return answer;
        },
        this,
        [this](Result<NewOrder> answer) {
            if (!answer.ok())
                Q_EMIT failed(answer.error());
            else
                takeOrder(std::move(answer->order), !answer->isSame || answer->compared != m_order);
        });
}

void RowWindow::takeOrder(RowOrder order, bool isAnother)
{
    m_order = std::move(order);
    m_firstRids.clear();
    m_askedPages.clear();
    Q_EMIT orderChanged(isAnother);
    answerFinds();
}

const std::vector<std::int64_t> &RowWindow::rids() const
{
    return m_order != nullptr ? *m_order : m_firstRids;
}

qint64 RowWindow::count() const
{
    return qint64(rids().size());
}

std::int64_t RowWindow::ridAt(qint64 index) const
{
    return index >= 0 && index < count() ? rids()[size_t(index)] : 0;
}

const RowView *RowWindow::row(qint64 index)
{
    const std::int64_t rid = ridAt(index);
    if (rid == 0)
        return nullptr;
    const qint64 page = index / kPage;
    if (m_shownPages.isEmpty() || m_shownPages.last() != page) {
        m_shownPages.removeOne(page);
        m_shownPages.append(page);
        if (m_shownPages.size() > kShownPages)
            m_shownPages.removeFirst();
    }
    const auto found = m_rows.constFind(rid);
    if (found == m_rows.constEnd() || found->readAt != m_dataAge)
        readPage(page);
    return found == m_rows.constEnd() ? nullptr : &found->view;
}

void RowWindow::readPage(qint64 page)
{
    const auto asked = m_askedPages.constFind(page);
    if (asked != m_askedPages.constEnd() && *asked == m_dataAge)
        return; // on its way, or some of its rows are gone
    m_askedPages.insert(page, m_dataAge);
    const qint64 first = page * kPage;
    const qint64 last = std::min(first + kPage, count()) - 1;
    if (first > last)
        return;
    std::vector<std::int64_t> wanted(rids().begin() + first, rids().begin() + last + 1);
    m_database.read<ListReader::ReadableRows>(
        [entity = m_query.entity, wanted = std::move(wanted)](ReadContext &reading) { return reader(reading).readableRows(entity, wanted); },
        this, [this, first, last, generation = m_generation, readAt = m_dataAge](Result<ListReader::ReadableRows> answer) {
            if (generation != m_generation)
                return;
            if (!answer.ok()) {
                Q_EMIT failed(answer.error());
                return;
            }
            takeRows(std::move(*answer), readAt);
            Q_EMIT rowsReady(first, std::min(last, count() - 1));
        });
}

void RowWindow::takeRows(ListReader::ReadableRows readable, std::uint64_t readAt)
{
    if (readable.damage)
        m_database.noteDamage(*readable.damage);
    if (m_rows.size() > kKeptRows)
        dropOldRows();
    for (RowView &view : readable.rows) {
        const std::int64_t rid = view.record.rid;
        m_rows.emplace(rid, CachedRow{std::move(view), readAt});
    }
}

void RowWindow::dropOldRows()
{
    QHash<std::int64_t, CachedRow> kept;
    for (const qint64 page : std::as_const(m_shownPages)) {
        for (qint64 i = page * kPage; i < (page + 1) * kPage; ++i) {
            const auto found = m_rows.find(ridAt(i));
            if (found != m_rows.end())
                kept.emplace(found.key(), std::move(*found));
        }
    }
    m_rows = std::move(kept);
    m_askedPages.clear();
}

void RowWindow::onRowsChanged(model::EntityId entity, const QList<base::Id> &)
{
    if (m_query.entity == 0 || m_generation == 0)
        return;
    // Another entity's rows are shown by their titles, tags or as conflicts.
    rereadShownPages();
    if (entity == m_query.entity)
        readOrder();
}

void RowWindow::rereadShownPages()
{
    ++m_dataAge;
    for (const qint64 page : QList<qint64>(m_shownPages))
        readPage(page);
}

void RowWindow::find(const base::Id &id)
{
    m_wantedPrefix.reset();
    m_wantedId = id;
    answerFinds();
}

void RowWindow::findPrefix(const QString &prefix)
{
    m_wantedId.reset();
    m_wantedPrefix = prefix;
    answerFinds();
}

void RowWindow::answerFinds()
{
    if (m_order == nullptr || (!m_wantedId && !m_wantedPrefix))
        return;
    m_findRead.read<qint64>(
        [order = m_order, query = m_query, id = m_wantedId, prefix = m_wantedPrefix](ReadContext &reading) {
            return id ? reader(reading).positionOf(order, query.entity, *id) : reader(reading).positionOfPrefix(order, query, *prefix);
        },
        this, [this](Result<qint64> answer) {
            if (answer.ok())
                Q_EMIT found(*answer);
            else
                Q_EMIT failed(answer.error());
        });
    m_wantedId.reset();
    m_wantedPrefix.reset();
}

} // namespace fieldfare::store
