// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was typed and not saved, as bytes: the window goes when the program is locked, and comes back later.
#include "core/store/field_bytes.h"
#include "ui/model/edit_model.h"

#include <QCborArray>

namespace fieldfare::ui {

namespace {

QByteArray toBytes(const QHash<model::FieldKey, model::Value> &values)
{
    std::vector<changes::FieldValue> list;
    for (auto it = values.cbegin(); it != values.cend(); ++it)
        list.push_back({it.key(), it.value()});
    return store::encodeUnknown(list);
}

QHash<model::FieldKey, model::Value> fromBytes(const QByteArray &bytes)
{
    QHash<model::FieldKey, model::Value> values;
    const auto list = store::decodeUnknown(bytes);
    if (list.ok()) {
        for (const changes::FieldValue &value : *list)
            values.insert(value.field, value.value);
    }
    return values;
}

} // namespace

std::optional<base::Id> EditModel::keptDraft() const
{
    return m_drafts.isEmpty() ? std::nullopt : std::optional(m_drafts.cbegin().key().second);
}

QByteArray EditModel::drafts() const
{
    QHash<DraftKey, Draft> all = m_drafts;
    // What an existing record is being given comes back equal to what is stored, and is no edit then; a new one would come back twice.
    if (m_entity != nullptr && m_isLoaded && !m_edited.isEmpty() && !isUntouched() && (m_saving == nullptr || !m_isNew))
        all.insert({m_entity->id(), m_id}, Draft{m_edited, m_storedAtEdit});
    QCborArray list;
    for (auto it = all.cbegin(); it != all.cend(); ++it)
        list.append(QCborArray{int(it.key().first), it.key().second.toBytes(), toBytes(it->edited), toBytes(it->storedAtEdit)});
    return list.isEmpty() ? QByteArray() : list.toCborValue().toCbor();
}

void EditModel::restoreDrafts(const QByteArray &bytes)
{
    for (const QCborValue &entry : QCborValue::fromCbor(bytes).toArray()) {
        const QCborArray draft = entry.toArray();
        const DraftKey key{model::EntityId(draft.at(0).toInteger()), base::Id::fromBytes(draft.at(1).toByteArray())};
        if (key.first != 0 && !m_drafts.contains(key))
            m_drafts.insert(key, Draft{fromBytes(draft.at(2).toByteArray()), fromBytes(draft.at(3).toByteArray())});
    }
}

} // namespace fieldfare::ui
