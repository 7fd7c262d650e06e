// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/store/row_event.h"

#include <map>
#include <set>

namespace fieldfare::store {

/// Rows by entity, each once.
using RowSet = std::map<model::EntityId, std::set<base::Id>>;

/// Derived fields (ComputedSpec): look-ups into the record that a reference points to, and roll-ups over the rows that point
/// here. They are written for the rows that a batch of events touches, by one statement a field and batch, never logged.
/// Look-ups come first, as roll-ups may choose by them (customer.open_amount by deal.state). Sums of money count
/// amounts in the company's currency only. Trashed rows count nowhere.
class ComputedFields {
public:
    ComputedFields(storage::Connection &connection, model::CatalogPointer catalog);

    void setCatalog(model::CatalogPointer catalog);
    /// Derives what the events touch; returns the rows whose derived values changed. Needs their transaction.
    base::Result<RowSet> update(const std::vector<RowEvent> &events, const QString &currency);
    /// Derives all fields of all rows.
    base::Result<void> recomputeAll(const QString &currency);

private:
    struct Spec {
        const model::Entity *entity = nullptr;  ///< That has the derived field.
        const model::Field *field = nullptr;
        const model::Entity *source = nullptr;  ///< Where the value is: the target of the look-up, or the child.
        const model::Field *reference = nullptr; ///< Of `entity` for a look-up, of `source` for a roll-up.
        const model::Field *value = nullptr;    ///< Of `source`.
        const model::Field *where = nullptr;    ///< Of `source`; null for all.
        QString whereValue;
        model::Aggregate aggregate = model::Aggregate::Max;
        bool rollUp = false;
    };
    using Ids = std::set<base::Id>;

    void readSpecs();
    base::Result<void> lookUp(const Spec &spec, const std::vector<RowEvent> &events, const QString &currency, RowSet &changed);
    base::Result<void> rollUp(const Spec &spec, const std::vector<RowEvent> &events, const QString &currency, RowSet &changed);
    base::Result<void> addParents(const Spec &spec, const Ids &children, Ids &parents);
    /// Runs the spec's statement for rows of its entity where `condition` holds (empty for all).
    base::Result<void> derive(const Spec &spec, const QString &condition, const QString &currency, Ids *changed);

    storage::Connection &m_connection;
    model::CatalogPointer m_catalog;
    std::vector<Spec> m_specs;
};

} // namespace fieldfare::store
