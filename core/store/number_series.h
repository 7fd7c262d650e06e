// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/entity.h"
#include "core/storage/connection.h"
#include "core/store/views.h"

namespace fieldfare::store {

/// Human numbers (DESIGN 6, rule 13): C-000123 from blocks leased to this device, and C-<device>-<n> once they are used up
/// and no server is at hand, without limit. A stand-alone profile counts from 1 by itself. Needs a transaction.
class NumberSeries {
public:
    explicit NumberSeries(storage::Connection &connection) : m_connection(connection) {}

    /// The next free number; one that some record has already (an import that brought its own) is skipped.
    base::Result<QString> next(const model::Entity &entity, const ProfileInfo &info);
    base::Result<void> addLease(model::EntityId entity, qint64 first, qint64 last);
    base::Result<qint64> left(model::EntityId entity);
    base::Result<void> dropLeases();

private:
    base::Result<qint64> takeLeased(model::EntityId entity); ///< 0 when nothing is left
    base::Result<bool> isTaken(const model::Entity &entity, const QString &number);

    storage::Connection &m_connection;
};

} // namespace fieldfare::store
