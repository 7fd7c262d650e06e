// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/store.h"

#include <map>
#include <vector>

namespace fieldfare::store {

/// Records that only this device has and whose create did not come over with a salvage: they are created anew, with all
/// that can be read of them, in the place that their creates had among the operations that wait, so that what refers to
/// them is decided after them (core/store/docs/salvage.md, "The server afterwards"). Three steps, in order, on a store
/// that nobody else uses: find(), issue(), and Replica::rekey() with places().
class LostCreates {
public:
    /// Looks for them; changes nothing. A record that waits to be erased does not count, and goes with issue().
    static base::Result<LostCreates> find(Store &store);

    [[nodiscard]] qint64 count() const { return qint64(m_records.size()); }
    [[nodiscard]] bool contains(const base::Id &record) const { return m_places.count(record) > 0; }

    /// Commits creates in their stead. Operations on the records that came over are dropped where the create says the
    /// same.
    base::Result<void> issue(Store &store);
    /// By n of the operations that issue() wrote: the n of the create that each stands for.
    [[nodiscard]] const std::map<std::uint64_t, std::uint64_t> &places() const { return m_order; }

private:
    struct Record {
        changes::LocalChange create;
        std::vector<changes::FieldValue> later; ///< References to what may not be there yet.
        bool isTrashed = false;
        [[nodiscard]] bool saysAsMuch(const changes::FieldValue &said) const;
    };

    base::Result<void> take(Store &store, const model::Entity &entity, const base::Id &id);
    base::Result<void> dropSaid(changes::ReplicaStorage &rows, const model::Catalog &catalog,
                                const changes::StoredOperation &stored) const;
    /// Gives a create the group of the operations around its place.
    void keepGroups(const std::vector<changes::StoredOperation> &operations);
    base::Result<void> commit(Store &store, std::vector<changes::LocalChange> changes) const;
    /// Whether the server has the record, or will have it when it reads an operation of this n.
    base::Result<bool> isThereBefore(Store &store, const model::Reference &reference, std::uint64_t n) const;

    std::vector<Record> m_records;              ///< In order of their places.
    std::map<base::Id, std::uint64_t> m_places; ///< By record: the n of its lost create.
    std::vector<std::pair<model::EntityId, base::Id>> m_erased;
    std::map<std::uint64_t, std::uint64_t> m_order;
};

} // namespace fieldfare::store
