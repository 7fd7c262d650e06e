// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/model/catalog.h"
#include "core/storage/connection.h"
#include "sync/server/accounts/accounts.h"
#include "sync/server/accounts/company_seeds.h"
#include "sync/server/merge/merger.h"
#include "sync/server/storage/postgresql/postgres_driver.h"
#include "sync/server/storage/server_schema.h"
#include "sync/server/storage/sql_server_storage.h"
#include "tests/testlib/postgres_server.h"

#include <QTest>

namespace fieldfare::tests {

/// Time that stands still unless a test moves it.
class StillClock final : public base::Clock {
public:
    [[nodiscard]] std::int64_t wallMs() const override { return now; }
    [[nodiscard]] std::int64_t bootMs() const override { return now - 1'000'000'000'000; }
    [[nodiscard]] QByteArray bootId() const override { return QByteArray(16, 'b'); }
    std::int64_t now = 1'795'000'000'000; // 2026-11-18
};

/// Where the stores of this run are: in memory (SQLite), or in a PostgreSQL of the test's own. ctest runs the tests with both.
inline bool storesAreInPostgres()
{
    return qEnvironmentVariable("FIELDFARE_TEST_STORE") == QLatin1String("postgresql");
}

/// To a database without tables.
inline std::unique_ptr<storage::Connection> newStoreConnection()
{
#if defined(Q_OS_UNIX)
    if (storesAreInPostgres()) {
        testlib::PostgresServer &server = testlib::PostgresServer::ofThisProgram();
        auto driver = server::PostgresDriver::open(server::PostgresUrl::parse(server.url(server.newDatabase())).value());
        if (!driver.ok())
            qFatal("%s", qPrintable(driver.error().detail));
        return storage::Connection::over(std::move(driver).value());
    }
#endif
    storage::OpenOptions options;
    options.inMemory = true;
    auto opened = storage::Connection::open(options);
    Q_ASSERT(opened.ok());
    return std::move(opened).value();
}

/// A server's store, with one company.
struct ServerStore {
    StillClock clock;
    base::SystemRandom random;
    model::CatalogPointer catalog;
    std::unique_ptr<storage::Connection> connection;
    std::unique_ptr<server::SqlServerStorage> tables;
    std::unique_ptr<server::Merger> merger;
    std::unique_ptr<server::TokenSigner> signer;
    std::unique_ptr<server::Accounts> accounts;
    base::IdGenerator ids{clock, random};

    explicit ServerStore(model::CatalogPointer c = model::Catalog::standard(), bool withSeeds = false) : catalog(std::move(c))
    {
        connection = newStoreConnection();
        const auto created = server::ServerSchema::create(
            *connection, *catalog, {ids.next(), QStringLiteral("Company"), QStringLiteral("USD")}, random);
        if (!created.ok())
            qFatal("%s", qPrintable(created.error().detail));
        auto openedTables = server::SqlServerStorage::open(*connection, catalog);
        tables = std::move(*openedTables);
        merger = std::make_unique<server::Merger>(*tables, catalog, clock);
        signer = std::make_unique<server::TokenSigner>(QByteArray(32, 'k'), clock);
        accounts = std::make_unique<server::Accounts>(*tables, *merger, catalog, *signer, clock, random);
        if (withSeeds && !tables->write([this] { return server::seedCompany(*merger, *catalog); }).ok())
            qFatal("seeds");
    }

    /// What `work` gives, in a transaction of its own.
    template <typename Work>
    auto written(const Work &work) -> decltype(work())
    {
        decltype(work()) answer(base::ErrorCode::Internal, QString());
        (void)tables->write([&]() -> base::Result<void> {
            answer = work();
            return answer.ok() ? base::Result<void>() : base::Result<void>(answer.error());
        });
        return answer;
    }
    [[nodiscard]] model::EntityId entity(const char *name) const { return catalog->entity(QString::fromLatin1(name))->id(); }
    [[nodiscard]] model::FieldKey key(const char *entityName, const char *field) const
    {
        return catalog->entity(QString::fromLatin1(entityName))->field(QString::fromLatin1(field))->key;
    }
};

} // namespace fieldfare::tests

/// Leaves the test function when a Result failed, and says why.
#define FIELDFARE_VERIFY_OK(expression)                                                                                \
    do {                                                                                                               \
        const auto &fieldfareVerified = (expression);                                                                   \
        QVERIFY2(fieldfareVerified.ok(), fieldfareVerified.ok() ? "" : qPrintable(fieldfareVerified.error().detail));  \
    } while (false)
