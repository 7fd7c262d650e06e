// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/sql_replica_storage.h"

namespace fieldfare::store {

/// One row that a person sees differently, as Replica told it within the transaction.
struct RowEvent {
    enum class Kind { Inserted, Changed, Removed };
    Kind kind = Kind::Inserted;
    changes::ReplicaListener::Cause cause = changes::ReplicaListener::Cause::Own;
    qint64 rid = 0;
    changes::ReplicaRow row;                   ///< As inserted, before the change, or as it was when removed.
    std::vector<changes::FieldValue> after;    ///< Changed: the new values.
    changes::RowStamp stamp;                   ///< Changed: who and when.
    std::vector<LoggedOperation> operations;   ///< Own: what was logged for it.

    /// The field's value after the event; empty when removed.
    [[nodiscard]] const model::Value &now(const model::FieldKey &field) const;
    /// The field's value before it; empty when inserted.
    [[nodiscard]] const model::Value &former(const model::FieldKey &field) const;
    [[nodiscard]] bool changes(const model::FieldKey &field) const;
    /// The whole row after the event.
    [[nodiscard]] changes::ReplicatedRow rowNow() const;
};

struct RidRange {
    qint64 first = 0;
    qint64 last = 0;
};

/// Gathers events until the store has written what follows from them. Rows of a first download are only counted: they have
/// no history, and search and derived fields come when it is complete.
class ChangeCollector final : public changes::ReplicaListener {
public:
    explicit ChangeCollector(SqlReplicaStorage &storage) : m_storage(storage) {}

    base::Result<void> rowInserted(changes::ReplicaRow &&row, Cause cause) override;
    base::Result<void> rowChanged(const changes::ReplicaRow &before, const std::vector<changes::FieldValue> &after,
                                  const changes::RowStamp &stamp, Cause cause) override;
    base::Result<void> rowRemoved(const changes::ReplicaRow &row, Cause cause) override;

    [[nodiscard]] const std::vector<RowEvent> &events() const { return m_events; }
    std::vector<RowEvent> take();
    /// Rows of a first download since the last call, by entity: the lowest and highest rid.
    QHash<model::EntityId, RidRange> takeDownloaded();
    void clear();

private:
    SqlReplicaStorage &m_storage;
    std::vector<RowEvent> m_events;
    QHash<model::EntityId, RidRange> m_downloaded;
};

} // namespace fieldfare::store
