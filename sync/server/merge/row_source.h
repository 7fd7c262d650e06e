// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/catalog.h"
#include "core/rights/rights_source.h"
#include "sync/server/merge/server_storage.h"

#include <map>

namespace fieldfare::server {

struct WorkingRow;

/// The server's rows as rights are read from, those of a group under decision as it would leave them. Lives inside one
/// transaction of the storage.
class RowSource final : public rights::RightsSource {
public:
    using Working = std::map<std::pair<model::EntityId, base::Id>, WorkingRow>;

    RowSource(ServerStorage &storage, const model::Catalog &catalog, const Working *working = nullptr) : m_storage(storage), m_catalog(catalog), m_working(working) {}

    base::Result<std::optional<model::Record>> find(model::EntityId entity, const base::Id &id) override;
    base::Result<std::vector<model::Record>> all(model::EntityId entity) override;

private:
    [[nodiscard]] std::optional<model::Record> recordOf(const changes::ReplicatedRow &row) const;

    ServerStorage &m_storage;
    const model::Catalog &m_catalog;
    const Working *m_working;
};

} // namespace fieldfare::server
