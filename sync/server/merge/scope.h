// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/rights/rights.h"
#include "sync/server/merge/server_storage.h"

namespace fieldfare::server {

/// A user with these rights sees rows of the entity that have this label.
[[nodiscard]] bool sees(const rights::Rights &rights, model::EntityId entity, const Label &label);

/// What one user sees, as of one snapshot (core/changes/docs/scopes.md).
struct Scope {
    /// Which scope it is: 0 when everything is seen, else the version of the newest change that it follows from. Of one user it never
    /// has the same number again once it was another one, but for "everything".
    changes::Version number = 0;
    LabelSet labels;                   ///< Unless everything is seen.
    std::set<model::EntityId> hidden;  ///< Kinds of which nothing is seen, whatever their labels.

    [[nodiscard]] bool isAll() const { return number == 0; }
    [[nodiscard]] bool sees(model::EntityId entity, LabelNumber label) const { return isAll() || (labels.contains(label) && !hidden.contains(entity)); }
    /// With what it says of another kind.
    [[nodiscard]] bool sees(const model::Catalog &catalog, const LabelledRow &row) const;
};

/// The kind of the record that a conflict is about: whoever sees nothing of that kind must not read its values there.
[[nodiscard]] std::optional<model::EntityId> kindSpokenOf(const model::Catalog &catalog, const changes::ReplicatedRow &row);

/// Inside a transaction of the storage, read or write. Errors are the storage's.
[[nodiscard]] base::Result<Scope> scopeOf(ServerStorage &storage, const model::Catalog &catalog, const base::Id &user);

} // namespace fieldfare::server
