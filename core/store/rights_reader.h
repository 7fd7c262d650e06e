// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rights/permission.h"
#include "core/store/record_reader.h"

namespace fieldfare::store {

/// A device's tables, as rights are read from them. On the connection's thread, in its transaction.
class RightsReader final : public rights::RightsSource {
public:
    RightsReader(storage::Connection &connection, RecordReader &reader) : m_connection(connection), m_reader(reader) {}

    base::Result<std::optional<model::Record>> find(model::EntityId entity, const base::Id &id) override { return m_reader.find(entity, id); }
    base::Result<std::vector<model::Record>> all(model::EntityId entity) override;

private:
    storage::Connection &m_connection;
    RecordReader &m_reader;
};

} // namespace fieldfare::store
