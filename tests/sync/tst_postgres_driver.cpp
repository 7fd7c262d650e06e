// SPDX-FileCopyrightText: 2026 Fieldfare contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of transactions when the database is lost, refuses them, or has several writers: sync/server/docs/postgresql.md.
#include "core/storage/passphrase.h"
#include "sync/server/storage/postgresql/postgres_listener.h"
#include "sync/server/storage/postgresql/postgres_sql.h"
#include "sync/server/storage/server_database.h"
#include "sync/server/storage/store_check.h"
#include "tests/sync/server_store_fixture.h"

#include <QElapsedTimer>
#include <QSemaphore>
#include <QTemporaryDir>

#include <thread>

using namespace fieldfare;
using namespace fieldfare::server;
using namespace fieldfare::tests;
using base::Result;
using testlib::PostgresServer;

namespace {

/// A company in PostgreSQL, and a further process's view of it.
struct Company {
    PostgresServer &server = PostgresServer::ofThisProgram();
    QString database = server.newDatabase();
    PostgresUrl url = PostgresUrl::parse(server.url(database)).value();
    base::SystemRandom random;
    model::CatalogPointer catalog = model::Catalog::standard();

    struct Process {
        std::unique_ptr<storage::Connection> connection;
        std::unique_ptr<SqlServerStorage> tables;
    };
    Process process = connect();

    Company() { reopen(); }

    [[nodiscard]] std::unique_ptr<storage::Connection> connection() const
    {
        auto driver = PostgresDriver::open(url);
        if (!driver.ok())
            qFatal("%s", qPrintable(driver.error().detail));
        return storage::Connection::over(std::move(driver).value());
    }
    [[nodiscard]] Process connect() const { return {connection(), nullptr}; }
    [[nodiscard]] Process another() const
    {
        Process other = connect();
        other.tables = SqlServerStorage::open(*other.connection, catalog).value();
        return other;
    }
    void reopen()
    {
        const auto made = ServerSchema::create(*process.connection, *catalog, {base::Id::fromName(QStringLiteral("c"), database), QStringLiteral("Company"), QStringLiteral("USD")}, random);
        if (!made.ok())
            qFatal("%s", qPrintable(made.error().detail));
        process.tables = SqlServerStorage::open(*process.connection, catalog).value();
    }
};

/// Something that shows how often it was done.
Result<void> writeOne(SqlServerStorage &tables, const QString &name)
{
    FIELDFARE_ASSIGN(const changes::Version version, tables.nextVersion());
    return tables.putChange({version, 1, base::Id::fromName(QStringLiteral("row"), name), kEverybody, ChangeEntry::Kind::Written});
}

qint64 entries(SqlServerStorage &tables)
{
    return *tables.connection().queryInt64(QLatin1StringView("SELECT count(*) FROM change_index"));
}

} // namespace

class TestPostgresDriver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLostConnectionIsMadeAnew()
    {
        Company company;
        int calls = 0;
        FIELDFARE_VERIFY_OK(company.process.tables->write([&]() -> Result<void> {
            FIELDFARE_TRY(writeOne(*company.process.tables, QStringLiteral("a")));
            if (++calls < 3) // in the middle of it
                company.server.terminateBackends(company.database);
            return writeOne(*company.process.tables, QStringLiteral("b"));
        }));
        QCOMPARE(calls, 3);
        QCOMPARE(entries(*company.process.tables), 2);
        // While it idles; and for reading.
        QCOMPARE(company.server.terminateBackends(company.database), 1);
        quint64 count = 1;
        FIELDFARE_VERIFY_OK(company.process.tables->read([&]() -> Result<void> {
            FIELDFARE_ASSIGN(count, company.process.tables->rowCount(company.catalog->entities().first().id()));
            return {};
        }));
        QCOMPARE(count, 0U);
    }

    void aServerThatCrashesComesBack()
    {
        Company company;
        FIELDFARE_VERIFY_OK(company.process.tables->write([&] { return writeOne(*company.process.tables, QStringLiteral("a")); }));
        company.server.crash();
        const auto failed = company.process.tables->write([&] { return writeOne(*company.process.tables, QStringLiteral("b")); });
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, base::ErrorCode::ServerBusy); // clients come again
        QCOMPARE(company.server.start(), QString());
        FIELDFARE_VERIFY_OK(company.process.tables->write([&] { return writeOne(*company.process.tables, QStringLiteral("c")); }));
        QCOMPARE(entries(*company.process.tables), 2);
    }

    /// The commit is kept waiting for a standby that there is not, and its connection ended meanwhile: the database has it, and
    /// nobody was told.
    void aCommitWhoseAnswerWasLostIsNotDoneTwice()
    {
        Company company;
        static_cast<void>(company.server.query(company.database, QStringLiteral("ALTER SYSTEM SET synchronous_standby_names='nobody'")));
        static_cast<void>(company.server.query(company.database, QStringLiteral("SELECT pg_reload_conf()")));
        const auto waits = QStringLiteral("SELECT count(*) FROM pg_stat_activity WHERE datname=current_database() AND wait_event='SyncRep'");
        bool isCut = false;
        std::thread cutter([&] {
            QElapsedTimer patience;
            patience.start();
            while (patience.elapsed() < 20'000 && company.server.query(company.database, waits) == QLatin1String("0"))
                std::this_thread::yield();
            isCut = company.server.terminateBackends(company.database) == 1;
            static_cast<void>(company.server.query(company.database, QStringLiteral("ALTER SYSTEM RESET synchronous_standby_names")));
            static_cast<void>(company.server.query(company.database, QStringLiteral("SELECT pg_reload_conf()")));
        });
        int calls = 0;
        const auto done = company.process.tables->write([&] {
            ++calls;
            return writeOne(*company.process.tables, QStringLiteral("a"));
        });
        cutter.join();
        FIELDFARE_VERIFY_OK(done);
        QVERIFY(isCut);
        QCOMPARE(calls, 1);
        QCOMPARE(entries(*company.process.tables), 1);
        FIELDFARE_VERIFY_OK(company.process.tables->write([&] { return writeOne(*company.process.tables, QStringLiteral("b")); }));
        QCOMPARE(entries(*company.process.tables), 2);
    }

    /// The connection ends while the database commits, before it has.
    void aCommitThatWasCutOffIsDoneAgain()
    {
        Company company;
        FIELDFARE_VERIFY_OK(company.process.connection->execute(QLatin1StringView(
            "CREATE TABLE cuts(no INTEGER);"
            "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NULL; END';"
            "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON cuts DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION cut()")));
        int calls = 0;
        FIELDFARE_VERIFY_OK(company.process.tables->write([&]() -> Result<void> {
            if (++calls == 1)
                FIELDFARE_TRY(company.process.connection->execute(QLatin1StringView("INSERT INTO cuts VALUES(1)")));
            return writeOne(*company.process.tables, QStringLiteral("a"));
        }));
        QCOMPARE(calls, 2);
        QCOMPARE(entries(*company.process.tables), 1);
        QCOMPARE(*company.process.connection->queryInt64(QLatin1StringView("SELECT count(*) FROM cuts")), 0);
    }

    void whatTheDatabaseAsksForIsTriedAgain_data()
    {
        QTest::addColumn<QString>("state");
        QTest::newRow("serialization") << QStringLiteral("40001");
        QTest::newRow("deadlock") << QStringLiteral("40P01");
        QTest::newRow("lock not available") << QStringLiteral("55P03");
    }
    void whatTheDatabaseAsksForIsTriedAgain()
    {
        QFETCH(const QString, state);
        Company company;
        const QString refusal = QStringLiteral("DO 'BEGIN RAISE EXCEPTION USING ERRCODE=''%1''; END'").arg(state);
        int calls = 0;
        FIELDFARE_VERIFY_OK(company.process.tables->write([&]() -> Result<void> {
            FIELDFARE_TRY(writeOne(*company.process.tables, QString::number(++calls)));
            return calls < 3 ? company.process.connection->execute(refusal) : Result<void>();
        }));
        QCOMPARE(calls, 3);
        QCOMPARE(entries(*company.process.tables), 1);
        // Not for ever
        calls = 0;
        const auto failed = company.process.tables->write([&]() -> Result<void> {
            ++calls;
            return company.process.connection->execute(refusal);
        });
        QVERIFY(!failed.ok());
        QCOMPARE(failed.error().code, base::ErrorCode::ServerBusy);
        QCOMPARE(calls, 9);
    }

    /// A process that was stopped in the middle holds the counter; the database ends its transaction, and the others go on.
    void whoIdlesInTheMiddleKeepsNobodyWaiting()
    {
        Company company;
        Company::Process other = company.another();
        int calls = 0;
        FIELDFARE_VERIFY_OK(company.process.tables->write([&]() -> Result<void> {
            if (++calls == 1) {
                FIELDFARE_TRY(company.process.connection->execute(QLatin1StringView("SET idle_in_transaction_session_timeout='300ms'")));
                FIELDFARE_TRY(other.tables->write([&] { return writeOne(*other.tables, QStringLiteral("other")); })); // waits for the lock
            }
            return writeOne(*company.process.tables, QStringLiteral("own"));
        }));
        QCOMPARE(calls, 2);
        QCOMPARE(entries(*company.process.tables), 2);
        QCOMPARE(*company.process.connection->queryInt64(QLatin1StringView("SELECT count(DISTINCT seq) FROM change_index")), 2);
        // What every connection is set to.
        storage::Statement &setting = other.connection->statement(QLatin1StringView("SELECT current_setting('idle_in_transaction_session_timeout')"));
        QVERIFY(*setting.step());
        QCOMPARE(setting.text(0), QStringLiteral("15s"));
    }

    void whatFailsForGoodIsTriedOnce()
    {
        Company company;
        int calls = 0;
        QVERIFY(!company.process.tables->write([&]() -> Result<void> {
            ++calls;
            return company.process.connection->execute(QLatin1StringView("SELECT nothing FROM nowhere"));
        }).ok());
        QCOMPARE(calls, 1);
        // A failure inside a part ends the part alone.
        FIELDFARE_VERIFY_OK(company.process.tables->write([&]() -> Result<void> {
            const auto part = company.process.tables->part([&] { return company.process.connection->execute(QLatin1StringView("SELECT nothing FROM nowhere")); });
            return part.ok() ? Result<void>(base::Error{base::ErrorCode::Internal, QStringLiteral("it was fine")}) : writeOne(*company.process.tables, QStringLiteral("a"));
        }));
        QCOMPARE(entries(*company.process.tables), 1);
    }

    void processesGiveOutEachVersionOnce()
    {
        constexpr int kProcesses = 4;
        constexpr int kWrites = 60;
        Company company;
        std::vector<changes::Version> given[kProcesses];
        std::vector<std::thread> threads;
        for (int process = 0; process < kProcesses; ++process) {
            threads.emplace_back([&company, process, &versions = given[process]] {
                Company::Process own = company.another();
                for (int i = 0; i < kWrites; ++i) {
                    const auto done = own.tables->write([&]() -> Result<void> {
                        FIELDFARE_TRY(writeOne(*own.tables, QStringLiteral("%1/%2").arg(process).arg(i)));
                        FIELDFARE_ASSIGN(const changes::Version version, own.tables->counter());
                        versions.push_back(version);
                        return {};
                    });
                    if (!done.ok())
                        qFatal("%s", qPrintable(done.error().detail));
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        std::set<changes::Version> all;
        for (const auto &versions : given) {
            QCOMPARE(versions.size(), size_t(kWrites));
            QVERIFY(std::is_sorted(versions.begin(), versions.end()));
            all.insert(versions.begin(), versions.end());
        }
        QCOMPARE(all.size(), size_t(kProcesses * kWrites));
        QCOMPARE(entries(*company.process.tables), kProcesses * kWrites);
        QCOMPARE(*company.process.connection->queryInt64(QLatin1StringView("SELECT count(DISTINCT seq) FROM change_index")), kProcesses * kWrites);
        // All of them are below the counter that a reader is told.
        FIELDFARE_VERIFY_OK(company.process.tables->read([&]() -> Result<void> {
            FIELDFARE_ASSIGN(const changes::Version newest, company.process.tables->counter());
            return newest == *all.rbegin() ? Result<void>() : Result<void>(base::Error{base::ErrorCode::Internal, QStringLiteral("another counter")});
        }));
    }

    void aPageIsOneMoment()
    {
        Company company;
        Company::Process other = company.another();
        qint64 before = -1;
        qint64 after = -1;
        FIELDFARE_VERIFY_OK(company.process.tables->read([&]() -> Result<void> {
            before = entries(*company.process.tables);
            FIELDFARE_TRY(other.tables->write([&] { return writeOne(*other.tables, QStringLiteral("a")); }));
            after = entries(*company.process.tables);
            return {};
        }));
        QCOMPARE(before, 0);
        QCOMPARE(after, 0);
        QCOMPARE(entries(*company.process.tables), 1);
        // and a page writes nothing
        QVERIFY(!company.process.tables->read([&] { return writeOne(*company.process.tables, QStringLiteral("b")); }).ok());
    }

    void theListenerHearsOfCommitsAndListensAgain()
    {
        Company company;
        QSemaphore heard;
        PostgresListener listener(company.url, [&] { heard.release(); });
        QVERIFY(heard.tryAcquire(1, 20'000)); // it listens, and whoever waits shall look
        FIELDFARE_VERIFY_OK(company.process.tables->write([&] { return writeOne(*company.process.tables, QStringLiteral("a")); }));
        QVERIFY(heard.tryAcquire(1, 20'000));
        QCOMPARE(company.server.terminateBackends(company.database), 2);
        QVERIFY(heard.tryAcquire(1, 20'000)); // it listens again
        FIELDFARE_VERIFY_OK(company.process.tables->write([&] { return writeOne(*company.process.tables, QStringLiteral("b")); }));
        QVERIFY(heard.tryAcquire(1, 20'000));
        // What gives out no version wakes nobody: nothing is there to be heard.
        FIELDFARE_VERIFY_OK(company.process.tables->write([] { return Result<void>(); }));
        QCOMPARE(heard.available(), 0);
    }

    void valuesComeBackAsTheyWent()
    {
        Company company;
        storage::Connection &connection = *company.process.connection;
        FIELDFARE_VERIFY_OK(connection.execute(QLatin1StringView("CREATE TABLE samples(a INTEGER, b REAL, c TEXT, d BLOB)")));
        storage::Statement &put = connection.statement(QLatin1StringView("INSERT INTO samples(a, b, c, d) VALUES(?,?,?,?)"));
        put.bind(1, std::numeric_limits<qint64>::min());
        put.bind(2, 0.1);
        put.bindText(3, QStringLiteral("名 ' \\ \""));
        put.bindBlob(4, QByteArray("\0\xFF'\\", 4));
        FIELDFARE_VERIFY_OK(put.run());
        QCOMPARE(connection.changes(), 1);
        storage::Statement &read = connection.statement(QLatin1StringView("SELECT a, b, c, d, NULL, c='x' FROM samples"));
        QVERIFY(*read.step());
        QCOMPARE(read.int64(0), std::numeric_limits<qint64>::min());
        QCOMPARE(read.real(1), 0.1);
        QCOMPARE(read.text(2), QStringLiteral("名 ' \\ \""));
        QCOMPARE(read.blob(3), QByteArray("\0\xFF'\\", 4));
        QVERIFY(read.isNull(4) && read.blob(4).isNull());
        QCOMPARE(read.int64(5), 0);
        QVERIFY(!*read.step());
        // Unbound is NULL; a text that this database cannot hold is refused, not cut off.
        storage::Statement &again = connection.statement(QLatin1StringView("INSERT INTO samples(a, b, c, d) VALUES(?,?,?,?)"));
        FIELDFARE_VERIFY_OK(again.run());
        QCOMPARE(*connection.queryInt64(QLatin1StringView("SELECT count(*) FROM samples WHERE a IS NULL AND b IS NULL AND c IS NULL AND d IS NULL")), 1);
        storage::Statement &nul = connection.statement(QLatin1StringView("INSERT INTO samples(a, b, c, d) VALUES(?,?,?,?)"));
        nul.bindText(3, QStringView(u"a\0b", 3));
        const auto refused = nul.run();
        QVERIFY(!refused.ok());
        QCOMPARE(refused.error().code, base::ErrorCode::BadValue);
        // A sum is a decimal, which would be read as something else.
        QCOMPARE(connection.queryInt64(QLatin1StringView("SELECT sum(a) FROM samples")).error().code, base::ErrorCode::Internal);
        QCOMPARE(*connection.queryInt64(QLatin1StringView("SELECT CAST(sum(a) AS BIGINT) FROM samples")), std::numeric_limits<qint64>::min());
        // More values than parameters
        storage::Statement &few = connection.statement(QLatin1StringView("SELECT ?1"));
        few.bindText(1, QStringLiteral("a"));
        few.bindText(2, QStringLiteral("b"));
        QVERIFY(!few.step().ok());
    }

    void everyReservedWordIsQuoted()
    {
        // by the list of the server itself
        Company company;
        QStringList wrong;
        storage::Statement &query = company.process.connection->statement(QLatin1StringView("SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')"));
        int reserved = 0;
        for (const storage::StatementReset reset(query); *query.step(); ++reserved) {
            const QByteArray word = query.text(0).toUtf8();
            if (postgresSql(word) == word)
                wrong.append(QString::fromUtf8(word));
        }
        QVERIFY(reserved > 90);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(QLatin1Char(' '))));
    }

    void whatAnInitLeftIsTakenAway()
    {
        PostgresServer &server = PostgresServer::ofThisProgram();
        const QString database = server.newDatabase();
        const PostgresUrl url = PostgresUrl::parse(server.url(database)).value();
        const QTemporaryDir folder;
        const base::SystemClock clock;
        base::SystemRandom random;
        const base::Secret passphrase = storage::passphraseBytes(QStringLiteral("orchid-lantern-42-gravel"));
        const auto create = [&](const QString &name) {
            return ServerDatabase::create(folder.filePath(name), passphrase, model::Catalog::standard(), {QStringLiteral("Company"), QStringLiteral("USD")}, clock, random, url);
        };
        FIELDFARE_VERIFY_OK(create(QStringLiteral("killed"))); // and never completed
        const auto unfinished = ServerDatabase::open(folder.filePath(QStringLiteral("killed")), passphrase, model::Catalog::standard());
        QCOMPARE(unfinished.error().code, base::ErrorCode::NotFound);
        QByteArray key;
        {
            const auto made = create(QStringLiteral("made"));
            FIELDFARE_VERIFY_OK(made);
            FIELDFARE_VERIFY_OK((*made)->complete());
            key = (*made)->tokenKey().value();
            // Who reads the database does not have it.
            const auto connection = (*made)->connect(ServerDatabase::Access::Read);
            FIELDFARE_VERIFY_OK(connection);
            const QByteArray stored = ServerMeta(**connection).bytes(ServerMeta::kTokenKey).value();
            QCOMPARE(key.size(), stored.size());
            QVERIFY(key != stored);
        }
        const auto taken = create(QStringLiteral("other"));
        QCOMPARE(taken.error().code, base::ErrorCode::AlreadyExists);
        const auto opened = ServerDatabase::open(folder.filePath(QStringLiteral("made")), passphrase, model::Catalog::standard());
        FIELDFARE_VERIFY_OK(opened);
        QCOMPARE(*(*opened)->tokenKey(), key);
        const auto wrong = ServerDatabase::open(folder.filePath(QStringLiteral("killed")), passphrase, model::Catalog::standard());
        QVERIFY(!wrong.ok());
        // One that fails by itself takes away what it made.
        const QString second = server.newDatabase();
        {
            const auto made = ServerDatabase::create(folder.filePath(QStringLiteral("discarded")), passphrase, model::Catalog::standard(),
                                                     {QStringLiteral("Company"), QStringLiteral("USD")}, clock, random, PostgresUrl::parse(server.url(second)).value());
            FIELDFARE_VERIFY_OK(made);
            QVERIFY(server.query(second, QStringLiteral("SELECT count(*) FROM pg_tables WHERE schemaname='public'")).toInt() > 20);
            (*made)->discard();
        }
        QCOMPARE(server.query(second, QStringLiteral("SELECT count(*) FROM pg_tables WHERE schemaname='public'")), QStringLiteral("0"));
        QVERIFY(!QFile::exists(folder.filePath(QStringLiteral("discarded/database"))));
    }

    void aSoundStoreIsSound()
    {
        Company company;
        const auto check = checkStore(*company.process.connection, *company.catalog);
        FIELDFARE_VERIFY_OK(check);
        QVERIFY2(check->problems.isEmpty(), qPrintable(check->problems.join(QLatin1Char('\n'))));
        FIELDFARE_VERIFY_OK(company.process.tables->write([&] { return writeOne(*company.process.tables, QStringLiteral("ghost")); }));
        QVERIFY(!checkStore(*company.process.connection, *company.catalog)->problems.isEmpty());
    }

};

QTEST_GUILESS_MAIN(TestPostgresDriver)
#include "tst_postgres_driver.moc"
