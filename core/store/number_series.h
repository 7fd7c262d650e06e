// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/storage/connection.h"
#include "core/store/views.h"

#include <QSet>

#include <map>
#include <optional>

namespace fieldfare::store {

/// Human numbers (DESIGN 6, rule 13): C-000123 from blocks leased to this device, and C-<device>-<n> once they are used up
/// and no server is at hand, without limit. A stand-alone profile counts from 1 by itself. Needs a transaction.
class NumberSeries {
public:
    explicit NumberSeries(storage::Connection &connection) : m_connection(connection) {}

    /// The next free number; one that some record has already (an import that brought its own) is skipped.
    /// Used numbers are kept in memory until flush(), which must come before the commit.
    base::Result<QString> next(const model::Entity &entity, const ProfileInfo &info);
    base::Result<void> flush();
    /// A row of this transaction brings its own number, which next() is to skip.
    void noteGiven(const model::Entity &entity, const QString &number);
    /// Forgets what was not flushed and which numbers are free: at the start of a transaction, as the last one may have been
    /// rolled back, and rows were inserted.
    void reset();
    base::Result<void> addLease(model::EntityId entity, qint64 first, qint64 last);
    base::Result<qint64> left(model::EntityId entity);
    base::Result<void> dropLeases();

private:
    /// Where the entity's numbers come from now.
    struct Source {
        qint64 next = 1;
        qint64 last = 0;   ///< Of the lease; 0 for the device's own counter.
        QString counter;   ///< Its name in meta.
    };
    /// Numbers that no row has: from `from` up to `to`, which is taken, in the order of the column. An import asks once a
    /// transaction instead of once a row.
    struct Gap {
        QByteArray from;
        std::optional<QByteArray> to; ///< None: nothing beyond is taken.
    };
    base::Result<Source> load(model::EntityId entity, const ProfileInfo &info);
    base::Result<void> save(model::EntityId entity, const Source &source);
    base::Result<bool> isTaken(const model::Entity &entity, const QString &number);
    base::Result<Gap> gapFrom(const model::Entity &entity, const QString &number);

    storage::Connection &m_connection;
    std::map<model::EntityId, Source> m_current;
    std::map<model::EntityId, Gap> m_gaps; ///< As of the start of the transaction's changes.
    std::map<model::EntityId, QSet<QByteArray>> m_given; ///< In the order of the column, as in Gap.
};

} // namespace fieldfare::store
