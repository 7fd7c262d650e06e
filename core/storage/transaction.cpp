// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/storage/transaction.h"

#include "core/base/logging.h"
#include "core/storage/connection.h"

#include <utility>

namespace fieldfare::storage {

base::Result<Transaction> Transaction::begin(Connection &connection, Mode mode)
{
    if (DatabaseDriver *const driver = connection.driver()) {
        FIELDFARE_TRY(driver->begin(mode == Mode::Immediate));
        return Transaction(connection);
    }
    FIELDFARE_TRY(connection
                      .statement(mode == Mode::Immediate ? QLatin1StringView("BEGIN IMMEDIATE")
                                                         : QLatin1StringView("BEGIN DEFERRED"))
                      .run());
    return Transaction(connection);
}

Transaction::Transaction(Transaction &&other) noexcept : m_connection(std::exchange(other.m_connection, nullptr)) {}

Transaction::~Transaction()
{
    rollback();
}

base::Result<void> Transaction::commit()
{
    if (m_connection == nullptr)
        return {base::ErrorCode::Internal, QStringLiteral("commit of an ended transaction")};
    DatabaseDriver *const driver = m_connection->driver();
    auto done = driver != nullptr ? driver->commit() : m_connection->statement(QLatin1StringView("COMMIT")).run();
    if (!done.ok())
        rollback();
    m_connection = nullptr;
    return done;
}

base::Result<void> Transaction::commitLater()
{
    if (m_connection == nullptr || !m_connection->writesBehind() || m_connection->m_behind->openStatements > 0)
        return commit();
    Connection &connection = *std::exchange(m_connection, nullptr);
    connection.m_behind->addCommit(connection.statement(QLatin1StringView("COMMIT")));
    return {};
}

void Transaction::rollback()
{
    if (m_connection != nullptr)
        static_cast<void>(m_connection->m_behind->settle()); // a write that failed goes with the others
    if (m_connection != nullptr && m_connection->driver() != nullptr)
        std::exchange(m_connection, nullptr)->driver()->rollback();
    // SQLite may have rolled back by itself after an error; then there is nothing left to do.
    if (m_connection != nullptr && m_connection->isInTransaction()) {
        const auto done = m_connection->statement(QLatin1StringView("ROLLBACK")).run();
        if (!done.ok())
            qCWarning(lcStorage) << "rollback failed:" << done.error().detail;
    }
    m_connection = nullptr;
}

} // namespace fieldfare::storage
