// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/connection.h"

#include <utility>

namespace fieldfare::storage {

/// While it lives, the connection is set up for transactions of thousands of rows (Connection::setBulkWriting). Belongs to the
/// connection's thread and must go before the connection.
class BulkWriting {
public:
    [[nodiscard]] static base::Result<BulkWriting> begin(Connection &connection)
    {
        FIELDFARE_TRY(connection.setBulkWriting(true));
        return BulkWriting(connection);
    }
    BulkWriting(BulkWriting &&other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}
    BulkWriting &operator=(BulkWriting &&other) noexcept
    {
        std::swap(m_connection, other.m_connection);
        return *this;
    }
    /// Connection::lostCommit().
    [[nodiscard]] base::Result<void> lostCommit() const { return m_connection->lostCommit(); }
    ~BulkWriting()
    {
        // What could fail is moving the log into the file, which the next commit tries again; lostCommit() was to be asked.
        if (m_connection != nullptr)
            static_cast<void>(m_connection->setBulkWriting(false));
    }

private:
    explicit BulkWriting(Connection &connection) : m_connection(&connection) {}

    Connection *m_connection;
};

} // namespace fieldfare::storage
