// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/number_series.h"

#include "core/store/meta_table.h"
#include "core/store/table_layout.h"

#include <algorithm>

namespace fieldfare::store {

using base::Result;

namespace {

/// Of SQLite's NOCASE, the collation of the column: ASCII letters alone lose their case, then bytes decide.
QByteArray foldedAsTheColumn(const QString &number)
{
    QByteArray bytes = number.toUtf8();
    for (char &byte : bytes) {
        if (byte >= 'A' && byte <= 'Z')
            byte = char(byte - 'A' + 'a');
    }
    return bytes;
}

} // namespace

void NumberSeries::reset()
{
    m_current.clear();
    m_gaps.clear();
    m_given.clear();
}

Result<QString> NumberSeries::next(const model::Entity &entity, const ProfileInfo &info)
{
    for (;;) {
        auto current = m_current.find(entity.id());
        if (current != m_current.end() && current->second.last != 0 && current->second.next > current->second.last) {
            FIELDFARE_TRY(save(entity.id(), current->second));
            m_current.erase(current);
            current = m_current.end();
        }
        if (current == m_current.end()) {
            FIELDFARE_ASSIGN(Source source, load(entity.id(), info));
            current = m_current.emplace(entity.id(), std::move(source)).first;
        }
        const qint64 n = current->second.next++;
        const bool isShort = current->second.last != 0 || info.isStandAlone();
        const QString digits = QString::number(n);
        const QString number = entity.numberPrefix() + QLatin1Char('-')
            + (isShort ? QString(std::max<qsizetype>(0, 6 - digits.size()), QLatin1Char('0')) : QString::number(info.deviceNumber) + QLatin1Char('-'))
            + digits;
        FIELDFARE_ASSIGN(const bool taken, isTaken(entity, number));
        if (!taken)
            return number;
    }
}

void NumberSeries::noteGiven(const model::Entity &entity, const QString &number)
{
    m_given[entity.id()].insert(foldedAsTheColumn(number));
}

Result<void> NumberSeries::flush()
{
    for (const auto &[entity, source] : std::exchange(m_current, {}))
        FIELDFARE_TRY(save(entity, source));
    return {};
}

Result<NumberSeries::Source> NumberSeries::load(model::EntityId entity, const ProfileInfo &info)
{
    {
        storage::Statement &query = m_connection.statement(
            QLatin1StringView("SELECT next, last FROM number_lease WHERE entity = ? AND next <= last ORDER BY last LIMIT 1"));
        const storage::StatementReset reset(query);
        query.bind(1, qint64(entity));
        FIELDFARE_ASSIGN(const bool row, query.step());
        if (row)
            return Source{query.int64(0), query.int64(1), QString()};
    }
    Source source;
    source.counter = QStringLiteral("store.number.%1.%2").arg(entity).arg(info.deviceNumber);
    FIELDFARE_ASSIGN(const qint64 last, MetaTable(m_connection).number(source.counter, 0));
    source.next = last + 1;
    return source;
}

Result<void> NumberSeries::save(model::EntityId entity, const Source &source)
{
    if (source.last == 0)
        return MetaTable(m_connection).setNumber(source.counter, source.next - 1);
    storage::Statement &update = m_connection.statement(
        QLatin1StringView("UPDATE number_lease SET next = ? WHERE entity = ? AND last = ?"));
    update.bind(1, source.next);
    update.bind(2, qint64(entity));
    update.bind(3, source.last);
    return update.run();
}

Result<bool> NumberSeries::isTaken(const model::Entity &entity, const QString &number)
{
    const QByteArray folded = foldedAsTheColumn(number);
    if (const auto given = m_given.find(entity.id()); given != m_given.end() && given->second.contains(folded))
        return true;
    auto gap = m_gaps.find(entity.id());
    const bool isKnown = gap != m_gaps.end() && gap->second.from <= folded && (!gap->second.to || folded <= *gap->second.to);
    if (!isKnown) {
        FIELDFARE_ASSIGN(Gap found, gapFrom(entity, number));
        gap = m_gaps.insert_or_assign(entity.id(), std::move(found)).first;
    }
    return gap->second.to == folded;
}

Result<NumberSeries::Gap> NumberSeries::gapFrom(const model::Entity &entity, const QString &number)
{
    Gap gap{foldedAsTheColumn(number), std::nullopt};
    storage::Statement &query = m_connection.statement(QStringLiteral("SELECT %2 FROM %1 WHERE trashed = ? AND %2 >= ? ORDER BY %2 LIMIT 1")
                                                           .arg(quoted(entity.table()), quoted(entity.numberField()->column)));
    for (const int trashed : {0, 1}) {
        const storage::StatementReset reset(query);
        query.bind(1, trashed);
        query.bindText(2, number);
        FIELDFARE_ASSIGN(const bool row, query.step());
        const QByteArray taken = row ? foldedAsTheColumn(query.text(0)) : QByteArray();
        if (row && (!gap.to || taken < *gap.to))
            gap.to = taken;
    }
    return gap;
}

Result<void> NumberSeries::addLease(model::EntityId entity, qint64 first, qint64 last)
{
    if (first < 1 || last < first)
        return {base::ErrorCode::InvalidArgument, QStringLiteral("a lease from %1 to %2").arg(first).arg(last)};
    storage::Statement &insert = m_connection.statement(
        QLatin1StringView("INSERT OR IGNORE INTO number_lease(entity, last, next) VALUES (?, ?, ?)"));
    insert.bind(1, qint64(entity));
    insert.bind(2, last);
    insert.bind(3, first);
    return insert.run();
}

Result<qint64> NumberSeries::left(model::EntityId entity)
{
    storage::Statement &query = m_connection.statement(
        QLatin1StringView("SELECT coalesce(sum(last - next + 1), 0) FROM number_lease WHERE entity = ? AND next <= last"));
    const storage::StatementReset reset(query);
    query.bind(1, qint64(entity));
    FIELDFARE_TRY(query.step());
    return query.int64(0);
}

Result<void> NumberSeries::dropLeases()
{
    return m_connection.statement(QLatin1StringView("DELETE FROM number_lease")).run();
}

} // namespace fieldfare::store
