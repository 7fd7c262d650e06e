// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

namespace fieldfare::storage {

class Connection;

/// A transaction for a scope: begun by begin(), ended by commit() or rollback(), rolled back by the destructor
/// otherwise. One at a time a connection (no nesting). Move only. Must not outlive the connection; same thread.
class [[nodiscard]] Transaction {
public:
    enum class Mode {
        Deferred,  ///< For reading: one snapshot from the first read on.
        Immediate, ///< For writing: takes the write lock at once, so it cannot fail half-way for want of it.
    };

    /// Fails with ProfileInUse when another connection writes (Immediate).
    static base::Result<Transaction> begin(Connection &connection, Mode mode);

    Transaction(Transaction &&other) noexcept;
    Transaction &operator=(Transaction &&) = delete;
    Transaction(const Transaction &) = delete;
    Transaction &operator=(const Transaction &) = delete;
    ~Transaction();

    /// Durable on return with synchronous=FULL. On failure everything is rolled back.
    [[nodiscard]] base::Result<void> commit();
    /// As commit(), but where Connection::writesBehind(), it may still have to run: Connection::lostCommit() says whether it
    /// failed, and then nothing of the transaction is left.
    [[nodiscard]] base::Result<void> commitLater();
    /// Ends without effect. Harmless when the transaction has ended.
    void rollback();
    [[nodiscard]] bool isActive() const { return m_connection != nullptr; }

private:
    explicit Transaction(Connection &connection) : m_connection(&connection) {}

    Connection *m_connection;
};

} // namespace fieldfare::storage
