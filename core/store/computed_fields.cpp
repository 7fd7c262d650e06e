// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/store/computed_fields.h"

#include "core/store/table_layout.h"

#include <algorithm>

namespace fieldfare::store {

using base::Id;
using base::Result;
using model::Aggregate;
using model::Entity;
using model::Field;
using model::FieldKey;
using model::FieldType;

namespace {

constexpr size_t kIdsAStatement = 500;

QString literal(const Id &id)
{
    return QStringLiteral("X'%1'").arg(QString::fromLatin1(id.toBytes().toHex()));
}

/// "column IN (X'..', ...)" for up to kIdsAStatement ids from `it` on, which moves.
QString inList(const QString &column, std::set<Id>::const_iterator &it, const std::set<Id> &ids)
{
    QStringList literals;
    for (size_t i = 0; i < kIdsAStatement && it != ids.end(); ++i, ++it)
        literals += literal(*it);
    return QStringLiteral("%1 IN (%2)").arg(column, literals.join(QLatin1Char(',')));
}

QString columnOf(const Entity &entity, const Field &field)
{
    return quoted(entity.table()) + QLatin1Char('.') + quoted(field.column);
}

/// The reference's value for a row of `target` as SQL: its id, with the entity before it where several may be meant.
QString referenceTo(const Field &reference, const Entity &target)
{
    const QString id = quoted(target.table()) + QStringLiteral(".id");
    if (reference.targets.size() == 1)
        return id;
    return QStringLiteral("CAST(X'%1' || %2 AS BLOB)").arg(target.id(), 4, 16, QLatin1Char('0')).arg(id);
}

QString aggregateOf(Aggregate aggregate, const QString &column)
{
    switch (aggregate) {
    case Aggregate::Max:
        return QStringLiteral("max(%1)").arg(column);
    case Aggregate::Min:
        return QStringLiteral("min(%1)").arg(column);
    case Aggregate::Sum:
        return QStringLiteral("sum(%1)").arg(column);
    case Aggregate::Count:
        break;
    }
    return QStringLiteral("count(*)");
}

} // namespace

ComputedFields::ComputedFields(storage::Connection &connection, model::CatalogPointer catalog)
    : m_connection(connection), m_catalog(std::move(catalog))
{
    readSpecs();
}

void ComputedFields::setCatalog(model::CatalogPointer catalog)
{
    m_catalog = std::move(catalog);
    readSpecs();
}

void ComputedFields::readSpecs()
{
    m_specs.clear();
    for (const Entity &entity : m_catalog->entities()) {
        for (const Field &field : entity.fields()) {
            const model::ComputedSpec *computed = field.computed;
            if (field.type != FieldType::Computed || computed == nullptr || field.has(model::Removed))
                continue;
            Spec spec;
            spec.entity = &entity;
            spec.field = &field;
            spec.rollUp = computed->child != nullptr;
            spec.aggregate = computed->aggregate;
            const QString reference = QString::fromLatin1(computed->reference);
            if (spec.rollUp) {
                spec.source = m_catalog->entity(QString::fromLatin1(computed->child));
                spec.reference = spec.source != nullptr ? spec.source->field(reference) : nullptr;
            } else {
                spec.reference = entity.field(reference);
                if (spec.reference != nullptr && spec.reference->targets.size() == 1)
                    spec.source = m_catalog->entity(spec.reference->targets.first());
            }
            if (spec.source == nullptr || spec.reference == nullptr)
                continue; // a test's catalog without the other entity
            spec.value = spec.source->field(QString::fromLatin1(computed->value));
            if (computed->whereField != nullptr) {
                spec.where = spec.source->field(QString::fromLatin1(computed->whereField));
                spec.whereValue = QString::fromLatin1(computed->whereValue);
            }
            if (spec.value != nullptr)
                m_specs.push_back(spec);
        }
    }
    std::stable_sort(m_specs.begin(), m_specs.end(), [](const Spec &a, const Spec &b) { return !a.rollUp && b.rollUp; });
}

Result<void> ComputedFields::derive(const Spec &spec, const QString &condition, const QString &currency, Ids *changed)
{
    const bool money = spec.field->valueType() == FieldType::Money;
    const QString value = columnOf(*spec.source, *spec.value);
    QString from = quoted(spec.source->table()) + QStringLiteral(" WHERE ");
    QString selected = value;
    if (spec.rollUp) {
        selected = aggregateOf(spec.aggregate, value);
        // The plus keeps SQLite off the indexes for sorting, (trashed, at) above all: it would walk all children for each
        // parent to find the largest. The reference's own index leads to the parent's few.
        from += QStringLiteral("%1 = %2 AND +%3.trashed = 0")
                    .arg(columnOf(*spec.source, *spec.reference), referenceTo(*spec.reference, *spec.entity), quoted(spec.source->table()));
        if (spec.where != nullptr)
            from += QStringLiteral(" AND +%1 = ?1").arg(columnOf(*spec.source, *spec.where));
        if (money)
            from += QStringLiteral(" AND +%1.%2 = ?2").arg(quoted(spec.source->table()), quoted(spec.value->currencyColumn()));
    } else {
        from += QStringLiteral("%1.id = %2").arg(quoted(spec.source->table()), columnOf(*spec.entity, *spec.reference));
    }
    const QString column = quoted(spec.field->column);
    QString assignment = QStringLiteral("%1 = (SELECT %2 FROM %3)").arg(column, selected, from);
    if (money) {
        const QString code = spec.rollUp ? QStringLiteral("CASE WHEN %1 IS NULL THEN NULL ELSE ?2 END").arg(selected)
                                         : quoted(spec.source->table()) + QLatin1Char('.') + quoted(spec.value->currencyColumn());
        assignment = QStringLiteral("(%1, %2) = (SELECT %3, %4 FROM %5)")
                         .arg(column, quoted(spec.field->currencyColumn()), selected, code, from);
    }
    QString sql = QStringLiteral("UPDATE %1 SET %2 WHERE %3 IS NOT (SELECT %4 FROM %5)")
                      .arg(quoted(spec.entity->table()), assignment, columnOf(*spec.entity, *spec.field), selected, from);
    if (!condition.isEmpty())
        sql += QStringLiteral(" AND ") + condition;
    FIELDFARE_ASSIGN(const auto update, m_connection.prepare(sql + QStringLiteral(" RETURNING id")));
    if (spec.rollUp && spec.where != nullptr)
        update->bindText(1, spec.whereValue);
    if (spec.rollUp && money)
        update->bindText(2, currency);
    for (;;) {
        FIELDFARE_ASSIGN(const bool row, update->step());
        if (!row)
            return {};
        if (changed != nullptr)
            changed->insert(readId(*update, 0));
    }
}

Result<void> ComputedFields::lookUp(const Spec &spec, const std::vector<RowEvent> &events, const QString &currency, RowSet &changed)
{
    Ids rows;
    Ids sources;
    for (const RowEvent &event : events) {
        if (event.kind != RowEvent::Kind::Removed && event.row.entity == spec.entity->id() && event.changes(spec.reference->key))
            rows.insert(event.row.id);
        if (event.row.entity == spec.source->id() && (event.changes(spec.value->key) || event.kind == RowEvent::Kind::Removed))
            sources.insert(event.row.id);
    }
    Ids found;
    const QString id = quoted(spec.entity->table()) + QStringLiteral(".id");
    for (auto it = rows.cbegin(); it != rows.cend();)
        FIELDFARE_TRY(derive(spec, inList(id, it, rows), currency, &found));
    for (auto it = sources.cbegin(); it != sources.cend();)
        FIELDFARE_TRY(derive(spec, inList(columnOf(*spec.entity, *spec.reference), it, sources), currency, &found));
    if (!found.empty())
        changed[spec.entity->id()].merge(found);
    return {};
}

Result<void> ComputedFields::addParents(const Spec &spec, const Ids &children, Ids &parents)
{
    const TableLayout layout(m_catalog, *spec.source);
    const TableLayout::Slot *slot = layout.slot(spec.reference->key);
    for (auto it = children.cbegin(); it != children.cend();) {
        FIELDFARE_ASSIGN(const auto query, m_connection.prepare(QStringLiteral("SELECT DISTINCT %1 FROM %2 WHERE %3")
                                                                    .arg(quoted(spec.reference->column), layout.table(),
                                                                         inList(QStringLiteral("id"), it, children))));
        for (;;) {
            FIELDFARE_ASSIGN(const bool row, query->step());
            if (!row)
                break;
            int at = 0;
            const model::Value reference = storage::FieldColumns::read(*query, at, slot->column);
            if (reference.reference() != nullptr && reference.reference()->entity == spec.entity->id())
                parents.insert(reference.referenceId());
        }
    }
    return {};
}

Result<void> ComputedFields::rollUp(const Spec &spec, const std::vector<RowEvent> &events, const QString &currency, RowSet &changed)
{
    Ids parents;
    const auto add = [&](const model::Value &reference) {
        if (reference.reference() != nullptr && reference.reference()->entity == spec.entity->id())
            parents.insert(reference.referenceId());
    };
    for (const RowEvent &event : events) {
        // A parent that arrives may find its children here already.
        if (event.row.entity == spec.entity->id() && event.kind == RowEvent::Kind::Inserted
            && event.cause != changes::ReplicaListener::Cause::Own)
            parents.insert(event.row.id);
        if (event.row.entity != spec.source->id())
            continue;
        const bool concerned = event.changes(spec.reference->key) || event.changes(spec.value->key)
            || event.changes(FieldKey(model::kTrashedNumber)) || (spec.where != nullptr && event.changes(spec.where->key));
        if (concerned || spec.aggregate == Aggregate::Count) {
            add(event.former(spec.reference->key));
            add(event.now(spec.reference->key));
        }
    }
    // Children whose derived field, by which they are chosen, changed just now.
    if (spec.where != nullptr && spec.where->type == FieldType::Computed && changed.contains(spec.source->id()))
        FIELDFARE_TRY(addParents(spec, changed[spec.source->id()], parents));
    Ids found;
    const QString id = quoted(spec.entity->table()) + QStringLiteral(".id");
    for (auto it = parents.cbegin(); it != parents.cend();)
        FIELDFARE_TRY(derive(spec, inList(id, it, parents), currency, &found));
    if (!found.empty())
        changed[spec.entity->id()].merge(found);
    return {};
}

Result<RowSet> ComputedFields::update(const std::vector<RowEvent> &events, const QString &currency)
{
    RowSet changed;
    for (const Spec &spec : m_specs) {
        if (spec.rollUp)
            FIELDFARE_TRY(rollUp(spec, events, currency, changed));
        else
            FIELDFARE_TRY(lookUp(spec, events, currency, changed));
    }
    return changed;
}

Result<void> ComputedFields::recomputeAll(const QString &currency)
{
    for (const Spec &spec : m_specs)
        FIELDFARE_TRY(derive(spec, QString(), currency, nullptr));
    return {};
}

} // namespace fieldfare::store
