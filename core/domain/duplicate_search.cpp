// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/domain/duplicate_search.h"

#include "core/base/hash.h"
#include "core/model/value_text.h"

#include <algorithm>

namespace fieldfare::domain {

using base::Id;
using model::Field;
using model::FieldType;

namespace {

constexpr qsizetype kFewestDigits = 6; ///< Shorter ones are extensions.
constexpr qsizetype kKeyBytes = 16;

bool isAddress(const Field &field)
{
    return (field.type == FieldType::Email || field.type == FieldType::Phone) && !field.has(model::Removed);
}

/// Empty when it says nothing. "+49 (0)30 123" and "0049 30-123" are not made equal: that needs the country.
QString comparable(const Field &field, const QString &text)
{
    if (field.type != FieldType::Phone)
        return model::foldedName(text);
    QString digits;
    for (const QChar c : text) {
        if (c.isDigit() && !(digits.isEmpty() && c.digitValue() == 0))
            digits += QChar(u'0' + char16_t(c.digitValue()));
    }
    return digits.size() < kFewestDigits ? QString() : digits;
}

} // namespace

bool DuplicateSearch::isFor(const model::Entity &entity)
{
    return !entity.has(model::System) && entity.titleField() != nullptr
        && std::any_of(entity.fields().begin(), entity.fields().end(), isAddress);
}

DuplicateSearch::DuplicateSearch(const model::Entity &entity) : m_entity(entity) {}

QList<DuplicateSearch::Key> DuplicateSearch::keysOf(const model::Record &record, const Id &parent) const
{
    const Field &titleField = *m_entity.titleField();
    const QString title = model::foldedName(record.value(titleField).textOrEmpty());
    const bool isOwned = m_entity.parentField() != nullptr;
    QList<Key> keys;
    const auto add = [&](const Field &field, int rank, const QString &text, const QByteArray &more) {
        const QByteArray content = QByteArray::number(int(field.type)) + '\0' + text.toUtf8() + '\0' + more;
        keys.append({base::sha256(content).left(kKeyBytes), field.key, rank});
    };
    const QByteArray byTitle = isOwned ? title.toUtf8() : QByteArray();
    for (const Field &field : m_entity.fields()) {
        const QString text = isAddress(field) ? comparable(field, record.value(field).textOrEmpty()) : QString();
        if (!text.isEmpty() && (!isOwned || !title.isEmpty()))
            add(field, field.type == FieldType::Email ? 0 : 1, text, byTitle);
    }
    if (!title.isEmpty() && (!isOwned || !parent.isNull()))
        add(titleField, 2, title, isOwned ? parent.toBytes() : QByteArray());
    return keys;
}

void DuplicateSearch::addOwn(const model::Record &record, const Id &parent)
{
    for (const Key &key : keysOf(record, parent))
        m_own.insert(key.bytes, {record.id, key.field, key.rank});
}

void DuplicateSearch::look(const model::Record &present)
{
    const Field *parentField = m_entity.parentField();
    const Id parent = parentField != nullptr ? present.value(*parentField).referenceId() : Id();
    for (const Key &key : keysOf(present, parent)) {
        for (auto own = m_own.constFind(key.bytes); own != m_own.constEnd() && own.key() == key.bytes; ++own) {
            if (own->id == present.id)
                continue;
            const auto found = m_found.constFind(own->id);
            if (found == m_found.constEnd() || own->rank < found->rank)
                m_found.insert(own->id, {{present.id, own->field}, own->rank});
        }
    }
}

const DuplicateSearch::Match *DuplicateSearch::match(const Id &own) const
{
    const auto found = m_found.constFind(own);
    return found == m_found.constEnd() ? nullptr : &found->match;
}

} // namespace fieldfare::domain
