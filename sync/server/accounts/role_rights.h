// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rights/rights.h"
#include "sync/server/merge/merger.h"

namespace fieldfare::server {

/// What is said of one role about one entity.
struct RoleRight {
    QString role;
    QString entity; ///< Its name.
    rights::EntityRights rights;
};

/// What is to be said; what is empty stays as it is, or as where nothing was said.
struct RoleRightChange {
    QString role;
    QString entity;
    std::optional<rights::Reach> edit = {};
    std::optional<rights::Reach> remove = {};
    std::optional<bool> create = {};
    std::optional<bool> exports = {};
    std::optional<rights::Reach> see = {};
    std::optional<bool> seePool = {};
};

/// The rights of roles (core/rights/docs/rights.md), which the server alone writes and every device gets. Inside the storage's write();
/// list() inside read() as well. One at a time per storage.
class RoleRights {
public:
    RoleRights(ServerStorage &storage, Merger &merger, model::CatalogPointer catalog) : m_storage(storage), m_merger(merger), m_catalog(std::move(catalog)) {}

    /// By role, then entity.
    [[nodiscard]] base::Result<std::vector<RoleRight>> list();
    /// UnknownChoice for a role that is not in the list user_role; UnknownEntity; InvalidArgument for the system administrator, who may
    /// everything, for entities that the server alone writes, and where what hangs on other records (parentField) is to be seen by place: it is
    /// seen with its record, or not at all.
    [[nodiscard]] base::Result<RoleRight> set(const RoleRightChange &change);

private:
    [[nodiscard]] model::FieldKey key(const char *field) const;
    [[nodiscard]] RoleRight read(const changes::ReplicatedRow &row) const;

    ServerStorage &m_storage;
    Merger &m_merger;
    model::CatalogPointer m_catalog;
};

/// The keys of a list of choices that are not retired, in the order of ids.
[[nodiscard]] base::Result<QStringList> choiceKeys(ServerStorage &storage, const model::Catalog &catalog, QLatin1StringView list);

} // namespace fieldfare::server
