// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/server/storage/postgresql/postgres_driver.h"

#include "core/base/logging.h"
#include "sync/server/storage/postgresql/postgres_sql.h"
#include "sync/server/storage/postgresql/postgres_statement.h"

#include <QRandomGenerator>

#include <libpq-fe.h>

#include <algorithm>
#include <chrono>

namespace fieldfare::server {

using base::Error;
using base::ErrorCode;
using base::Result;

namespace {

using namespace std::chrono_literals;

/// 20, 40, ... 1,280 ms and a half of that by chance: some 5 s in all. After that the client hears ServerBusy and comes again.
constexpr int kMostTries = 8;
constexpr auto kFirstWait = 20ms;
constexpr int kMostDoublings = 6;
/// For the process that ran a commit whose answer was lost to end it.
constexpr auto kLookAgain = 50ms;
constexpr int kMostLooks = 200;

} // namespace

Result<std::unique_ptr<PostgresDriver>> PostgresDriver::open(PostgresUrl url)
{
    std::unique_ptr<PostgresDriver> driver(new PostgresDriver(std::move(url)));
    FIELDFARE_TRY(driver->connect());
    return driver;
}

void PostgresDriver::takeHandle(PostgresHandle handle)
{
    const std::lock_guard lock(m_mutex);
    m_handle = std::move(handle);
}

bool PostgresDriver::waitFor(std::chrono::milliseconds time)
{
    std::unique_lock lock(m_mutex);
    return !m_interrupted.wait_for(lock, time, [this] { return m_isInterrupted; });
}

bool PostgresDriver::waitBefore(int attempt)
{
    const std::chrono::milliseconds longest = kFirstWait * (1 << std::min(attempt, kMostDoublings));
    return waitFor(longest / 2 + std::chrono::milliseconds(QRandomGenerator::global()->bounded(int(longest.count()))));
}

Result<void> PostgresDriver::connect()
{
    takeHandle(nullptr); // its transaction ends at the database before the next one begins
    auto connected = connectPostgres(m_url);
    if (!connected.ok()) {
        m_failure = connected.error().code == ErrorCode::ServerBusy ? PostgresFailure::Lost : PostgresFailure::Permanent;
        return connected.error();
    }
    takeHandle(std::move(connected).value());
    ++m_generation;
    return {};
}

pg_conn *PostgresDriver::handle()
{
    if (m_handle != nullptr && PQstatus(m_handle.get()) == CONNECTION_OK)
        return m_handle.get();
    if (m_isInTransaction || !connect().ok())
        return nullptr;
    return m_handle.get();
}

Error PostgresDriver::failed(const pg_result *result, const QString &context)
{
    const bool isBroken = m_handle == nullptr || PQstatus(m_handle.get()) != CONNECTION_OK;
    m_failure = isBroken ? PostgresFailure::Lost : postgresFailure(sqlStateOf(result));
    if (m_failure == PostgresFailure::Lost && !isBroken)
        takeHandle(nullptr); // such as a server that takes no more writes: another one may
    Error error = postgresError(m_handle.get(), result, context);
    if (m_failure == PostgresFailure::Lost)
        error.code = ErrorCode::ServerBusy;
    return error;
}

Result<PostgresResult> PostgresDriver::run(const QByteArray &sql, const QString &context)
{
    pg_conn *const connection = handle();
    if (connection == nullptr)
        return failed(nullptr, context);
    PostgresResult result(PQexec(connection, sql.constData()));
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        return failed(result.get(), context);
    return result;
}

Result<std::unique_ptr<storage::StatementDriver>> PostgresDriver::prepare(const QByteArray &sql)
{
    return std::unique_ptr<storage::StatementDriver>(std::make_unique<PostgresStatement>(*this, postgresSql(sql)));
}

Result<void> PostgresDriver::execute(const QString &sql)
{
    FIELDFARE_TRY(run(postgresSql(sql.toUtf8()), QStringLiteral("running \"%1\"").arg(sql.left(200).simplified())));
    return {};
}

Result<void> PostgresDriver::begin(bool isForWriting)
{
    if (m_isInTransaction)
        return {ErrorCode::Internal, QStringLiteral("a transaction inside another")};
    m_failure = PostgresFailure::None;
    m_transactionId.clear();
    {
        const std::lock_guard lock(m_mutex);
        m_isInterrupted = false;
    }
    FIELDFARE_ASSIGN(const PostgresResult begun,
                     run(isForWriting ? QByteArrayLiteral("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SELECT pg_current_xact_id()::text")
                                      : QByteArrayLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                         QStringLiteral("beginning a transaction")));
    if (isForWriting && PQntuples(begun.get()) == 1)
        m_transactionId = PQgetvalue(begun.get(), 0, 0);
    m_isInTransaction = true;
    return {};
}

Result<void> PostgresDriver::commit()
{
    m_isCommitting = true;
    auto committed = run(QByteArrayLiteral("COMMIT"), QStringLiteral("committing"));
    m_isCommitting = false;
    if (!committed.ok()) {
        m_isCommitting = m_failure == PostgresFailure::Lost; // until wasCommitted() has looked
        return committed.error();
    }
    m_isInTransaction = false;
    if (qstrcmp(PQcmdStatus(committed->get()), "COMMIT") != 0) // a statement had failed before
        return {ErrorCode::Internal, QStringLiteral("the database rolled back instead of committing")};
    m_tries = 0;
    return {};
}

void PostgresDriver::rollback()
{
    if (!m_isInTransaction)
        return;
    if (m_handle != nullptr && PQstatus(m_handle.get()) == CONNECTION_OK) {
        const PostgresResult ended(PQexec(m_handle.get(), "ROLLBACK"));
        if (PQresultStatus(ended.get()) != PGRES_COMMAND_OK)
            takeHandle(nullptr); // whatever it was in the middle of ends with the connection
    }
    m_isInTransaction = false;
    if (m_failure == PostgresFailure::None)
        m_tries = 0;
}

bool PostgresDriver::recovers()
{
    const PostgresFailure failure = std::exchange(m_failure, PostgresFailure::None);
    const bool isWorthIt = failure == PostgresFailure::Again || failure == PostgresFailure::Lost;
    if (!isWorthIt || m_isInTransaction || m_tries >= kMostTries) {
        m_tries = 0;
        return false;
    }
    qCWarning(lcServer) << (failure == PostgresFailure::Lost ? "the database was lost; trying again" : "the database asks to try again");
    return waitBefore(m_tries++);
}

bool PostgresDriver::wasCommitted()
{
    if (!std::exchange(m_isCommitting, false) || m_transactionId.isEmpty())
        return false;
    const QByteArray question = "SELECT pg_xact_status('" + m_transactionId + "'::xid8)"; // digits, by the database itself
    for (int look = 0; look < kMostLooks; ++look) {
        const auto answer = run(question, QStringLiteral("asking what became of a commit"));
        if (!answer.ok()) {
            if (m_failure != PostgresFailure::Lost)
                break; // not the same database any more, or so long ago that it forgot
            if (!waitBefore(look))
                break;
            continue;
        }
        const QByteArray status = PQntuples(answer->get()) == 1 ? QByteArray(PQgetvalue(answer->get(), 0, 0)) : QByteArray();
        if (status == "committed" || status == "aborted") {
            m_failure = status == "committed" ? PostgresFailure::None : PostgresFailure::Lost;
            m_tries = status == "committed" ? 0 : m_tries;
            qCWarning(lcServer) << "the answer to a commit was lost; it was" << status;
            return status == "committed";
        }
        if (status != "in progress" || !waitFor(kLookAgain))
            break;
    }
    qCWarning(lcServer) << "the answer to a commit was lost, and nothing tells what became of it: clients have to ask again";
    m_failure = PostgresFailure::Permanent; // to do it again could do it twice
    return false;
}

void PostgresDriver::interrupt()
{
    const std::lock_guard lock(m_mutex);
    m_isInterrupted = true;
    m_interrupted.notify_all();
    if (m_handle == nullptr)
        return;
    PGcancel *const cancel = PQgetCancel(m_handle.get());
    char said[256];
    if (cancel != nullptr && PQcancel(cancel, said, int(sizeof said)) == 0)
        qCWarning(lcServer) << "a query could not be interrupted";
    PQfreeCancel(cancel);
}

} // namespace fieldfare::server
