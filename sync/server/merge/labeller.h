// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "sync/server/merge/merger_mutants.h"
#include "sync/server/merge/server_storage.h"

namespace fieldfare::server {

/// The field by which rows of the entity hang on others: its parentField, or which record a conflict is about. Null for roots.
[[nodiscard]] const model::Field *hangsOnField(const model::Catalog &catalog, const model::Entity &entity);
/// Rows that hang on nothing are for everybody: choices, tags, teams, users. All else without owner and team is in its kind's pool.
[[nodiscard]] bool isForEverybody(const model::Catalog &catalog, const model::Entity &entity);

/// The fields that say whose a row is that hangs on nothing; null where it has none.
struct PlaceFields {
    const model::Field *owner = nullptr;
    const model::Field *team = nullptr;
};
[[nodiscard]] PlaceFields placeFields(const model::Entity &entity);

/// The kind by whose rights a row is judged that hangs on nothing that is here: of a contact without a customer, customers.
[[nodiscard]] model::EntityId rootKind(const model::Entity &entity);

/// Rules 1 to 3 of core/changes/docs/scopes.md: which label a row has, and that all which hangs on it follows. Inside the storage's
/// write transaction. Errors are the storage's.
class Labeller {
public:
    Labeller(ServerStorage &storage, const model::Catalog &catalog, const MergerMutants &mutants) : m_storage(storage), m_catalog(catalog), m_mutants(mutants) {}

    /// The field says where its row belongs.
    [[nodiscard]] bool isPlace(model::EntityId entity, const model::FieldKey &field) const;
    /// What it hangs on must be in the storage, with its label.
    [[nodiscard]] base::Result<LabelNumber> labelOf(const changes::ReplicatedRow &row);
    /// The stored row, and what hangs on it, has the label that its fields say, as of this version.
    [[nodiscard]] base::Result<void> follow(const model::Reference &row, changes::Version version);

private:
    /// False when it has that label already, or is not there.
    [[nodiscard]] base::Result<bool> move(const model::Reference &row, LabelNumber to, changes::Version version);

    ServerStorage &m_storage;
    const model::Catalog &m_catalog;
    const MergerMutants &m_mutants;
};

} // namespace fieldfare::server
