// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/store/query/list_reader.h"
#include "core/store/store.h"

#include <QHash>

#include <optional>

namespace fieldfare::exchange {

/// Which record has a key: of those that were in the profile when reading began, and of those that the import makes. Keys are
/// compared as names are, folded. Read a piece at a time, so that nobody who works in the profile meanwhile has to wait.
/// Only hashes of the keys are kept, so that the memory does not grow with their length: two ids of 16 bytes a record, in a
/// hash table that may stand half empty.
/// On the store's thread; does not own the store.
class ImportKeys {
public:
    /// `field` null: there is no key, and nothing to be read.
    ImportKeys(store::Store &store, const model::Entity &entity, const model::Field *field);

    [[nodiscard]] bool isReady() const { return m_order != nullptr ? m_read >= m_order->size() : m_field == nullptr; }
    /// Reads the keys of up to `rows` records; nothing once it is ready.
    base::Result<void> readSome(size_t rows);
    /// How many records were looked at, of how many; 0 of 0 before the first reading.
    [[nodiscard]] qint64 done() const { return qint64(m_read); }
    [[nodiscard]] qint64 total() const { return m_order != nullptr ? qint64(m_order->size()) : 0; }

    /// Nothing for a key that nobody has, and for an empty one; the null id when several records have it.
    [[nodiscard]] std::optional<base::Id> find(const model::Value &key) const;
    /// The record has the key from now on.
    void add(const model::Value &key, const base::Id &record);

private:
    store::Store &m_store;
    const model::Entity &m_entity;
    const model::Field *const m_field;
    store::RowOrder m_order;
    size_t m_read = 0;
    QHash<base::Id, base::Id> m_records; ///< Hash of the folded key -> record; null when several have it.
};

} // namespace fieldfare::exchange
