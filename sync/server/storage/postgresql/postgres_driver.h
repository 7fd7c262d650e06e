// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/storage/database_driver.h"
#include "sync/server/storage/postgresql/postgres_error.h"
#include "sync/server/storage/postgresql/postgres_handle.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace fieldfare::server {

/// A connection to the company's database in PostgreSQL, through libpq.
///
/// For reading, a transaction is one snapshot (REPEATABLE READ READ ONLY). For writing it is READ COMMITTED: what makes it safe is
/// that SqlServerStorage::write() locks the counter's row first, so that one process writes at a time.
///
/// A lost connection ends the transaction; recovers() connects anew. A commit whose answer was lost is looked up by the
/// transaction's id (pg_xact_status), so that nothing is done twice and nothing is taken for done that is not.
class PostgresDriver final : public storage::DatabaseDriver {
public:
    /// Connects. As connectPostgres().
    [[nodiscard]] static base::Result<std::unique_ptr<PostgresDriver>> open(PostgresUrl url);

    [[nodiscard]] storage::Dialect dialect() const override { return storage::Dialect::PostgreSql; }
    [[nodiscard]] base::Result<std::unique_ptr<storage::StatementDriver>> prepare(const QByteArray &sql) override;
    [[nodiscard]] base::Result<void> execute(const QString &sql) override;
    [[nodiscard]] base::Result<void> begin(bool isForWriting) override;
    [[nodiscard]] base::Result<void> commit() override;
    void rollback() override;
    [[nodiscard]] bool isInTransaction() const override { return m_isInTransaction; }
    [[nodiscard]] int changes() const override { return m_changes; }
    void interrupt() override;
    [[nodiscard]] bool recovers() override;
    [[nodiscard]] bool wasCommitted() override;

    /// For statements. Null while the connection is lost inside a transaction; outside of one it is made anew first.
    [[nodiscard]] pg_conn *handle();
    /// Statements that were prepared on an earlier connection are not known any more.
    [[nodiscard]] quint64 generation() const { return m_generation; }
    [[nodiscard]] QByteArray nextName() { return "f" + QByteArray::number(++m_names); }
    /// Takes note of a result that failed (null: none came), and makes the error of it.
    [[nodiscard]] base::Error failed(const pg_result *result, const QString &context);
    void setChanges(int changes) { m_changes = changes; }

private:
    explicit PostgresDriver(PostgresUrl url) : m_url(std::move(url)) {}
    [[nodiscard]] base::Result<void> connect();
    [[nodiscard]] base::Result<PostgresResult> run(const QByteArray &sql, const QString &context);
    void takeHandle(PostgresHandle handle);
    /// False: interrupted.
    [[nodiscard]] bool waitFor(std::chrono::milliseconds time);
    [[nodiscard]] bool waitBefore(int attempt);

    const PostgresUrl m_url;
    std::mutex m_mutex; ///< interrupt() against a new connection
    std::condition_variable m_interrupted;
    bool m_isInterrupted = false; ///< Since begin().
    PostgresHandle m_handle;
    quint64 m_generation = 0;
    quint64 m_names = 0;
    bool m_isInTransaction = false;
    bool m_isCommitting = false;
    int m_changes = 0;
    QByteArray m_transactionId; ///< Of the transaction for writing.
    PostgresFailure m_failure = PostgresFailure::None;
    int m_tries = 0;
};

} // namespace fieldfare::server
