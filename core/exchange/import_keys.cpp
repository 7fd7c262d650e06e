// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/exchange/import_keys.h"

#include "core/model/value_text.h"

namespace fieldfare::exchange {

using base::Id;
using base::Result;
using model::Value;

namespace {

Id hashOf(const Value &key)
{
    return Id::fromName(QStringLiteral("import-key"), model::foldedName(model::toPortableText(key)));
}

} // namespace

ImportKeys::ImportKeys(store::Store &store, const model::Entity &entity, const model::Field *field)
    : m_store(store), m_entity(entity), m_field(field)
{
}

Result<void> ImportKeys::readSome(size_t rows)
{
    if (isReady())
        return {};
    store::ListReader reader(m_store.connection(), m_store.catalog(), {});
    if (m_order == nullptr) {
        FIELDFARE_ASSIGN(m_order, reader.order({.entity = m_entity.id()}));
        m_records.reserve(qsizetype(m_order->size()));
    }
    const auto piece = std::span(*m_order).subspan(m_read, std::min(rows, m_order->size() - m_read));
    FIELDFARE_ASSIGN(const std::vector<Id> ids, reader.ids(m_entity.id(), piece));
    FIELDFARE_ASSIGN(const std::vector<model::Record> records, m_store.records(m_entity.id(), ids));
    for (const model::Record &record : records) {
        const Value &key = record.value(*m_field);
        if (key.isEmpty())
            continue;
        const Id hash = hashOf(key);
        const auto known = m_records.constFind(hash);
        m_records.insert(hash, known == m_records.cend() ? record.id : Id());
    }
    m_read += piece.size();
    return {};
}

std::optional<Id> ImportKeys::find(const Value &key) const
{
    if (key.isEmpty())
        return std::nullopt;
    const auto known = m_records.constFind(hashOf(key));
    return known == m_records.cend() ? std::nullopt : std::optional(known.value());
}

void ImportKeys::add(const Value &key, const Id &record)
{
    if (!key.isEmpty())
        m_records.insert(hashOf(key), record);
}

} // namespace fieldfare::exchange
